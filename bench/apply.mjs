// Applying 200 VPC links, each with an integration and a route, in eight HTTP APIs of the simulated AWS.
//
// (a) Limits off, over HTTP: the time of `apply` against the bare calls of the AWS SDK (links/bare.mjs) at equal concurrency, each on a
// fresh simulation, in turn; medians. `apply` reads the current state first, checks it, looks before it creates, reads back what it wrote,
// and records every step in a journal file; all of that counts. The simulator runs in a process of its own, on another core where taskset
// is at hand. It throttles nothing, Postern's own pace is off, and simulated time passes 60 times as fast: a link takes two real seconds
// to become AVAILABLE instead of two minutes, and the intervals of polls are as much shorter. So work weighs 60 times what it weighs
// beside the waits of a real cloud. `node bench/apply.mjs 1 1` measures at real time, once, in five minutes.
//
// (b) At AWS's pace, in simulated time that jumps from wait to wait: AWS creates one VPC link per account in 15 s. The journal is in memory,
// because that time would jump while a file is written.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { aws } from '../packages/aws/dist/index.js';
import { CLOUDS } from './clouds.mjs';
import { judge } from '../packages/core/dist/check.js';
import { createContext } from '../packages/core/dist/index.js';
import { remoteClock } from '../packages/core/dist/adapter.js';
import { apply, diff, observeSpec } from '../packages/core/dist/plan.js';
import { fileJournal } from '../packages/core/dist/node.js';
import { parseSpec } from '../packages/core/dist/spec.js';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';
import { makeBare } from './links/bare.mjs';
import { REGION } from './links/network.mjs';
import { linksWorld } from './links/world.mjs';

const LINKS = Number(process.env.POSTERN_BENCH_LINKS ?? 200);
const APIS = 8;
const SPEED = Number(process.argv[2] ?? 60);
const ROUNDS = Number(process.argv[3] ?? 5);
/** As many steps as `apply` runs side by side by default. */
const LANES = 64;
const MOST = 1.2;
/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const SECONDS_PER_LINK = 15;
const SLACK_SECONDS = 30;

const folder = temporaryFolder('bench-apply');
const server = path.join(path.dirname(fileURLToPath(import.meta.url)), 'links', 'server.mjs');
const pinned = spawnSync('taskset', ['-c', '0', 'true']).status === 0;
if (pinned) spawnSync('taskset', ['-cp', '1', String(process.pid)]);
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const seconds = (ms) => `${(ms / 1_000).toFixed(2)} s`;
const holds = (is) => (is ? 'holds' : 'MISSED');
const noPace = { slot: () => Promise.resolve(), slowDown: () => undefined };

/** A fresh world over HTTP; its clock is read as the command line reads it. */
async function withServer(work) {
  const args = [process.execPath, server, String(LINKS), String(APIS), String(SPEED)];
  const [command, ...rest] = pinned ? ['taskset', '-c', '0', ...args] : args;
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let text = '';
    while (!text.endsWith('\n')) text += String((await once(child.stdout, 'data'))[0]);
    const { url, parts, spec } = JSON.parse(text);
    const read = async () => (await fetch(`${url}/_postern/clock`)).json();
    return await work({ url, parts, spec, clock: await remoteClock({ read }) });
  } finally {
    child.kill();
  }
}

/** Runs it, and measures it: real and processor time in milliseconds, and what it returns. */
async function timed(work) {
  const [started, before] = [performance.now(), process.cpuUsage()];
  const calls = await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: performance.now() - started, cpu: (user + system) / 1_000, calls };
}

const bare = () =>
  withServer(({ url, parts, clock }) => timed(() => makeBare({ url, region: REGION, parts, clock, lanes: LANES })));

const applied = () =>
  withServer(async ({ url, spec: text, clock }) => {
    const credentials = { accessKeyId: 'AKIASIMULATOR', secretAccessKey: 'simulator' };
    const driver = aws({ region: REGION, endpoint: url, credentials });
    const file = path.join(folder, 'journal');
    rmSync(file, { force: true });
    return withPlan({ text, driver, clock, pace: noPace, journal: fileJournal(file) }, timed);
  });

