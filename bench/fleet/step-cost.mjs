import { createContext } from '../../packages/core/dist/index.js';
import { scaledClock } from '../../examples/fleet/scaled-clock.mjs';
import { requestOf, startFleet } from './fleet-run.mjs';
import { applied } from './local-run.mjs';
import { startWorld } from './world.mjs';

const ROUTES = 200;
/** So fast that the clouds' limits and waits weigh nothing. */
const SPEED = 50;
const RUN = 'steps';

/** The time of a unit of many steps, one after the other: on the engine and with a journal file, each on a fresh cloud; medians of three. */
export async function stepCost() {
  const fleet = [];
  const local = [];
  for (let round = 0; round < 3; round += 1) {
    fleet.push(await withWorld(onEngine));
    local.push(await withWorld(withJournal));
  }
  const middle = (numbers) => numbers.toSorted((a, b) => a - b)[1];
  return { routes: ROUTES, fleetMs: middle(fleet), localMs: middle(local), steps: ROUTES };
}

async function withWorld(work) {
  const world = await startWorld({ accounts: 1, regions: 1, links: 1, speed: SPEED });
  const [place] = world.places;
  const [[name, { gateway, link, targets }]] = Object.entries(place.spec.integrations);
  const routes = Object.fromEntries(Array.from({ length: ROUTES }, (_, at) => [`GET /orders/${at}`, 'orders']));
  place.spec.integrations[name] = { link, gateway, targets, routes };
  try {
    return await work(world);
  } finally {
    world.close();
  }
}

/** From the first event of the integration to its last one. */
const lasted = (events) => {
  const at = events.filter(({ unit }) => unit?.startsWith('integration:')).map((event) => Date.parse(event.at));
  return (Math.max(...at) - Math.min(...at)) / SPEED;
};

async function onEngine(world) {
  const fleet = await startFleet(world, { speed: SPEED, workers: 1 });
  try {
    const request = requestOf(world, RUN);
    await fleet.client.start(request);
    let state;
    do {
      await new Promise((resolve) => setTimeout(resolve, 100));
      state = await fleet.client.status(RUN);
    } while (state.endedAt === undefined);
    if (state.state !== 'done') throw new Error(JSON.stringify(state));
    return lasted(await fleet.client.events(RUN, { spec: request.specs[0].name }));
  } finally {
    await fleet.stop();
  }
}

async function withJournal(world) {
  const noPace = { slot: () => Promise.resolve(), slowDown: () => undefined };
  const context = createContext({ clock: scaledClock({ ...world, speed: SPEED }), pace: noPace });
  const { events } = await applied(world, world.places[0], context);
  return lasted(events);
}
