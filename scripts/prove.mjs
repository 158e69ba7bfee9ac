// `npm run prove`: the format of every file, and the tests with the long counts of properties and seeded runs. Takes a while.
import { build } from './build.mjs';
import { checkWholeFormat } from './format.mjs';
import { setUp } from './set-up.mjs';
import { runTests } from './vitest.mjs';

await setUp();
await checkWholeFormat();
await build({ quiet: true });
const { passed, failed, skipped } = await runTests({ prove: true, args: process.argv.slice(2) });
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);
