// What starting costs, in whole processes: importing core and the adapters over an empty module, and `postern --help`, `--version` and
// `cidr --help` over `node -e 0`. Prints the medians of cold runs, alternating, so that a machine whose speed drifts changes all sides alike:
// the time that passes, and the processor's, which other work on the machine changes less. Other versions of Node are measured beside one another:
//
//   node bench/cold-start.mjs [--node /path/to/node …] [--runs 15]
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    node: { type: 'string', multiple: true, default: [process.execPath] },
    runs: { type: 'string', default: '15' },
  },
});
const RUNS = Number(values.runs);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = (file) => path.join(root, 'packages', file);
const PROBE = path.join(root, 'bench', 'cpu-at-exit.cjs');

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

function once(node, args) {
  const started = process.hrtime.bigint();
  const { status, stderr, output } = spawnSync(node, ['-r', PROBE, ...args], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${stderr}`);
  return { ms: Number(process.hrtime.bigint() - started) / 1e6, cpuMs: Number(output[3]) / 1e3 };
}

const importing = (file) => ['--input-type=module', '-e', `await import(${JSON.stringify(pathToFileURL(file).href)})`];
const command = (...args) => [dist('cli/dist/bin.js'), ...args];
const COMMANDS = {
  'node -e 0': ['-e', '0'],
  'import an empty module': importing(path.join(root, 'bench', 'empty.js')),
  'import @postern/core': importing(dist('core/dist/index.js')),
  'import @postern/aws': importing(dist('aws/dist/index.js')),
  'import @postern/alibaba': importing(dist('alibaba/dist/index.js')),
  'postern --help': command('--help'),
  'postern --version': command('--version'),
  'postern cidr --help': command('cidr', '--help'),
};

/** Medians of all commands with each Node, run in turn. */
function compare() {
  const all = values.node.flatMap((node) =>
    Object.entries(COMMANDS).map(([name, args]) => ({ node, name, args, runs: [] })),
  );
  for (let run = -1; run < RUNS; run += 1) {
    for (const { node, args, runs } of all) {
      const one = once(node, args);
      if (run >= 0) runs.push(one);
    }
  }
  return all.map(({ node, name, runs }) => ({
    node,
    name,
    ms: median(runs.map(({ ms }) => ms)),
    cpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
  }));
}

const results = compare();
for (const node of values.node) {
  const of = new Map(results.flatMap((one) => (one.node === node ? [[one.name, one]] : [])));
  console.log(`\nNode ${spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim()}`);
  for (const [name, { ms, cpuMs }] of of)
    console.log(`${name.padEnd(24)} ${ms.toFixed(1).padStart(7)} ms, processor ${cpuMs.toFixed(1).padStart(6)} ms`);
  const empty = of.get('import an empty module');
  for (const [name, { ms, cpuMs }] of of) {
    const limit = / @postern\/a/.test(name) ? ' (at most 15)' : '';
    if (!name.startsWith('import @')) continue;
    console.log(
      `${name} costs ${(ms - empty.ms).toFixed(1)} ms over an empty module${limit}, processor ${(cpuMs - empty.cpuMs).toFixed(1)} ms`,
    );
  }
  const floor = of.get('node -e 0');
  for (const [name, { ms, cpuMs }] of of) {
    if (!name.startsWith('postern')) continue;
    const limit = name === 'postern --help' ? ' (at most 1.2)' : '';
    console.log(
      `${name} takes ${(ms / floor.ms).toFixed(2)} times node -e 0${limit}, processor ${(cpuMs / floor.cpuMs).toFixed(2)}`,
    );
  }
}
