// `npm run prove`: the format of every file, the packed packages as a user installs them, and the tests with the long counts of properties
// and seeded runs. Takes a while.
import { buildAll } from './build.mjs';
import { checkWholeFormat } from './format.mjs';
import { setUp } from './set-up.mjs';
import { runTests } from './vitest.mjs';

await setUp();
await checkWholeFormat();
await buildAll({ quiet: true });
// Loaded now, since it needs what has just been installed.
const { checkInstalled } = await import('./packed.mjs');
const problems = await checkInstalled();
for (const problem of problems) console.error(problem);
const { passed, failed, skipped } = await runTests({ prove: true, args: process.argv.slice(2) });
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed || problems.length ? 1 : 0);
