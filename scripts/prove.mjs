// `npm run prove`: all tests with the long counts of properties and seeded runs, in twelve parts, each with a part of the tests that pass
// without each wing (docs/decisions/0037). `npm run prove -- 3/12` runs one of them,
// `npm run prove -- packages/core/test/cidr` the files below a path. Parts write their lines into docs/contributing/proofs.md.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { PARTS, writeProof } from './proofs.mjs';
import { setUp } from './set-up.mjs';
import { runTests } from './vitest.mjs';
import { copiesWithoutWings, testWithoutWings } from './without-wing.mjs';
import { CACHE, ROOT, readJson } from './workspace.mjs';

/** The seconds of files, by which parts are cut. Files that take less than this are not named. */
const SECONDS = path.join(ROOT, 'scripts', 'proofs-seconds.json');
const WORTH_NAMING = 1;

const SEEDS = path.join(CACHE, 'seeds.jsonl');

/** Runs tests with long counts; how many passed, and how many seeds they took. */
async function prove(args) {
  rmSync(SEEDS, { force: true });
  const started = Date.now();
  const tests = await runTests({ kind: 'prove', args, env: { POSTERN_SEEDS: SEEDS } });
  const lines = existsSync(SEEDS) ? readFileSync(SEEDS, 'utf8').trimEnd().split('\n') : [];
  const seeded = lines.map((line) => JSON.parse(line));
  const seeds = seeded.reduce((sum, one) => sum + one.seeds, 0);
  const cut = seeded.filter(({ isCut }) => isCut).length;
  console.log(
    `${seeds} seeds in ${seeded.length} properties and seeded runs; ${cut} of them were ended by their seconds.`,
  );
  return { ...tests, seeds, seconds: Math.round((Date.now() - started) / 1_000) };
}

/** Writes the seconds of the files that ran. */
function remember(files = []) {
  const known = existsSync(SECONDS) ? readJson(SECONDS) : {};
  for (const { file, seconds } of files) {
    delete known[file];
    if (seconds >= WORTH_NAMING) known[file] = Math.round(seconds);
  }
  const rows = Object.entries(known).filter(([file]) => existsSync(path.join(ROOT, file)));
  writeFileSync(SECONDS, `${JSON.stringify(Object.fromEntries(rows.toSorted()), null, 2)}\n`);
}

await setUp();
await build({ quiet: true });
const [asked = 'all', ...more] = process.argv.slice(2);
const [, part] = new RegExp(`^(\\d+)/${PARTS}$`).exec(asked) ?? [];
const sum = { passed: 0, failed: 0, skipped: 0 };
const add = (result) => {
  for (const key of Object.keys(sum)) sum[key] += result[key];
};
if (asked !== 'all' && part === undefined) add(await prove([asked, ...more]));
else {
  const parts = asked === 'all' ? Array.from({ length: PARTS }, (_, at) => at + 1) : [Number(part)];
  const measured = [];
  const copies = copiesWithoutWings();
  for (const one of parts) {
    const shard = `--shard=${one}/${PARTS}`;
    const result = await prove([shard]);
    const without = await testWithoutWings(copies, shard);
    const { seeds, seconds, files = [] } = result;
    const [passed, failed] = [result.passed + without.passed, result.failed + without.failed];
    await writeProof({ part: one, passed, failed, seeds, seconds });
    measured.push(...files);
    add({ ...result, passed, failed });
  }
  // Parts are cut by what is written, so it must not change before all of them have run.
  if (asked === 'all') remember(measured);
}
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}`);
process.exit(sum.failed ? 1 : 0);
