// What `npm test` and `npm run verify` share: sets up, runs checks and tests two at a time, and ends with `N passed, N failed`.
import { cpus } from 'node:os';
import { inLanes } from './lanes.mjs';
import { setUp } from './set-up.mjs';
import { runTests } from './vitest.mjs';

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

/** The CPU time of all processes since the start of the machine. */
function machineSeconds() {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + (user + nice + sys + irq) / 1_000, 0);
}

/**
 * Runs the tests of a `kind` and the checks that `load(results of the tests)` returns, and ends the process. `load` is called after the set-up, since checks
 * need what it installs. `choose` returns the files of tests to run, where it is not all of the kind. The tests are one check, `after` others, and count one by one.
 */
export async function runChecks({ title, kind, after = [], load, choose, limitMs, note }) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = [];
  const started = Date.now();
  const before = machineSeconds();

  function fail(name, output) {
    counts.failed += 1;
    failures.push({ name, output: output.trim().replace(/^/gm, '        ') });
    console.log(`  FAIL  ${name}`);
  }

  /** Says whether it passed. */
  async function check({ name, run }) {
    const began = Date.now();
    try {
      const problems = await run();
      if (Array.isArray(problems) && problems.length > 0) throw new Error(problems.join('\n'));
      counts.passed += 1;
      console.log(`  ok    ${name} (${seconds(began)} s)`);
      return true;
    } catch (error) {
      fail(name, String(error.output || error.message));
      return false;
    }
  }

  try {
    await setUp();
  } catch (error) {
    console.error(error.message);
    console.log('0 passed, 1 failed');
    process.exit(1);
  }
  const tests = { passed: 0, failed: 0, skipped: 0, files: [] };
  /** They begin first of what can: other checks run while tests wait for processes. */
  const testsCheck = {
    name: 'tests',
    after,
    run: async () => {
      if (chosen?.length === 0) return [];
      Object.assign(tests, await runTests({ kind, args: chosen }));
      const { passed, failed } = tests;
      counts.passed += passed - (failed ? 0 : 1);
      counts.failed += failed - (failed ? 1 : 0);
      return failed ? [`${failed} failed; see above`] : [];
    },
  };

  const chosen = await choose?.();
  console.log(chosen === undefined ? title : `${title} Files of tests: ${chosen.length}.`);
  const checks = await load(tests);
  await inLanes([testsCheck, ...checks], check, ({ name }, failed) =>
    fail(name, `left out, since this failed: ${failed}`),
  );

  counts.skipped += tests.skipped;
  console.log(`\n${tests.passed + tests.failed} tests with their short counts. ${tests.skipped} skipped: ${note}`);
  for (const { name, output } of failures) console.log(`\n  FAIL  ${name}\n${output}`);
  const dearest = tests.files.slice(0, 10).map(({ file, cpu }) => `${file} ${cpu.toFixed(0)}`);
  if (dearest.length > 0) console.log(`The dearest files, in CPU-seconds: ${dearest.join(', ')}`);
  const ofTests = tests.files.reduce((sum, { cpu, children }) => sum + cpu + children, 0);
  console.log(
    `CPU-seconds: ${ofTests.toFixed(0)} in the tests, ${(machineSeconds() - before - ofTests).toFixed(0)} in checks and all else on this machine.`,
  );
  const late = Date.now() - started > limitMs ? `, above the limit of ${limitMs / 1_000} s on two quiet cores` : '';
  const failed = failures.length > 0 ? `Failed: ${failures.map(({ name }) => name).join(', ')}. ` : '';
  console.log(`\n${failed}${seconds(started)} s${late}.`);
  console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`);
  process.exit(counts.failed ? 1 : 0);
}
