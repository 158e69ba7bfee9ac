// Runs the test suite and counts: `prove` sets the long counts of property tests and seeded runs.
import { existsSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { node } from './child.mjs';
import { CPU_REPORT } from './sources/cpu-reporter.mjs';
import { toolEntry } from './run.mjs';
import { CACHE, readJson } from './workspace.mjs';

/** A file system in memory, and the bytes that have to be free there. */
const MEMORY = '/dev/shm';
const ROOM = 2 ** 30;

/** A journal waits for the disk at each of its records, which is a fifth of the time of a command: in memory, where there is room. */
function temporaryFiles() {
  const mounts = existsSync('/proc/mounts') ? readFileSync('/proc/mounts', 'utf8') : '';
  if (!new RegExp(`^\\S+ ${MEMORY} tmpfs rw(?!\\S*,noexec)`, 'm').test(mounts)) return {}; // some tests execute a file
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM ? { TMPDIR: MEMORY } : {};
}

/** Which files run, by their names, and with which counts: those of `npm test`, of `npm run verify`, and all with long counts. */
const KINDS = {
  loop: { env: { POSTERN_TESTS: 'loop', ...temporaryFiles() }, args: [] },
  verify: { env: temporaryFiles(), args: ['.verify.test.ts'] },
  prove: { env: { POSTERN_PROVE: '1', POSTERN_SHOWS: '1' }, args: [] },
};

/** Returns { passed, failed, skipped, files }, the dearest file first; a run that could not count itself is one failure. */
export async function runTests({ kind, args = [], env = {} }) {
  const report = path.join(CACHE, 'tests.json');
  rmSync(report, { force: true });
  const ended = await node(
    [
      toolEntry('vitest'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--reporter=${path.join(import.meta.dirname, 'sources/cpu-reporter.mjs')}`,
      `--outputFile.json=${report}`,
      ...KINDS[kind].args,
      ...args,
    ],
    { show: true, env: { ...KINDS[kind].env, ...env } },
  )
    .then(() => true)
    .catch(() => false); // The report says which test failed. It does not have an error outside of tests.
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0, files: [] };
  const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests, numTodoTests } = readJson(report);
  const failed = numFailedTests || (ended ? 0 : Math.max(1, numFailedTestSuites));
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests, files: readJson(CPU_REPORT) };
}
