import { expect, it } from 'vitest';
import { fewText } from '../../../src/ground/text/quantities.js';

it.each([
  [[], '', ''],
  [['a'], 'a', 'a'],
  [['a', 'b'], 'a, b', 'a and b'],
  [['a', 'b', 'c'], 'a, b, c', 'a, b and c'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more', 'a, b, c and 2 more'],
])('%j is %j, or with "and" %j', (texts, plain, joined) => {
  expect([fewText(texts), fewText(texts, 3, ' and ')]).toEqual([plain, joined]);
});
