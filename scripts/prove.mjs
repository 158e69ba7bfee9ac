// `npm run prove`: the tests with the long counts of properties and seeded runs. Takes a while.
import { build } from './build.mjs';
import { setUp } from './set-up.mjs';
import { runTests } from './vitest.mjs';

await setUp();
await build({ quiet: true });
const { passed, failed, skipped } = await runTests({ prove: true, args: process.argv.slice(2) });
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);
