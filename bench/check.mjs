// `postern check` of a snapshot of 200 links, 2,000 targets and 5,000 security-group rules, as a whole process, over `node -e 0`;
// the same at 16 and at 100 times the size; and all 400,000 link–target pairs inside one process. Medians of runs in turn, so
// that a machine whose speed drifts changes all sides alike. `node bench/check.mjs 16` leaves out what is larger.
import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';
import { checkWorld } from './check/world.mjs';

const LARGEST = Number(process.argv[2] ?? 100);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const folder = temporaryFolder('bench');
const bin = path.join(root, 'packages/cli/dist/bin.js');
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const ms = (number) => `${number.toFixed(0)} ms`;

/** Prints the most memory that the process ever held, in kilobytes, once it is over. */
const peak = path.join(folder, 'peak.cjs');
writeFileSync(
  peak,
  "process.on('exit', () => require('node:fs').writeSync(2, `\\nPEAK ${process.resourceUsage().maxRSS}\\n`));",
);

function run(args, ends = [0]) {
  const started = process.hrtime.bigint();
  // The folder for code that newer versions of Node keep compiled: what the first run, which is not counted, left is there for the others.
  const env = { ...process.env, XDG_CACHE_HOME: folder };
  const child = spawnSync(process.execPath, ['-r', peak, ...args], { encoding: 'utf8', maxBuffer: 2 ** 30, env });
  const took = Number(process.hrtime.bigint() - started) / 1e6;
  if (!ends.includes(child.status)) throw new Error(`${args.join(' ')} ended with ${child.status}\n${child.stderr}`);
  return { took, mb: Number(/PEAK (\d+)/.exec(child.stderr)?.[1] ?? 0) / 1024, out: child.stdout };
}

/** Bundles something of core that is no entry of its own. */
async function bundle(name, contents, format = 'cjs') {
  const outfile = path.join(folder, `${name}.${format === 'cjs' ? 'cjs' : 'mjs'}`);
  await build({
    stdin: { contents, resolveDir: root },
    outfile,
    bundle: true,
    platform: 'node',
    format,
    logLevel: 'error',
  });
  return outfile;
}

const { encodeSnapshotChunks } = await import(
  pathToFileURL(
    await bundle('encode', "export { encodeSnapshotChunks } from './packages/core/src/do/snapshot/encode.ts';", 'esm'),
  ).href
);

/** Files for one size, the snapshot as `postern snapshot` writes it. */
function write(scale) {
  const { snapshot, spec, counts } = checkWorld(scale);
  const files = {
    snapshot: path.join(folder, `snapshot-${scale}.json`),
    spec: path.join(folder, `spec-${scale}.json`),
  };
  const file = openSync(files.snapshot, 'w');
  for (const chunk of encodeSnapshotChunks(snapshot)) writeSync(file, chunk);
  closeSync(file);
  writeFileSync(files.spec, JSON.stringify(spec));
  return {
    counts,
    args: [bin, 'check', '--snapshot', files.snapshot, files.spec],
  };
}

const small = write(1);
const check = () => run(small.args, [0, 3]);
const empty = [];
const whole = [];
for (let turn = -1; turn < 11; turn += 1) {
  const [floor, took] = [run(['-e', '0']).took, check().took];
  if (turn >= 0) {
    empty.push(floor);
    whole.push(took);
  }
}
const one = median(whole);
console.log('snapshot:', small.counts);
console.log(
  `postern check takes ${ms(one)}, ${(one / median(empty)).toFixed(1)} times node -e 0 (${ms(median(empty))}; at most 8)`,
);

for (const scale of [4, 16, 100].filter((size) => size <= LARGEST)) {
  const large = write(scale);
  const times = Array.from({ length: scale > 16 ? 1 : 3 }, () => run(large.args, [0, 3]));
  const took = median(times.map((one) => one.took));
  const mb = Math.max(...times.map((one) => one.mb));
  console.log(`${scale} times the size: ${ms(took)}, ${(took / one).toFixed(1)} times as long, ${mb.toFixed(0)} MB`);
}
