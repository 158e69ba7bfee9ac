// `npm test`: sets up, builds, and runs every check and every test. Ends with `N passed, N failed`.
import { cpus } from 'node:os';
import { inLanes } from './lanes.mjs';
import { setUp } from './set-up.mjs';
import { runTests } from './vitest.mjs';

const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

function fail(name, output) {
  counts.failed += 1;
  failures.push({ name, output: output.trim().replace(/^/gm, '        ') });
  console.log(`  FAIL  ${name}`);
}

/** Says whether it passed. */
async function check({ name, run }) {
  const started = Date.now();
  try {
    const problems = await run();
    if (Array.isArray(problems) && problems.length > 0) throw new Error(problems.join('\n'));
    counts.passed += 1;
    console.log(`  ok    ${name} (${seconds(started)} s)`);
    return true;
  } catch (error) {
    fail(name, String(error.output || error.message));
    return false;
  }
}

/** The CPU time of all processes since the start of the machine. */
function machineSeconds() {
  return cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + (user + nice + sys + irq) / 1_000, 0);
}

const LIMIT_MS = 300_000;
const started = Date.now();
const before = machineSeconds();
try {
  await setUp();
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

// Loaded now, since it needs what has just been installed.
const { BUILDS, CHECKS } = await import('./checks.mjs');

/** Of the tests. */
const tests = { passed: 0, failed: 0, skipped: 0, files: [] };

/** The tests are one check of the list, and count one by one. They begin first of what can: other checks run while tests wait for processes. */
const TESTS = {
  name: 'tests',
  after: [BUILDS],
  run: async () => {
    Object.assign(tests, await runTests());
    const { passed, failed } = tests;
    counts.passed += passed - (failed ? 0 : 1);
    counts.failed += failed - (failed ? 1 : 0);
    return failed ? [`${failed} failed; see above`] : [];
  },
};

console.log('Checks and tests');
console.log('(tests: a fixed slice of every property and seeded run; npm run prove takes the long counts)');
await inLanes([TESTS, ...CHECKS], check, ({ name }, before) => fail(name, `left out, since this failed: ${before}`));

counts.skipped += tests.skipped;
console.log(
  `\nThe slice: ${tests.passed + tests.failed} tests with their short counts. ${tests.skipped} wait for npm run prove, lack a tool, or ask for what a cloud does not have.`,
);
for (const { name, output } of failures) console.log(`\n  FAIL  ${name}\n${output}`);
const dearest = tests.files.slice(0, 10).map(({ file, cpu }) => `${file} ${cpu.toFixed(0)}`);
if (dearest.length > 0) console.log(`The dearest files, in CPU-seconds: ${dearest.join(', ')}`);
const ofTests = tests.files.reduce((sum, { cpu }) => sum + cpu, 0);
console.log(
  `CPU-seconds: ${ofTests.toFixed(0)} in the tests, ${(machineSeconds() - before - ofTests).toFixed(0)} in checks and all else on this machine.`,
);
console.log(
  `\n${failures.length ? `Failed: ${failures.map(({ name }) => name).join(', ')}. ` : ''}${seconds(started)} s${Date.now() - started > LIMIT_MS ? ', above the limit of 300 s on two quiet cores' : ''}.`,
);
console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`);
process.exit(counts.failed ? 1 : 0);
