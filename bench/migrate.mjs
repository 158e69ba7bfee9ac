// Validating the move of an API group of 1,000 APIs on three stages, with 100 authorizations and 50 plug-ins, and of an HTTP API of 1,000
// routes with 100 integrations, from a snapshot: inside one process, and as `postern migrate validate` over `node -e 0`; the same at a
// tenth and at ten times the size; and how many calls a live validation makes beside observing everything. Medians of runs in turn.
// `node bench/migrate.mjs 1000` leaves out what is larger.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';
import { awsMigrationWorld } from './migrate/aws-world.mjs';
import { migrationWorld } from './migrate/world.mjs';

const SIZES = [100, 1_000, 10_000].filter((size) => size <= Number(process.argv[2] ?? 10_000));
const TURNS = 5;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = temporaryFolder('bench');
const bin = path.join(root, 'packages/cli/dist/bin.js');
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (number) => `${number.toFixed(0)} ms`;
const holds = (so) => (so ? 'holds' : 'MISSED');
const sum = (calls) => [...calls.values()].reduce((total, count) => total + count, 0);

/** Prints the most memory that the process ever held, in kilobytes, once it is over. */
const peak = path.join(folder, 'peak.cjs');
writeFileSync(
  peak,
  "process.on('exit', () => require('node:fs').writeSync(2, `\\nPEAK ${process.resourceUsage().maxRSS}\\n`));",
);

function run(args, ends = 0) {
  const started = process.hrtime.bigint();
  const child = spawnSync(process.execPath, ['-r', peak, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const took = Number(process.hrtime.bigint() - started) / 1e6;
  if (child.status !== ends) throw new Error(`${args.join(' ')} ended with ${child.status}\n${child.stderr}`);
  return { took, mb: Number(/PEAK (\d+)/.exec(child.stderr)?.[1] ?? 0) / 1024, out: child.stdout };
}

/** A size with its snapshot in a file. */
async function prepare(cloud, make, size) {
  const { text, migration, options, ...world } = await make(size);
  const file = path.join(folder, `${cloud}-${size}.json`);
  writeFileSync(file, text);
  return {
    ...world,
    size,
    mb: text.length / 2 ** 20,
    command: [bin, 'migrate', 'validate', ...options, '--snapshot', file],
    library: [path.join(root, 'bench/migrate/validate.mjs'), file, JSON.stringify(migration)],
    figures: { empty: [], idle: [], whole: [], peak: [], read: [], call: [], cpu: [] },
  };
}

/** One turn of one size. */
function measure({ command, library, figures }) {
  const empty = run(['-e', '0']);
  const whole = run(command, 3);
  const { read, call, cpu, ...said } = JSON.parse(run(library).out);
  const took = { empty: empty.took, idle: empty.mb, whole: whole.took, peak: whole.mb, read, call, cpu };
  for (const [name, figure] of Object.entries(took)) figures[name].push(figure);
  return said;
}

/** All sizes of one cloud, measured in turn. */
async function compare(cloud, make) {
  const worlds = [];
  for (const size of SIZES) worlds.push(await prepare(cloud, make, size));
  const said = new Map();
  for (let turn = 0; turn < TURNS; turn += 1) for (const world of worlds) said.set(world, measure(world));
  const middles = worlds.map(({ figures }) =>
    Object.fromEntries(Object.entries(figures).map(([name, list]) => [name, median(list)])),
  );
  for (const [at, world] of worlds.entries()) {
    const { told, mb } = world;
    const { empty, idle, whole, peak: most, read, call, cpu } = middles[at];
    const { findings, failed, backends } = said.get(world);
    console.log(
      `${cloud}: ${told} (${mb.toFixed(1)} MB; ${findings} findings, ${failed} failures, ${backends} backends):`,
    );
    console.log(`  validateMigration ${ms(call)} (${ms(cpu)} of processor time), reading the file ${ms(read)}`);
    console.log(`  the command ${ms(whole)}, node -e 0 ${ms(empty)}; ${(most - idle).toFixed(0)} MB more`);
    if (world.size !== 1_000) continue;
    console.log(`  under 500 ms: ${holds(call < 500)}`);
    console.log(`  at most 150 MB over the idle process: ${holds(most - idle <= 150)}`);
    const all = await world.observe({ all: true, checks: true });
    const [own, other] = [sum(world.calls), sum(all.calls)];
    console.log(`  calls of a live validation: ${own}, of observing everything: ${other}: ${holds(own <= other)}`);
  }
  for (const [at, { size }] of worlds.entries()) {
    const [before, after] = [middles[at - 1], middles[at]];
    if (before === undefined) continue;
    const growth = (name) => (after[name] / before[name]).toFixed(1);
    console.log(
      `${cloud}: from ${worlds[at - 1].size} to ${size}: ${growth('call')} times as long, of processor time ${growth('cpu')}`,
    );
  }
}

await compare('Alibaba Cloud', migrationWorld);
await compare('AWS', awsMigrationWorld);
