// A fleet on the engine Restate: links, each with an integration and a route, over 50 simulated accounts in four regions, created by three
// workers. Simulated time passes five times as fast as real time, and AWS's pace with it: one link in 15 s in each account and region.
//
// The bound is what the slowest account and region needs at that pace: its creations one after the other, and the time of the last link
// until it is AVAILABLE. The run is held against it from its first creation to its end; the reading of the specs before is shown apart. The
// simulated accounts are in a process of their own; they, the engine and the workers share the machine. Memory is the resident set, each
// second, at most. The journal is the engine's, of all units; divided by them.
//
// (a) The curve, and the same specs by `apply` in one process with a journal file. (b) The largest size with kills: of 20 workers and two of
// the engine. (c) What a step costs: an integration of 200 routes where the clouds' limits and waits weigh nothing, against `apply` with a
// journal file. (d) The kill table: how long it takes until units go on after a worker or the engine is killed.
//
//   node bench/fleet.mjs [--accounts N] [--kills N] [--speed N] [--only curve,local,kills,step,table] [--verbose] [SIZES…]
// By default the sizes are 100 and 1,000. 10,000 takes three minutes where the machine is fast enough for the speed; a slower clock
// (`--speed 2`) and fewer accounts measure the same on a small one.
import { parseArgs } from 'node:util';
import { fleetRun } from './fleet/fleet-run.mjs';
import { killTable } from './fleet/kill-table.mjs';
import { localRun } from './fleet/local-run.mjs';
import { stepCost } from './fleet/step-cost.mjs';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
const { values, positionals } = parseArgs({
  options: {
    accounts: { type: 'string', default: '50' },
    kills: { type: 'string', default: '20' },
    speed: { type: 'string', default: '5' },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
const SIZES = positionals.length > 0 ? positionals.map(Number) : [100, 1_000];
const ONLY = values.only?.split(',') ?? ['curve', 'local', 'kills', 'step', 'table'];

const MOST = {
  excess: 1.05,
  killed: 1.1,
  refused: 0.01,
  stepMs: 3,
  serverMb: 1_024,
  workerMb: 350,
  unitKb: 30,
  workerS: 5,
  engineS: 2,
};

const holds = (is) => (is ? 'holds' : 'MISSED');
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;
const percent = (part) => `${(part * 100).toFixed(1)} %`;

function show(label, run, most) {
  const { readMs, elapsedMs, boundMs, duplicates, refused, creations, serverMb, workerMb, unitKb } = run;
  const ratio = elapsedMs / boundMs;
  console.log(`${label}: ${run.state}, ${run.units} units, read and planned in ${seconds(readMs)}`);
  for (const [why, specs] of run.errors ?? []) console.log(`  ${specs} specs: ${why}`);
  console.log(
    `  ${seconds(elapsedMs)} of ${seconds(boundMs)}: ${percent(ratio - 1)} above the bound (at most ${percent(most - 1)}: ${holds(ratio <= most)})`,
  );
  console.log(
    `  ${duplicates} duplicates (0: ${holds(duplicates === 0)}); ${refused} of ${creations} creations refused for pace (at most ${percent(MOST.refused)}: ${holds(refused <= creations * MOST.refused)})`,
  );
  if (serverMb === undefined) return;
  console.log(
    `  memory: engine ${serverMb.toFixed(0)} MB (at most ${MOST.serverMb}: ${holds(serverMb <= MOST.serverMb)}), worker ${workerMb.toFixed(0)} MB (at most ${MOST.workerMb}: ${holds(workerMb <= MOST.workerMb)})`,
  );
  const used = Object.entries(run.cpu).map(([role, cpu]) => `${role} ${((cpu * 1_000) / run.units).toFixed(0)} ms`);
  console.log(
    `  processor time a unit, with the start of each process: ${used.join(', ')}; calls: ${run.callsEach.toFixed(1)}`,
  );
  console.log(
    `  journal: ${unitKb.toFixed(1)} kB and ${run.unitEntries.toFixed(1)} entries a unit (at most ${MOST.unitKb} kB: ${holds(unitKb <= MOST.unitKb)}); on disk ${run.diskMb.toFixed(0)} MB`,
  );
}

const tell = values.verbose ? (text) => console.error(text) : undefined;
const how = { speed: Number(values.speed), accounts: Number(values.accounts) };

if (ONLY.includes('curve')) {
  for (const links of SIZES) {
    show(`${links} integrations`, await fleetRun({ ...how, links, kills: 0, tell }), MOST.excess);
    if (ONLY.includes('local')) show('  in one process', await localRun({ ...how, links }), MOST.excess);
  }
}
if (ONLY.includes('kills')) {
  const links = Math.max(...SIZES);
  const run = await fleetRun({ ...how, links, kills: Number(values.kills), tell });
  const { workers, engines } = run.killed;
  show(`${links} integrations, ${workers} workers and ${engines} engines killed`, run, MOST.killed);
}
if (ONLY.includes('step')) {
  const { routes, fleetMs, localMs, steps } = await stepCost();
  const ms = (fleetMs - localMs) / steps;
  console.log(
    `a step: ${routes} routes in ${seconds(fleetMs)}, with a journal file in ${seconds(localMs)}: ${ms.toFixed(1)} ms more for each of ${steps} steps (at most ${MOST.stepMs}: ${holds(ms <= MOST.stepMs)})`,
  );
}
if (ONLY.includes('table')) {
  const table = await killTable({ kills: Number(values.kills), tell });
  const part = (numbers, share) =>
    numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length * share) - 1] ?? Number.NaN;
  console.log('killed   kills  units  go on after: median    p90    p99   last');
  for (const [what, most] of [
    ['worker', MOST.workerS],
    ['engine', MOST.engineS],
  ]) {
    const rows = table.filter((one) => one.what === what);
    const times = rows.flatMap(({ continuedMs }) => continuedMs);
    const [median, p90, p99, last] = [0.5, 0.9, 0.99, 1].map((share) => part(times, share) / 1_000);
    const shown = [median, p90, p99, last].map((one) => `${one.toFixed(2)} s`.padStart(6)).join(' ');
    const held =
      what === 'worker' ? `p99 at most ${most} s: ${holds(p99 <= most)}` : `at most ${most} s: ${holds(last <= most)}`;
    console.log(
      `${what.padEnd(8)} ${String(rows.length).padStart(5)} ${String(times.length).padStart(6)}               ${shown}  (${held})`,
    );
  }
}
process.exit(0);
