// Runs the test suite and counts: `prove` sets the long counts of property tests and seeded runs.
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { node } from './child.mjs';
import { toolEntry } from './run.mjs';
import { CACHE, readJson } from './workspace.mjs';

/** Returns { passed, failed, skipped }; a run that could not count itself is one failure. `name` is that of its report. */
export async function runTests({ prove = false, args = [], name = 'tests' } = {}) {
  const report = path.join(CACHE, `${name}.json`);
  rmSync(report, { force: true });
  await node(
    [toolEntry('vitest'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...args],
    {
      show: true,
      env: prove ? { POSTERN_PROVE: '1', POSTERN_SHOWS: '1' } : {},
    },
  ).catch(() => undefined); // The report says what failed.
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 };
  const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTodoTests, success } =
    readJson(report);
  const failed = numFailedTests || (success ? 0 : Math.max(1, numFailedTestSuites));
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}
