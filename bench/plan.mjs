// `postern plan` where nothing changes, as a process, over HTTP against the simulated AWS: 1,000 VPC links, each with an integration and a
// route, in 20 HTTP APIs; and 10 REST APIs of 100 methods behind four VPC links V1. The worlds are made by applying their specs.
//
// Calls are counted by the simulator, beside what the plan cannot do without: one call for each page of each list that it compares with the
// spec. Memory is the most that the process ever held (maxRSS), beside two others: `node -e 0`, and the same command for one link in one
// API. The latter has loaded what a plan loads, the SDK's clients among it (EC2's is most of that), and read a page of each list. What
// the plan holds above it is what 1,000 links, integrations and routes cost: this is held against the limit. Time is real; the pace
// (10 calls a second to API Gateway after 40) jumps in simulated time.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { aws } from '../packages/aws/dist/index.js';
import { CLOUDS } from './clouds.mjs';
import { judge } from '../packages/core/dist/check.js';
import { createContext } from '../packages/core/dist/index.js';
import { apply, diff, observeSpec } from '../packages/core/dist/plan.js';
import { parseSpec } from '../packages/core/dist/spec.js';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';
import { REGION } from './links/network.mjs';
import { restWorld } from './links/rest-world.mjs';
import { linksWorld } from './links/world.mjs';

const LINKS = Number(process.env.POSTERN_BENCH_LINKS ?? 1_000);
const APIS = 20;
const TURNS = Number(process.argv[2] ?? 3);
const MOST_MB = 60;
const MOST_REST_CALLS = 30;
/** Items of the largest page: https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/vpclinks.html */
const PAGE = 500;

const folder = temporaryFolder('bench-plan');
const bin = path.join(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'), 'packages/cli/dist/bin.js');
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const holds = (is) => (is ? 'holds' : 'MISSED');
const sum = (counts) => [...counts.values()].reduce((all, count) => all + count, 0);

/** Prints the most memory that the process ever held, in kilobytes, once it is over. */
const peak = path.join(folder, 'peak.cjs');
writeFileSync(
  peak,
  "process.on('exit', () => require('node:fs').writeSync(2, `\\nPEAK ${process.resourceUsage().maxRSS}\\n`));",
);

/** Runs Node.js beside this process, which serves the simulations. */
async function run(args, env = {}) {
  const started = performance.now();
  const child = spawn(process.execPath, ['-r', peak, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, XDG_CACHE_HOME: folder, ...env },
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (data) => (said[name] += data));
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${said.stdout}\n${said.stderr}`);
  return { ms: performance.now() - started, mb: Number(/PEAK (\d+)/.exec(said.stderr)[1]) / 1024 };
}

/** Applies the spec of a world in this process, and serves the world. */
async function prepared(name, { simulation, spec: text }) {
  const spec = parseSpec(JSON.stringify(text), { clouds: CLOUDS });
  const { clock } = simulation;
  const pace = { slot: () => Promise.resolve(), slowDown: () => undefined };
  const context = createContext({ clock, pace });
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const drivers = () => driver;
  const plan = diff(await observeSpec(spec, drivers, context, { checks: true, plan: {} }), spec);
  for await (const event of apply(plan, { spec, drivers, context, judge })) {
    if (event.type === 'step.failed') throw new Error(`${event.unit}: ${event.error.message}`);
  }
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(text));
  const { url, close } = await simulation.listen();
  const once = async () => {
    const before = simulation.journal().at(-1)?.sequence ?? 0;
    const figure = await run([bin, 'plan', '--detailed-exitcode', file], { POSTERN_SIMULATOR: url });
    const calls = new Map();
    for (const { sequence, operation } of simulation.journal()) {
      if (sequence > before) calls.set(operation, (calls.get(operation) ?? 0) + 1);
    }
    return { ...figure, calls };
  };
  return { once, close };
}

/** The calls of a plan, beside the pages of the lists that it compares with the spec. */
function tellCalls(calls, pages) {
  const total = sum(calls);
  const needed = sum(pages);
  const beyond = [...calls]
    .map(([name, count]) => [name, count - (pages.get(name) ?? 0)])
    .filter(([, count]) => count > 0);
  console.log(`  ${total} calls; the pages of the lists that it compares are ${needed}: ${holds(total <= needed)}`);
  if (beyond.length > 0) console.log(`  beyond: ${beyond.map(([name, count]) => `${count} ${name}`).join(', ')}`);
}

const options = { throttle: false, clock: 'auto' };
const large = await prepared('large', await linksWorld({ links: LINKS, apis: APIS, ...options }));
const small = await prepared('small', await linksWorld({ links: 1, apis: 1, ...options }));
const figures = [];
let calls;
for (let turn = 0; turn <= TURNS; turn += 1) {
  const empty = await run(['-e', '0']);
  const one = await small.once();
  const all = await large.once();
  calls = all.calls;
  if (turn > 0) figures.push({ empty, one, all }); // the first fills the cache of compiled code
}
const middle = (side, what) => median(figures.map((figure) => figure[side][what]));
const [empty, one, all] = ['empty', 'one', 'all'].map((side) => ({ ms: middle(side, 'ms'), mb: middle(side, 'mb') }));
const over = all.mb - one.mb;
console.log(`a plan of ${LINKS} links, integrations and routes in ${APIS} HTTP APIs, without changes:`);
tellCalls(
  calls,
  new Map([
    ['GetCallerIdentity', 1],
    ['GetVpcLinks', Math.ceil(LINKS / PAGE)],
    ['DescribeSubnets', 1],
    ['DescribeSecurityGroups', 1],
    ['DescribeListeners', 1],
    ['DescribeLoadBalancers', 1],
    ['GetApi', APIS],
    ['GetRoutes', APIS * Math.ceil(LINKS / APIS / PAGE)],
    ['GetIntegrations', APIS * Math.ceil(LINKS / APIS / PAGE)],
    ['GetStages', APIS],
  ]),
);
console.log(
  `  ${(all.ms / 1_000).toFixed(2)} s; one link in one API ${(one.ms / 1_000).toFixed(2)} s; node -e 0 ${(empty.ms / 1_000).toFixed(2)} s`,
);
console.log(
  `  ${all.mb.toFixed(0)} MB at most; one link ${one.mb.toFixed(0)} MB, node -e 0 ${empty.mb.toFixed(0)} MB: ${over.toFixed(0)} MB over a process that has loaded the same (at most ${MOST_MB}: ${holds(over <= MOST_MB)})`,
);
await large.close();
await small.close();

const rest = await prepared('rest', await restWorld({ links: 4, apis: 10, resources: 100, ...options }));
const planned = await rest.once();
const told = [...planned.calls].map(([name, count]) => `${count} ${name}`).join(', ');
console.log(
  `a plan of 10 REST APIs with 100 resources each and 4 links V1, without changes: ${sum(planned.calls)} calls (at most ${MOST_REST_CALLS}: ${holds(sum(planned.calls) <= MOST_REST_CALLS)}), ${(planned.ms / 1_000).toFixed(2)} s, ${planned.mb.toFixed(0)} MB`,
);
console.log(`  ${told}`);
await rest.close();
