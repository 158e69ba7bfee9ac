// `postern graph` of a spec with 300 routes on six APIs, as SVG and as DOT: the whole command as a process. Only SVG loads Graphviz. The
// difference between the two is its load and its layout.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';

const ROUTES = 300;
const APIS = 6;
const MOST_MS = 2_000;
const TURNS = 5;

const bin = path.join(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'), 'packages/cli/dist/bin.js');
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const holds = (is) => (is ? 'holds' : 'MISSED');

const each = ROUTES / APIS;
const spec = {
  version: 1,
  project: 'bench',
  links: { vpc: { provider: 'aws', region: 'eu-west-1', subnets: [{ name: 'a' }, { name: 'b' }] } },
  integrations: Object.fromEntries(
    Array.from({ length: APIS }, (_, api) => [
      `api-${api}`,
      {
        link: 'vpc',
        gateway: { httpApi: `a1b2c3d4e${api}` },
        targets: { alb: { listener: { loadBalancer: `alb-${api}`, port: 80 } } },
        routes: Object.fromEntries(Array.from({ length: each }, (_, at) => [`GET /orders-${at}/{id}`, 'alb'])),
      },
    ]),
  ),
};
const file = path.join(temporaryFolder('bench-graph'), 'postern.json');
writeFileSync(file, JSON.stringify(spec));

function run(format) {
  const started = performance.now();
  const args = [bin, 'graph', file, '--format', format];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  if (child.status !== 0) throw new Error(`${args.join(' ')} ended with ${child.status}\n${child.stderr}`);
  return { ms: performance.now() - started, kb: child.stdout.length / 1024 };
}
const rows = { svg: [], dot: [] };
const empty = [];
for (let turn = -1; turn < TURNS; turn += 1) {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', '0']);
  if (turn >= 0) empty.push(performance.now() - started);
  for (const format of ['svg', 'dot']) {
    const took = run(format);
    if (turn >= 0) rows[format].push(took);
  }
}
const floor = median(empty);
for (const [format, runs] of Object.entries(rows)) {
  const took = median(runs.map(({ ms }) => ms));
  const limit = format === 'svg' ? ` (at most ${MOST_MS}: ${holds(took < MOST_MS)})` : '';
  console.log(
    `${ROUTES} routes as ${format}: ${took.toFixed(0)} ms, ${runs[0].kb.toFixed(0)} KB, ${(took / floor).toFixed(1)} times node -e 0 (${floor.toFixed(0)} ms)${limit}`,
  );
}
