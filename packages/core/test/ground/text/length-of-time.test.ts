import { expect, it } from 'vitest';
import { lengthOfTime } from '../../../src/ground/text/quantities.js';

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1000, '1 s'],
  [59_400, '59 s'],
  [60_000, '1 min'],
  [392_000, '6 min 32 s'],
  [130_000, '2 min 10 s'],
  [3_600_000, '1 h'],
  [3_900_000, '1 h 5 min'],
])('lengthOfTime: of %i ms is %s', (ms, text) => {
  expect(lengthOfTime(ms)).toBe(text);
});
