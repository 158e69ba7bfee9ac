import { aws } from '@postern/aws';
import { apply, observePlan } from '@postern/core/plan';
import { createContext, memoryJournal, type RunEvent, type Snapshot } from '@postern/core';
import { judge } from '@postern/core/check';
import { expect, it } from 'vitest';
import type { FleetEvent } from '../src/model.js';
import { fleetWorld, type SimulatedAccount } from './fleet-world.js';

/** What the account of a spec holds after it was applied: IDs and instants aside, in one order. */
async function stateOf({ id, server, spec }: SimulatedAccount): Promise<unknown> {
  const driver = aws({ region: 'eu-west-1', account: id, simulator: { url: server.url, clock: server.clock } });
  const { snapshot, plan } = await observePlan(spec, () => driver, createContext({ clock: server.clock }));
  expect(plan.units.flatMap(({ steps }) => steps)).toEqual([]);
  const state = snapshot.regions.map(({ links, gateways }: Snapshot['regions'][number]) => ({ links, gateways }));
  return inOneOrder(JSON.parse(JSON.stringify(state).replaceAll(id, 'ACCOUNT')));
}

const OF_ONE_CLOUD = /^(?:id|linkId|integrationId|raw|createdAt|at|interfaceIds|deploymentId)$/;

function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOneOrder).toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (OF_ONE_CLOUD.test(key) ? [] : [[key, inOneOrder(one)]])),
  );
}

const text = (value: unknown): string => JSON.stringify(value);

/** What happened in each unit. How often it waited or was refused for pace depends on the time. */
function eventsByUnit(events: readonly (RunEvent | FleetEvent)[]): unknown {
  const units: Record<string, string[]> = {};
  for (const event of events) {
    if (event.type !== 'step.started' && event.type !== 'step.done' && event.type !== 'step.failed') continue;
    (units[event.unit] ??= []).push(`${event.type} ${event.step}`);
  }
  return units;
}

it('a unit does the same in one process and on an engine that replays it at each of its waits', async () => {
  const world = await fleetWorld({
    accounts: 2,
    sameWorld: true,
    links: 2,
    workers: 1,
    speed: 100,
    replaysAlways: true,
  });
  try {
    const [local, durable] = world.accounts;
    const { id, server, spec } = local!;
    const driver = aws({ region: 'eu-west-1', account: id, simulator: { url: server.url, clock: server.clock } });
    const context = createContext({ clock: server.clock });
    const { plan } = await observePlan(spec, () => driver, context);
    const events: RunEvent[] = [];
    const inOneProcess = (async () => {
      const options = { spec, drivers: () => driver, context, judge, journal: memoryJournal() };
      for await (const event of apply(plan, options)) events.push(event);
    })();
    const names = [durable!.id];
    const request = world.request('one', {
      specs: [{ name: durable!.id, spec: durable!.spec }],
      waves: [{ name: 'all', specs: names }],
    });
    await Promise.all([inOneProcess, world.client.start(request)]);
    expect(await world.ended('one')).toMatchObject({ state: 'done' });
    const durableEvents = await world.client.events('one', { spec: durable!.id });
    expect(eventsByUnit(durableEvents)).toEqual(eventsByUnit(events));
    expect(await stateOf(durable!)).toEqual(await stateOf(local!));
  } finally {
    await world.close();
  }
});
