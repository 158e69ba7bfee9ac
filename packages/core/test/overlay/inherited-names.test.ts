import { expect, it } from 'vitest';
import { propertyText } from '../../src/overlay/cloudformation/words.js';
import { attributesOf } from '../../src/overlay/pulumi/convert.js';
import { Open } from '../../src/overlay/declared/open.js';

/** Names that every object inherits are names as others. */
it.each([
  ['constructor', 'Constructor', 'constructor'],
  ['valueOf', 'ValueOf', 'value_of'],
])('a property %s', (name, property, attribute) => {
  expect(propertyText([name, 0])).toBe(`${property}[0]`);
  const open = () => new Open([], ['it is not known']);
  expect(attributesOf({ [name]: 1, tags: { [name]: 'a' }, more: { [name]: 2 } }, open, '')).toEqual({
    [attribute]: 1,
    tags: { [name]: 'a' },
    more: [{ [attribute]: 2 }],
  });
});
