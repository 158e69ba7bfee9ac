import { setTimeout as wait } from 'node:timers/promises';
import { requestOf, startFleet } from './fleet-run.mjs';
import { startWorld } from './world.mjs';

const WORKERS = 3;
/** Integrations that go on at the same time, each in an account of its own, and as many again in each further wave. */
const AT_ONCE = 8;
const ROUTES = 250;
/** A unit makes some ten routes a second where the machine is fast enough: what it does is recorded all the time. */
const SPEED = 4;
const EVERY_MS = 4_000;
const ENGINE_KILLS = 4;
const RUN = 'kills';

/**
 * Kills workers and the engine while units are under way, and measures how long it takes until each of these units has recorded what it
 * does next: after a worker is killed, and after a killed engine answers again. A step that may have begun looks for 30 s of the clouds' time
 * whether it had its effect; that it does so is recorded. The step itself is part of the time, and so are units of workers that live.
 */
export async function killTable({ kills, tell = () => undefined }) {
  const waves = Math.ceil(((kills + ENGINE_KILLS) * EVERY_MS) / 20_000) + 1;
  const accounts = AT_ONCE * waves;
  const world = await startWorld({ accounts, regions: 1, links: accounts, speed: SPEED });
  for (const { spec } of world.places) {
    const [[name, { gateway, link, targets }]] = Object.entries(spec.integrations);
    const routes = Object.fromEntries(Array.from({ length: ROUTES }, (_, at) => [`GET /orders/${at}`, 'orders']));
    spec.integrations[name] = { link, gateway, targets, routes };
  }
  const fleet = await startFleet(world, { speed: SPEED, workers: WORKERS });
  const { client, engine, workers } = fleet;
  try {
    const request = requestOf(world, RUN);
    const names = request.specs.map(({ name }) => name);
    const inWaves = Array.from({ length: waves }, (_, at) => ({
      name: `wave ${at + 1}`,
      specs: names.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
    }));
    await client.start({ ...request, waves: inWaves });
    const killed = [];
    const every = Math.max(1, Math.floor(kills / ENGINE_KILLS));
    for (let at = 1; at <= kills; at += 1) {
      await untilBusy(world);
      await wait(EVERY_MS);
      const pids = workers.pids();
      process.kill(pids[at % pids.length], 'SIGKILL');
      killed.push({ what: 'worker', atMs: Date.now() });
      tell(`worker ${at} of ${kills} killed`);
      if (at % every !== 0) continue;
      await untilBusy(world);
      await wait(EVERY_MS);
      await engine.kill();
      await engine.restart();
      killed.push({ what: 'engine', atMs: Date.now() });
      tell('the engine was killed, and answers again');
    }
    await wait(EVERY_MS * 2);
    await client.cancel(RUN, { by: 'bench' });
    const real = (at) => world.sinceMs + (Date.parse(at) - world.startMs) / SPEED;
    const units = new Map();
    for (const spec of names)
      for (const event of await client.events(RUN, { spec })) {
        const key = `${spec} ${event.unit}`;
        units.set(key, [...(units.get(key) ?? []), { at: real(event.at), isDone: event.type === 'step.done' }]);
      }
    return killed.map(({ what, atMs }) => ({ what, ...after(atMs, [...units.values()]) }));
  } finally {
    await fleet.stop();
    world.close();
  }
}

/** Of the units that create routes at that moment: how long until each has recorded something. */
function after(atMs, units) {
  const continuedMs = units.flatMap((events) => {
    const before = events.filter(({ at, isDone }) => isDone && at <= atMs);
    const next = events.find(({ at }) => at > atMs);
    return before.length < 2 || next === undefined ? [] : [next.at - atMs];
  });
  return { units: continuedMs.length, continuedMs };
}

/** Until units create routes: links of a wave are awaited first. */
async function untilBusy({ look }) {
  let before = Infinity;
  for (;;) {
    const { calls } = await look();
    const created = calls.CreateRoute?.all ?? 0;
    if (created > before + 2) return;
    before = created;
    await wait(1_000);
  }
}
