// A round of `postern watch`: 10,000 integrations in 200 account-regions of simulated clouds: calls and seconds, and what the time is spent
// on; at the pace of AWS's limits, and without. Then 1,000 rounds of one account-region: whether memory grows.
//   node --expose-gc bench/watch.mjs [account-regions] [rounds]
import { CLOUDS } from './clouds.mjs';
import { createContext, memoryJournal } from '../packages/core/dist/index.js';
import { judge } from '../packages/core/dist/check.js';
import { decodeSnapshot } from '../packages/core/dist/decode.js';
import { apply, diff, observeSpec } from '../packages/core/dist/plan.js';
import { specFrom } from '../packages/core/dist/spec.js';
import { encodeSnapshot } from '../packages/core/dist/snapshot.js';
import { callMetrics } from '../packages/core/dist/telemetry.js';
import { delivered, encodeHistory, enqueue, newHistory, observation, watchStep } from '../packages/core/dist/watch.js';
import { aws } from '../packages/aws/dist/index.js';
import { linksWorld } from './links/world.mjs';
import { REGION } from './links/network.mjs';

const [PLACES = 200, ROUNDS = 1_000] = process.argv.slice(2).map(Number);
const EACH = 50;
const noPace = { slot: () => Promise.resolve(), slowDown: () => undefined };
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;

/** An account with one link and so many integrations on it. */
async function place(at) {
  const account = String(111_111_110_001 + at);
  const { simulation, spec } = await linksWorld({
    links: 1,
    apis: 1,
    account,
    seed: at + 1,
    clock: 'auto',
    throttle: false,
  });
  const [{ gateway, targets }] = Object.values(spec.integrations);
  const [link] = Object.values(spec.links);
  const name = `p${at}`;
  const integrations = Object.fromEntries(
    Array.from({ length: EACH }, (_, index) => [
      `${name}-i${index}`,
      { link: name, gateway, targets, routes: { [`ANY /r${index}`]: 'orders' } },
    ]),
  );
  return { account, simulation, links: { [name]: { ...link, account } }, integrations };
}

const places = [];
for (let at = 0; at < PLACES; at += 1) {
  const { account, simulation, links, integrations } = await place(at);
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const spec = specFrom(
    { version: 1, project: 'bench', spec: 'bench-7f3k2q', links, integrations },
    { clouds: CLOUDS },
  );
  const context = createContext({ clock: simulation.clock });
  const drivers = () => Promise.resolve(driver);
  const plan = diff(await observeSpec(spec, drivers, context), spec);
  for await (const event of apply(plan, {
    spec,
    drivers,
    context,
    journal: memoryJournal(),
    judge,
    ignoreFindings: ['*'],
  }))
    if (event.type === 'step.failed') throw new Error(event.error.message);
  places.push({ account, spec, driver, written: { links, integrations } });
}
const driverOf = new Map(places.map(({ account, driver }) => [account, driver]));
const written = {
  version: 1,
  project: 'bench',
  spec: 'bench-7f3k2q',
  links: Object.assign({}, ...places.map(({ written: { links } }) => links)),
  integrations: Object.assign({}, ...places.map(({ written: { integrations } }) => integrations)),
};
const all = specFrom(written, { clouds: CLOUDS });

let calls = 0;
const metrics = callMetrics();
const trace = (start) => {
  calls += 1;
  return metrics.trace(start);
};
const drivers = ({ account }) => Promise.resolve(driverOf.get(account));
let history = newHistory(all, new Date().toISOString());
let before;
console.log(`${Object.keys(all.integrations).length} integrations in ${PLACES} account-regions`);
for (let round = 0; round < 3; round += 1) {
  const isPaced = round < 2;
  const context = createContext({ trace, ...(isPaced ? {} : { pace: noPace }) });
  calls = 0;
  const started = performance.now();
  const text = encodeSnapshot(await observeSpec(all, drivers, context, { checks: true }));
  const snapshot = decodeSnapshot(text);
  const observed = performance.now();
  const seen = observation(snapshot, all);
  const checked = performance.now();
  const step = watchStep(history, seen, { before });
  history = step.history;
  before = snapshot;
  const stepped = performance.now();
  const bytes = encodeHistory(history).length;
  const saved = performance.now();
  const broken = Object.values(history.subjects).filter(({ verdict }) => verdict !== 'works').length;
  console.log(
    `round ${round + 1}${isPaced ? '' : ', without pacing'}: ${calls} calls (${(calls / PLACES).toFixed(1)} an account-region), ${seconds(saved - started)}: ` +
      `observe ${seconds(observed - started)}, check ${seconds(checked - observed)}, compare ${seconds(stepped - checked)}, ` +
      `history ${(bytes / 1e6).toFixed(1)} MB in ${seconds(saved - stepped)}; snapshot ${(text.length / 1e6).toFixed(1)} MB; ${broken} not working`,
  );
}

const [{ spec, driver }] = places;
const context = createContext();
const seen = await observeSpec(spec, () => Promise.resolve(driver), context, { checks: true });
let state = newHistory(spec, seen.takenAt);
let last;
const heaps = [];
const started = performance.now();
for (let round = 0; round < ROUNDS; round += 1) {
  const takenAt = new Date(Date.parse(seen.takenAt) + round * 300_000).toISOString();
  // Every tenth round somebody renames a group; every twentieth the link loses its groups' rules for three rounds.
  const regions = seen.regions.map((region) => ({
    ...region,
    securityGroups: region.securityGroups.map((group) => ({
      ...group,
      name: `n${Math.floor(round / 10)}`,
      ...(round % 20 < 3 ? { rules: [] } : {}),
    })),
  }));
  const snapshot = { ...seen, takenAt, regions };
  const step = watchStep(state, observation(snapshot, spec), { before: last });
  state = enqueue(step.history, ['hook'], step.events, takenAt);
  state = delivered(state, 'hook');
  last = snapshot;
  if (round % Math.max(1, ROUNDS / 10) === 0 || round === ROUNDS - 1) {
    globalThis.gc?.();
    heaps.push(process.memoryUsage().heapUsed / 1e6);
  }
}
console.log(
  `${ROUNDS} rounds of ${EACH} integrations: ${((performance.now() - started) / ROUNDS).toFixed(1)} ms each; heap ${heaps.map((mb) => mb.toFixed(0)).join(', ')} MB; ` +
    `history ${(encodeHistory(state).length / 1e6).toFixed(2)} MB`,
);
