import { describe, expect, it } from 'vitest';
// @ts-expect-error a script without declarations
import { affectedBy } from '../affected.mjs';

const CLI = 'packages/cli/test/process/compile-cache.verify.test.ts';
const CORE = 'packages/core/test/cidr/prefix.test.ts';
const MUTANTS = 'packages/simulator/test/agreement/mutants.verify.test.ts';
const TESTS = [CLI, CORE, MUTANTS];

/** What each file uses; all others use nothing. The paths are of files that exist, since no other is read. */
const USES: Record<string, readonly string[]> = {
  [CLI]: ['packages/cli/src/main.ts'],
  'packages/cli/src/main.ts': ['packages/cli/src/program.ts', 'packages/core/src/index.ts'],
  [MUTANTS]: ['packages/core/src'],
};

const affected = (...changed: readonly string[]): readonly string[] =>
  affectedBy(changed, TESTS, (place: string) => USES[place] ?? []);

describe('affectedBy', () => {
  it.each([
    ['packages/cli/src/program.ts', [CLI], 'imported by what the test imports'],
    ['packages/core/src/index.ts', [CLI, MUTANTS], 'of another package; and in a folder that a test names'],
    [CORE, [CORE], 'a test itself'],
    ['packages/cli/test/recorded/new.json', [CLI], 'reached by no test: all tests of its package'],
    ['docs/move.md', [], 'reached by no test, and no test is below its folder'],
    ['pnpm-lock.yaml', TESTS, 'the versions that all load'],
    ['scripts/sources/hooks.mjs', TESTS, 'loaded into each process'],
  ])('%s', (changed, tests) => {
    expect(affected(changed)).toEqual(tests);
  });

  it('is empty where nothing has changed', () => {
    expect(affected()).toEqual([]);
  });
});
