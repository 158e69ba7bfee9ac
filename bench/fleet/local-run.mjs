import path from 'node:path';
import { CLOUDS } from '../clouds.mjs';
import { aws } from '../../packages/aws/dist/index.js';
import { judge } from '../../packages/core/dist/check.js';
import { createContext } from '../../packages/core/dist/index.js';
import { fileJournal } from '../../packages/core/dist/node.js';
import { apply, observePlan } from '../../packages/core/dist/internal/plan.js';
import { specFrom } from '../../packages/core/dist/spec.js';
import { temporaryFolder } from '../../scripts/temporary-folder.mjs';
import { scaledClock } from '../../examples/fleet/scaled-clock.mjs';
import { resultOf, startWorld } from './world.mjs';

/** The same specs side by side in one process, each with a journal file. */
export async function localRun({ links, speed, accounts }) {
  const world = await startWorld({ accounts, regions: 4, links, speed });
  const clock = scaledClock({ ...world, speed });
  const startMs = clock.now();
  const context = createContext({ clock });
  const runs = await Promise.all(world.places.map((place) => applied(world, place, context)));
  const endMs = clock.now();
  const result = resultOf(await world.look(), { startMs, endMs, speed });
  world.close();
  return { state: 'done', units: runs.reduce((all, { units }) => all + units, 0), ...result };
}

/** Applies the spec of a place; returns how many units it has, and what happened in them. */
export async function applied({ accounts }, { account, region, spec: text }, context) {
  const spec = specFrom(text, { clouds: CLOUDS });
  const { url: endpoint } = accounts.find(({ id }) => id === account);
  const credentials = { accessKeyId: 'AKIASIMULATOR', secretAccessKey: 'simulator' };
  const driver = aws({ region, account, endpoint, credentials });
  const drivers = Object.assign(() => driver, { clouds: CLOUDS });
  const { plan } = await observePlan(spec, drivers, context, { checks: true, plan: {} });
  const journal = fileJournal(path.join(temporaryFolder('bench-fleet'), 'journal'));
  const events = [];
  for await (const event of apply(plan, { spec, drivers, context, judge, journal })) {
    events.push(event);
    if (event.type === 'step.failed') throw new Error(`${account} ${region} ${event.unit}: ${event.error.message}`);
  }
  return { units: plan.units.length, events };
}
