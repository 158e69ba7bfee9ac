// Calls of the clouds that `apply` and `plan` make for gateways of 100, 400 and 1,600 routes: all routes created, nothing to change, one route
// changed, all destroyed. An HTTP API, a REST API and an API group, each behind one link; all routes in one integration, and 20 in each. Limits are off
// and time is simulated: calls are the same in every run. `node bench/calls.mjs 20 200` counts these sizes, `--only "API group"` this kind
// of gateway; `--lists` prints each operation.
//
// A run reads the gateway once (the plan that it checks), and again before it writes. An exponent of 0 does not grow with the routes, 1 grows
// in proportion.
import { parseArgs } from 'node:util';
import { CLOUDS } from './clouds.mjs';
import { judge } from '../packages/core/dist/check.js';
import { createContext } from '../packages/core/dist/index.js';
import { apply, diff, observeSpec, planDestroy } from '../packages/core/dist/plan.js';
import { parseSpec } from '../packages/core/dist/spec.js';
import { specOf, withOneChanged, WORLDS } from './calls/worlds.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, lists: { type: 'boolean', default: false } },
});
const SIZES = positionals.length > 0 ? positionals.map(Number) : [100, 400, 1_600];
const { only: ONLY, lists: LISTS } = values;
const noPace = { slot: () => Promise.resolve(), slowDown: () => undefined };
/** Calls for each created route beyond a run that changes one. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MOST = { 'HTTP API': 1.2, 'REST API': 3.1, 'API group': 3.1 };

const sum = (counts) => [...counts.values()].reduce((all, count) => all + count, 0);
/** Time of this process, so that a busy machine changes little. */
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
const list = (counts) => [...counts].map(([operation, count]) => `${count} ${operation}`).join(', ');
const without = (counts, others) =>
  new Map(
    [...counts].map(([name, count]) => [name, count - (others.get(name) ?? 0)]).filter(([, count]) => count !== 0),
  );

/** Plans and applies a spec, each with a driver of its own, and counts the calls. */
async function run(world, text, plansTo = diff) {
  const spec = parseSpec(JSON.stringify(text), { clouds: CLOUDS });
  let calls = new Map();
  const trace = ({ operation }) => void calls.set(operation, (calls.get(operation) ?? 0) + 1);
  const { clock } = world.simulation;
  const context = createContext({ clock, pace: noPace, trace, random: () => 0.5 });
  const planStarted = cpuMs();
  const plan = plansTo(await observeSpec(spec, () => world.driver(), context, { clouds: CLOUDS, plan: {} }), spec, {
    clouds: CLOUDS,
  });
  const planMs = cpuMs() - planStarted;
  const planned = calls;
  calls = new Map();
  const started = cpuMs();
  const driver = world.driver();
  for await (const event of apply(plan, {
    spec,
    clouds: CLOUDS,
    drivers: () => driver,
    context,
    judge,
    ignoreFindings: ['*'],
    probe: false,
  })) {
    if (event.type === 'step.failed') throw new Error(`${event.unit}: ${event.error.message}`);
  }
  return {
    steps: plan.units.flatMap(({ steps }) => steps).length,
    planned,
    planMs,
    applied: calls,
    ms: cpuMs() - started,
  };
}

/** One world: all routes created, a plan without changes, one route changed, all destroyed. */
async function measure(build, routes, each) {
  const world = await build();
  const spec = specOf(world, { routes, each });
  // What the routes use is made before they are counted.
  await run(world, specOf(world, { routes: 1, each: 1 }));
  const created = await run(world, spec);
  const same = await run(world, spec);
  const changed = await run(world, withOneChanged(world, spec));
  const destroyed = await run(world, withOneChanged(world, spec), planDestroy);
  return { created, same, changed, destroyed };
}

function report(kind, routes, each, { created, same, changed, destroyed }) {
  const own = without(created.applied, created.planned);
  console.log(`${kind}, ${routes} routes, ${each} in an integration`);
  console.log(`  create: ${sum(created.applied)} calls, beyond a reading: ${list(own)}`);
  console.log(`  no change: ${sum(same.planned)} calls: ${list(same.planned)}; steps ${same.steps}`);
  const one = without(changed.applied, same.planned);
  console.log(
    `  one change: ${sum(changed.applied)} calls, beyond a plan without changes ${sum(one)}: ${list(one)}; steps ${changed.steps}`,
  );
  console.log(
    `  destroy: ${sum(destroyed.applied)} calls, beyond a reading: ${list(without(destroyed.applied, destroyed.planned))}`,
  );
}

/** The power of the number of routes that a value grows with, from one size to the next. */
const exponent = (from, to, of) => Math.log(of(to) / of(from)) / Math.log(to.routes / from.routes);

const COLUMNS = [
  ['create: calls', (row) => sum(row.created.applied)],
  ['create: CPU seconds', (row) => row.created.ms / 1_000],
  ['plan without changes: calls', (row) => sum(row.same.planned)],
  ['one change, apply: calls', (row) => sum(row.changed.applied)],
  ['plan without changes: CPU seconds', (row) => row.same.planMs / 1_000],
  ['destroy: calls', (row) => sum(row.destroyed.applied)],
  ['destroy: CPU seconds', (row) => row.destroyed.ms / 1_000],
];

function table(kind, told, rows) {
  const first = rows[0];
  const last = rows.at(-1);
  const grown = (row) => sum(row.created.applied) - sum(row.changed.applied);
  const slope = rows.length > 1 ? (grown(last) - grown(first)) / (last.routes - first.routes) : undefined;
  console.log(`| ${kind}, ${told} | ${rows.map(({ routes }) => routes).join(' | ')} | exponents |`);
  console.log(`| --- |${' --- |'.repeat(rows.length + 1)}`);
  for (const [name, of] of COLUMNS) {
    const values = rows.map((row) => (Number.isInteger(of(row)) ? of(row) : of(row).toFixed(2)));
    const powers = rows.slice(1).map((row, index) => exponent(rows[index], row, of).toFixed(2));
    console.log(`| ${name} | ${values.join(' | ')} | ${powers.join(', ')} |`);
  }
  if (slope !== undefined)
    console.log(
      `${slope.toFixed(2)} calls a created route, at most ${MOST[kind]}: ${slope <= MOST[kind] ? 'holds' : 'MISSED'}\n`,
    );
}

for (const [kind, build] of Object.entries(WORLDS).filter(([name]) => ONLY === undefined || name === ONLY)) {
  for (const each of [undefined, 20]) {
    const rows = [];
    for (const routes of SIZES) {
      const row = { routes, ...(await measure(build, routes, each ?? routes)) };
      rows.push(row);
      if (LISTS) report(kind, routes, each ?? routes, row);
    }
    table(kind, each === undefined ? 'one integration' : `${each} routes in each integration`, rows);
  }
}
