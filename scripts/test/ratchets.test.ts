import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { aboveLimits, branchesOnKind, hasPhrase, isCrowded } from '../ratchets.mjs';
// @ts-expect-error a script without declarations
import { placeOf, subjectFinder } from '../subjects.mjs';

describe('the counts that may only fall', () => {
  it.each([
    ["if (kind === 'vpc-link-v2') return;", true],
    ["if ('apiGroup' in ref) return;", true],
    ["region.provider === 'alibaba' ? a : b", true],
    ["// an 'http-api' is one", false],
    ["import { x } from './vpc-link-v2/index.js';", false],
  ])('%s: %s', (line, counts) => {
    expect(branchesOnKind(line)).toBe(counts);
  });

  it.each([
    ["message: 'nobody can say whether it is there'", true],
    ["message: 'cannot be determined'", false],
    ['// nobody is asked', true],
  ])('%s: %s', (line, counts) => {
    expect(hasPhrase(line)).toBe(counts);
  });

  it.each([
    ['  if (a) return b;', '  const c = 1;', true],
    ['  if (a) return b;', '', false],
    ['  if (a) return b;', '  if (c) throw d;', false],
    ['  if (a) return b;', '}', false],
    ['  if (a) b();', '  const c = 1;', false],
  ])('%s, and then: %s', (line, next, counts) => {
    expect(isCrowded(line, next)).toBe(counts);
  });
});

describe('the budget of subjects', () => {
  it.each([
    ['packages/core/src/check/path/route.ts', 'paths', false],
    ['packages/core/test/check/judge.test.ts', 'checks', true],
    ['packages/alibaba/src/plans/rows.ts', 'plans', false],
    ['packages/aws/src/plans-of-old.ts', 'rest', false],
    ['bench/check.mjs', 'bench', false],
    ['site/test/page.test.ts', undefined, true],
  ])('%s belongs to %s', (file, subject, isTest) => {
    const find = subjectFinder({
      checks: { of: ['core/check'] },
      paths: { of: ['core/check/path'] },
      plans: { of: ['a*/plans'] },
      rest: { of: ['aws', 'alibaba'] },
      bench: { of: ['bench'] },
    });
    const found = placeOf(file);
    expect([find(found.place), found.isTest]).toEqual([subject, isTest]);
  });

  it('has each place once', () => {
    expect(() => subjectFinder({ a: { of: ['core'] }, b: { of: ['core'] } })).toThrow('core is in two subjects');
  });

  const limits = {
    packages: { core: { files: 2 } },
    most: { sources: 20, tests: 5 },
    subjects: { a: { of: [], sources: 10, tests: 5 }, b: { of: [], sources: 10, tests: 0 } },
  };
  const lines = { a: { sources: 10, tests: 5 }, b: { sources: 9, tests: 0 } };
  it.each([
    ['nothing', limits, { lines, homeless: [] }, []],
    [
      'a subject that grew',
      limits,
      { lines: { ...lines, b: { sources: 11, tests: 0 } }, homeless: [] },
      [/^b: 11 lines of sources, more than 10/],
    ],
    ['a file without a subject', limits, { lines, homeless: ['x.ts'] }, [/^x\.ts is in no subject/]],
    [
      'a limit that rose while no other fell',
      { ...limits, subjects: { ...limits.subjects, b: { of: [], sources: 11, tests: 0 } } },
      { lines, homeless: [] },
      [/21 lines of sources together, more than 20/],
    ],
  ])('refuses %s', (_, given, counted, faults) => {
    const found: string[] = aboveLimits(given, counted, { core: { files: 2 } });
    expect(found).toEqual(faults.map((fault) => expect.stringMatching(fault)));
  });
});