/** Plans, and applies the plan: only the latter is measured. */
async function withPlan({ text, driver, clock, pace, journal }, measure) {
  const spec = parseSpec(JSON.stringify(text), { clouds: CLOUDS });
  const calls = new Map();
  const trace = ({ operation }) => void calls.set(operation, (calls.get(operation) ?? 0) + 1);
  const context = createContext({ clock, pace, trace });
  const drivers = () => driver;
  const how = { checks: true, plan: {} };
  const plan = diff(await observeSpec(spec, drivers, context, how), spec);
  calls.clear();
  return measure(async () => {
    for await (const event of apply(plan, { spec, drivers, context, journal, judge })) {
      if (event.type === 'step.failed') throw new Error(`${event.unit}: ${event.error.message}`);
      if (event.type === 'run.done' && event.applied !== 2 * LINKS) throw new Error(JSON.stringify(event));
    }
    return calls;
  });
}

const figures = [];
for (let round = ROUNDS > 1 ? 0 : 1; round <= ROUNDS; round += 1) {
  const figure = { bare: await bare(), applied: await applied() };
  if (round > 0) figures.push(figure); // one of several warms up
}
const middle = (side, what) => median(figures.map((figure) => figure[side][what]));
const ratio = (what) => median(figures.map(({ bare: one, applied: other }) => other[what] / one[what]));
console.log(`${LINKS} links, integrations and routes in ${APIS} APIs, limits off, ${SPEED} simulated seconds in one:`);
for (const [side, name] of [
  ['bare', 'bare SDK calls'],
  ['applied', 'apply'],
]) {
  console.log(`  ${name.padEnd(15)} ${seconds(middle(side, 'ms'))}, ${seconds(middle(side, 'cpu'))} of processor time`);
}
console.log(
  `  apply takes ${ratio('ms').toFixed(2)} times as long (at most ${MOST}: ${holds(ratio('ms') <= MOST)}), ${ratio('cpu').toFixed(2)} times the processor time`,
);
const [{ bare: plain, applied: whole }] = figures;
const told = (calls) => [...calls].map(([operation, count]) => `${count} ${operation}`).join(', ');
const sum = (calls) => [...calls.values()].reduce((all, count) => all + count, 0);
console.log(`  bare: ${sum(plain.calls)} calls: ${told(plain.calls)}`);
console.log(`  apply: ${sum(whole.calls)} calls: ${told(whole.calls)}`);

/** How long one link is PENDING, in simulated milliseconds. */
async function linkTime() {
  const { simulation, parts } = await linksWorld({ links: 1, apis: 1 });
  const { apiGatewayV2 } = simulation.clients(REGION);
  const [{ name: Name, subnetIds: SubnetIds, securityGroupIds: SecurityGroupIds }] = parts;
  const { VpcLinkId } = await apiGatewayV2.createVpcLink({ Name, SubnetIds, SecurityGroupIds });
  const startedMs = simulation.clock.now();
  while ((await apiGatewayV2.getVpcLink({ VpcLinkId })).VpcLinkStatus !== 'AVAILABLE') await simulation.advance(1_000);
  return simulation.clock.now() - startedMs;
}

const { simulation, spec } = await linksWorld({ links: LINKS, apis: APIS, clock: 'auto' });
const { clock } = simulation;
const paced = await withPlan(
  {
    text: spec,
    driver: aws({ region: REGION, clients: simulation.clients(REGION) }),
    clock,
  },
  async (work) => {
    const startedMs = clock.now();
    await work();
    return clock.now() - startedMs;
  },
);
const mostMs = (LINKS - 1) * SECONDS_PER_LINK * 1_000 + (await linkTime()) + SLACK_SECONDS * 1_000;
console.log(
  `at AWS's pace, in simulated time: ${seconds(paced)} (at most ${LINKS - 1} × ${SECONDS_PER_LINK} s, the last link and ${SLACK_SECONDS} s, which is ${seconds(mostMs)}: ${holds(paced <= mostMs)})`,
);
