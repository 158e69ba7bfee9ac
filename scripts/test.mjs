// `npm test`: sets up, builds, and runs every check and every test. Ends with `N passed, N failed`.
import { inLanes } from './lanes.mjs';
import { setUp } from './set-up.mjs';
import { runTests } from './vitest.mjs';

const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

function fail(name, output) {
  counts.failed += 1;
  failures.push(name);
  console.log(`  FAIL  ${name}\n${output.trim().replace(/^/gm, '        ')}`);
}

/** Says whether it passed. */
async function check({ name, run }) {
  const started = Date.now();
  try {
    const problems = await run();
    if (Array.isArray(problems) && problems.length > 0) throw new Error(problems.join('\n'));
    counts.passed += 1;
    console.log(`  ok    ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    return true;
  } catch (error) {
    fail(name, String(error.output || error.message));
    return false;
  }
}

const started = Date.now();
try {
  await setUp();
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

// Loaded now, since it needs what has just been installed.
const { CHECKS } = await import('./checks.mjs');

console.log('Checks');
await inLanes(CHECKS, check, ({ name }, before) => fail(name, `left out, since this failed: ${before}`));

console.log('\nTests (a fixed slice of every property and seeded run; npm run prove takes the long counts)');
const tests = await runTests();
counts.passed += tests.passed;
counts.failed += tests.failed;
counts.skipped += tests.skipped;
if (tests.failed) failures.push('tests');
console.log(
  `\nThe slice: ${tests.passed + tests.failed} tests with their short counts. ${tests.skipped} wait for npm run prove, lack a tool, or ask for what a cloud does not have.`,
);
console.log(
  `\n${failures.length ? `Failed: ${failures.join(', ')}. ` : ''}${((Date.now() - started) / 1000).toFixed(0)} s.`,
);
console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`);
process.exit(counts.failed ? 1 : 0);
