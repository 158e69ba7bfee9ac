// Moving all API groups of an instance to another one, as `postern migrate run --from … --to …` does.
//
// (a) 50 groups of 20 APIs, in simulated time that jumps from wait to wait: calls of a group beside the polls that wait for its move, and
// the time from the first switch to the beginning of the drain. The service's own time is that of the same batches by bare calls, whose
// results are read each simulated second: what Postern adds are its polls each five seconds, and what it reads and verifies.
//
// (b) Memory of the command as a process that moves 500 groups over HTTP, beside the same command for one group, which has loaded the same,
// and `node -e 0`. The simulations are in this process, not in the command's. What counts is what the command holds: its heap and buffers
// right after a collection, each second, at most. The most memory that the process ever had is shown, too, and is no measure of that: V8
// collects the old part of the heap late where memory is free, so most of it is garbage. `node bench/migrate-many.mjs 50` leaves out (b).
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { alibaba } from '../packages/alibaba/dist/index.js';
import { createContext, memoryJournal } from '../packages/core/dist/index.js';
import { Moves } from '../packages/core/dist/moves.js';
import { temporaryFolder } from '../scripts/temporary-folder.mjs';
import { REGION } from './migrate/instances.mjs';
import { ASSUME, manyGroups } from './migrate/many-world.mjs';

const GROUPS = 50;
const APIS = 20;
const UNITS = Number(process.argv[2] ?? 500);
/** As many groups as are moved side by side. */
const BATCH = 10;
const MOST_CALLS = 12;
const MOST_TIME = 1.1;
const MOST_MB = 60;

const holds = (is) => (is ? 'holds' : 'MISSED');
const seconds = (ms) => `${(ms / 1_000).toFixed(0)} s`;
const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

/** The groups of each batch: one first, then `BATCH` at a time. */
function batches(ids) {
  const found = [ids.slice(0, 1)];
  for (let at = 1; at < ids.length; at += BATCH) found.push(ids.slice(at, at + BATCH));
  return found;
}

/** How long the service takes for the same batches, in simulated milliseconds. */
async function bare(order) {
  const { simulation, call, to } = await manyGroups({ groups: GROUPS, apis: APIS });
  const startedMs = simulation.clock.now();
  const isThere = (GroupId) => call('CloudAPI', 'DescribeApiGroup', { GroupId }).InstanceId === to;
  for (const batch of batches(order)) {
    for (const GroupId of batch) call('CloudAPI', 'ModifyApiGroupInstance', { GroupId, TargetInstanceId: to });
    while (!batch.every(isThere)) await simulation.advance(1_000);
  }
  return simulation.clock.now() - startedMs;
}

/** The same by Postern. */
async function moved() {
  const { simulation, from, to, ids } = await manyGroups({ groups: GROUPS, apis: APIS });
  const { clock } = simulation;
  const journal = memoryJournal();
  const context = createContext({ clock, random: () => 0.5 });
  const moves = new Moves({ driver: alibaba({ region: REGION, api: simulation.alibaba(REGION) }), context, journal });
  const plan = await moves.plan({ provider: 'alibaba', from, to }, { assume: ASSUME });
  const began = {};
  let result;
  for await (const event of moves.run(plan, { assume: ASSUME, batch: BATCH, pauseMs: 0 })) {
    if (event.type === 'move.started') began.run = clock.now();
    if (event.type === 'move.phase') began[event.phase] = clock.now();
    if (event.type === 'move.done') ({ result } = event);
  }
  if (result.state !== 'draining' || result.onNew.length !== ids.length) throw new Error(JSON.stringify(result));
  const calls = { polls: 0, others: 0 };
  for (const { step = '', calls: made = {} } of await journal.read()) {
    calls[/^look \d/.test(step) ? 'polls' : 'others'] += sum(Object.values(made));
  }
  const order = plan.units.map(({ unit }) => unit.gateway.id);
  return { order, calls, switchMs: began.drain - began.switch, wholeMs: began.drain - began.run };
}

