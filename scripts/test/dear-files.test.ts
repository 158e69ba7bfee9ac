import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { tooDear, withRun } from '../dear-files.mjs';

const file = 'packages/core/test/cidr/prefix.test.ts';
const after = (...seconds: readonly number[]) =>
  seconds.reduce<unknown>((history, tests) => withRun(history, [{ file, tests }], 1), {});

describe('files that are too dear for npm test', () => {
  it.each([
    ['is not, at 1.9 CPU-seconds', [1.9, 1.9, 1.9], 0],
    ['is, at 2.1', [2.1, 2.1, 2.1], 1],
    ['is not, by two runs', [9, 9], 0],
    ['is not, where one run of three took long', [2, 9, 2], 0],
    ['is, where two of three did', [2, 9, 9], 1],
    [
      'is not any more, after seven shorter runs',
      [...Array.from({ length: 7 }, () => 9), ...Array.from({ length: 7 }, () => 1)],
      0,
    ],
  ])('one %s', (_, seconds, problems) => {
    expect(tooDear(after(...seconds))).toHaveLength(problems);
  });

  it('are measured against the machine: a slower one may take longer', () => {
    const slow = (history: unknown) => withRun(history, [{ file, tests: 4 }], 2);
    expect(tooDear(slow(slow(slow({}))))).toEqual([]);
  });

  it('are named, with the name by which npm run verify runs them', () => {
    expect(tooDear(after(3, 3, 3))).toEqual([
      `${file} takes 3.0 CPU-seconds; the limit of npm test is 2. Make it shorter, or rename it to prefix.verify.test.ts: npm run verify runs it then.`,
    ]);
  });

  it('are forgotten once they are gone', () => {
    expect(withRun(after(9), [], 1)).toEqual({});
  });
});
