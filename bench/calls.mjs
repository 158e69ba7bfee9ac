// Calls of the clouds that `apply` and `plan` make for gateways of 20, 200 and 2,000 routes: all routes created, nothing to change, one route
// changed. An HTTP API, a REST API and an API group, each behind one link; all routes in one integration, and 20 in each. Limits are off
// and time is simulated: calls are the same in every run. `node bench/calls.mjs 20 200` counts these sizes alone.
//
// A run reads the gateway once (the plan that it checks), and again before it writes. What it makes beyond such a reading is told apart:
// by route where routes are created, and whole where one is changed.
import { judge } from '../packages/core/dist/check.js';
import { createContext } from '../packages/core/dist/index.js';
import { apply, diff, observeSpec } from '../packages/core/dist/plan.js';
import { parseSpec } from '../packages/core/dist/spec.js';
import { specOf, withOneChanged, WORLDS } from './calls/worlds.mjs';

const SIZES = process.argv.slice(2).map(Number);
const noPace = { slot: () => Promise.resolve(), slowDown: () => undefined };
/** Calls of a run beyond its reading, for each created route. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MOST = { 'HTTP API': 1.3, 'REST API': 3.3, 'API group': 4.3 };

const sum = (counts) => [...counts.values()].reduce((all, count) => all + count, 0);
const list = (counts) => [...counts].map(([operation, count]) => `${count} ${operation}`).join(', ');
const without = (counts, others) =>
  new Map(
    [...counts].map(([name, count]) => [name, count - (others.get(name) ?? 0)]).filter(([, count]) => count !== 0),
  );

/** Plans and applies a spec, each with a driver of its own, and counts the calls. */
async function run(world, text) {
  const spec = parseSpec(JSON.stringify(text));
  let calls = new Map();
  const trace = ({ operation }) => void calls.set(operation, (calls.get(operation) ?? 0) + 1);
  const { clock } = world.simulation;
  const context = createContext({ clock, pace: noPace, trace, random: () => 0.5 });
  const plan = diff(await observeSpec(spec, () => world.driver(), context, { plan: {} }), spec);
  const planned = calls;
  calls = new Map();
  const started = performance.now();
  const driver = world.driver();
  for await (const event of apply(plan, {
    spec,
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
    applied: calls,
    ms: performance.now() - started,
  };
}

for (const [kind, build] of Object.entries(WORLDS)) {
  for (const routes of SIZES.length > 0 ? SIZES : [20, 200, 2_000]) {
    for (const each of routes > 20 ? [routes, 20] : [routes]) {
      const world = await build();
      const spec = specOf(world, { routes, each });
      // What the routes use is made before they are counted.
      await run(world, specOf(world, { routes: 1, each: 1 }));
      const created = await run(world, spec);
      const same = await run(world, spec);
      const changed = await run(world, withOneChanged(world, spec));
      const own = without(created.applied, created.planned);
      const ratio = sum(own) / (routes - 1);
      const told = `${kind}, ${routes} routes, ${each} in an integration`;
      console.log(
        `${told}: ${ratio.toFixed(2)} calls a created route (at most ${MOST[kind]}: ${ratio <= MOST[kind] ? 'holds' : 'MISSED'}), ${(created.ms / 1_000).toFixed(1)} s`,
      );
      console.log(`  create: ${sum(created.applied)} calls, beyond a reading: ${list(own)}`);
      console.log(`  no change: ${sum(same.planned)} calls: ${list(same.planned)}; steps ${same.steps}`);
      const one = without(changed.applied, same.planned);
      console.log(
        `  one change: ${sum(changed.applied)} calls, beyond a plan without changes ${sum(one)}: ${list(one)}; steps ${changed.steps}`,
      );
    }
  }
}
