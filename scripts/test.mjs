// `npm test`: sets up, builds, and runs every check and every test. Ends with `N passed, N failed`.
import { build } from './build.mjs';
import { setUp } from './set-up.mjs';
import { runTests } from './vitest.mjs';

const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];

async function check({ name, run }) {
  const started = Date.now();
  try {
    const problems = await run();
    if (Array.isArray(problems) && problems.length > 0) throw new Error(problems.join('\n'));
    counts.passed += 1;
    console.log(`  ok    ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    counts.failed += 1;
    failures.push(name);
    console.log(
      `  FAIL  ${name}\n${String(error.output || error.message)
        .trim()
        .replace(/^/gm, '        ')}`,
    );
  }
}

async function inTurn(checks) {
  for (const one of checks) await check(one);
}

/** Two at a time: most wait for a process of their own. */
async function inPairs(checks) {
  const left = [...checks];
  const lane = async () => {
    for (let one = left.shift(); one; one = left.shift()) await check(one);
  };
  await Promise.all([lane(), lane()]);
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
const { BUILT_CHECKS, SOURCE_CHECKS } = await import('./checks.mjs');

console.log('Checks');
await Promise.all([inTurn(SOURCE_CHECKS), check({ name: 'every package builds', run: () => build({ quiet: true }) })]);
await inPairs(BUILT_CHECKS);

console.log('\nTests (a fixed slice of every property and seeded run; npm run prove takes the long counts)');
const tests = await runTests();
counts.passed += tests.passed;
counts.failed += tests.failed;
counts.skipped += tests.skipped;
if (tests.failed) failures.push('tests');

console.log(
  `\n${failures.length ? `Failed: ${failures.join(', ')}. ` : ''}${((Date.now() - started) / 1000).toFixed(0)} s.`,
);
console.log(`${counts.passed} passed, ${counts.failed} failed${counts.skipped ? `, ${counts.skipped} skipped` : ''}`);
process.exit(counts.failed ? 1 : 0);