const { order, calls, switchMs, wholeMs } = await moved();
const ownMs = await bare(order);
const each = calls.others / GROUPS;
console.log(`${GROUPS} groups of ${APIS} APIs, one first, then ${BATCH} side by side:`);
console.log(
  `  ${each.toFixed(1)} calls a group beside ${calls.polls} polls (at most ${MOST_CALLS}: ${holds(each <= MOST_CALLS)})`,
);
console.log(
  `  ${seconds(wholeMs)} of simulated time, of which ${seconds(switchMs)} switch; the service itself takes ${seconds(ownMs)}: ${(wholeMs / ownMs).toFixed(3)} times as long (at most ${MOST_TIME}: ${holds(wholeMs / ownMs <= MOST_TIME)})`,
);

const folder = temporaryFolder('bench-migrate-many');
const bin = path.join(path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..'), 'packages/cli/dist/bin.js');
/** Prints, once the process is over, the most memory that it ever had, in kilobytes, and the most that it held, in bytes. */
const peak = path.join(folder, 'peak.cjs');
writeFileSync(
  peak,
  `let held = 0;
const look = () => {
  global.gc();
  const { heapUsed, external } = process.memoryUsage();
  held = Math.max(held, heapUsed + external);
};
setInterval(look, 1_000).unref();
process.on('exit', () => {
  look();
  require('node:fs').writeSync(2, '\\nPEAK ' + process.resourceUsage().maxRSS + ' HELD ' + held + '\\n');
});
`,
);

/** Runs Node.js beside this process, which serves the simulations. */
async function run(args, cwd, env = {}) {
  const started = performance.now();
  const child = spawn(process.execPath, ['--expose-gc', '-r', peak, ...args], {
    cwd,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, XDG_CACHE_HOME: folder, ...env },
  });
  let text = '';
  child.stderr.on('data', (data) => (text += data));
  const status = await new Promise((resolve) => child.on('close', resolve));
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}\n${text.slice(-1_000)}`);
  const [, peakKb, held] = /PEAK (\d+) HELD (\d+)/.exec(text);
  return { ms: performance.now() - started, mb: Number(peakKb) / 1024, heldMb: Number(held) / 1024 / 1024 };
}

/** The command for as many groups of one API each. */
async function command(groups) {
  const { simulation, from, to } = await manyGroups({ groups, apis: 1 });
  const { url, close } = await simulation.listen();
  const cwd = path.join(folder, String(groups));
  mkdirSync(cwd);
  const spec = { version: 1, project: 'bench', links: {}, integrations: {}, assume: ASSUME };
  writeFileSync(path.join(cwd, 'assume.yaml'), JSON.stringify(spec));
  const named = ['--provider', 'alibaba', '--region', REGION, '--from', from, '--to', to, '--spec', 'assume.yaml'];
  const how = ['--batch', '50', '--pause', '0s', '--yes', '--json'];
  const figure = await run([bin, 'migrate', 'run', ...named, ...how], cwd, { POSTERN_SIMULATOR: url });
  await close();
  return figure;
}

if (UNITS >= 500) {
  const empty = await run(['-e', '0'], folder);
  const [one, all] = [await command(1), await command(UNITS)];
  const over = all.heldMb - one.heldMb;
  const shown = (label, { heldMb, mb }) => `${label} ${heldMb.toFixed(0)} MB of ${mb.toFixed(0)} MB`;
  console.log(
    `${UNITS} groups as a process, ${(all.ms / 1_000).toFixed(1)} s; held, of the most that the process had: ${shown(`${UNITS} groups`, all)}, ${shown('one group', one)}, ${shown('node -e 0', empty)}:`,
  );
  console.log(
    `  it holds ${over.toFixed(0)} MB over a process that has loaded the same (at most ${MOST_MB}: ${holds(over <= MOST_MB)})`,
  );
}
