import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../runs.js';
import { mostMembers } from '../../src/decode/json-schemas.js';
import { parseJson } from '../../src/decode/parse-json.js';
import { membersOf } from '../../src/do/forms/lists.js';
import { MAX_DEPTH, scanKeys } from '../../src/decode/scan-json.js';
import { InvalidInputError } from '../../src/ground/errors.js';

/** Texts of which a colon after a quote is most likely to be taken for the end of a key. */
const arbText = fc.oneof(fc.string(), fc.constantFrom('::/0', ':', '":', '\\":"', '"::', 'a":b', '\\'));
const arbValue = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    arbText,
    fc.integer(),
    fc.constantFrom(null, true),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      arbText.filter((key) => key !== '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

it('never is less than there are, in any spelling', () => {
  fc.assert(
    fc.property(
      arbValue,
      fc.constantFrom(undefined, 0, 1, '\t'),
      fc.constantFrom(':', ' :', '\n:'),
      (value, indent, colon) => {
        const text = JSON.stringify(value, null, indent);
        // Blanks before each colon outside of strings.
        const spaced = text.replace(/"(?:[^"\\]|\\.)*"|:/g, (token) => (token === ':' ? colon : token));
        expect(JSON.parse(spaced)).toEqual(JSON.parse(text));
        const most = mostMembers(spaced);
        if (most !== undefined) expect(most).toBeGreaterThanOrEqual(membersOf(value));
        if (colon !== ':' && membersOf(value) > 0) expect(most).toBeUndefined();
      },
    ),
    { numRuns: runs(100, 1_000) },
  );
});

it('lets no text pass that the exact scan refuses, and refuses no other', () => {
  const arbMember = fc.tuple(fc.oneof(fc.constantFrom('a', 'b', '__proto__'), arbText), arbValue);
  const arbObject = fc.tuple(fc.array(arbMember, { maxLength: 5 }), fc.constantFrom(':', ' :', ': '));
  fc.assert(
    fc.property(fc.array(arbObject, { minLength: 1, maxLength: 3 }), (objects) => {
      const written = objects.map(([members, colon]) => {
        const parts = members.map(([key, value]) => `${JSON.stringify(key)}${colon}${JSON.stringify(value)}`);
        return `{${parts.join(',')}}`;
      });
      const text = `[${written.join(',')}]`;
      const { proto, twice } = scanKeys(text, { maxLength: text.length, maxDepth: MAX_DEPTH });
      const isRefused = proto !== undefined || twice !== undefined;
      if (isRefused) expect(() => parseJson(text)).toThrow(InvalidInputError);
      else expect(parseJson(text)).toEqual(JSON.parse(text));
    }),
    { numRuns: runs(100, 1_000) },
  );
});

it.each([
  ['{"a":1,"b":{"c":[{"d":"e"}]}}', 4],
  ['{\n "a": "::/0", "b": ["::/0"]\n}', 2],
  ['{"a":":"}', 2],
  ['["::/0"]', 0],
  ['{"a":1,"a":2}', 2],
  ['{"a" :1}', undefined],
  ['{"a":"\\": x"}', 2],
])('of %s is %s', (text, most) => expect(mostMembers(text)).toBe(most));
