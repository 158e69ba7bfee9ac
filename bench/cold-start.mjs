// What starting costs, in whole processes: importing the adapter over an empty process, and `postern --help` over `node -e 0`.
// Prints the median of cold runs, alternating, so that a machine whose speed drifts changes both sides alike.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const RUNS = 15;
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = (file) => path.join(root, 'packages', file);

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

function once(args) {
  const started = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stderr}`);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

/** Medians of several commands, run in turn. */
function compare(commands) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let run = -2; run < RUNS; run += 1) {
    for (const [name, args] of Object.entries(commands)) {
      const ms = once(args);
      if (run >= 0) times[name].push(ms);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

const importing = (file) => ['--input-type=module', '-e', `await import(${JSON.stringify(pathToFileURL(file).href)})`];
const empty = path.join(root, 'bench', 'empty.js');

const result = compare({
  'node -e 0': ['-e', '0'],
  'an empty module imported': importing(empty),
  'import @postern/core': importing(dist('core/dist/index.js')),
  'import @postern/aws': importing(dist('aws/dist/index.js')),
  'import @postern/alibaba': importing(dist('alibaba/dist/index.js')),
  'postern --help': [dist('cli/dist/bin.js'), '--help'],
});
for (const [name, ms] of Object.entries(result)) console.log(`${name.padEnd(28)} ${ms.toFixed(1).padStart(7)} ms`);

for (const adapter of ['@postern/aws', '@postern/alibaba']) {
  const over = result[`import ${adapter}`] - result['an empty module imported'];
  console.log(`import ${adapter} costs ${over.toFixed(1)} ms over an empty process (at most 10)`);
}
console.log(
  `postern --help takes ${(result['postern --help'] / result['node -e 0']).toFixed(2)} times node -e 0 (at most 1.2)`,
);
