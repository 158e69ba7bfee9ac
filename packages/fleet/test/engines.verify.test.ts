import { CLOUDS, specFrom } from '../../core/test/clouds.js';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { aws } from '@postern/aws';
import { apply, observePlan } from '@postern/core/internal/plan';
import { createContext, type RunEvent, type Snapshot, type Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { fileJournal } from '@postern/core/internal/node';
import type { Simulation } from '@postern/simulator';
import { expect, it } from 'vitest';
import { seeded } from '../../core/test/drive.js';
import { PROVE, within } from '../../core/test/runs.js';
import type { FleetEvent } from '../src/model.js';
import { buildAccount, type SpecText } from '../../../examples/fleet/account.mjs';
import { fleetWorld, type SimulatedAccount } from './fleet-world.js';

/** What the account of a spec holds after it was applied: IDs and instants aside, in one order. */
async function stateOf({ id, server }: SimulatedAccount, spec: Spec): Promise<unknown> {
  const driver = aws({ region: 'eu-west-1', account: id, simulator: { url: server.url, clock: server.clock } });
  const { snapshot, plan } = await observePlan(spec, () => driver, createContext({ clock: server.clock }), {
    clouds: CLOUDS,
  });
  expect(plan.units.flatMap(({ steps }) => steps)).toEqual([]);
  const state = snapshot.regions.map(({ links, gateways }: Snapshot['regions'][number]) => ({ links, gateways }));
  return inOneOrder(JSON.parse(JSON.stringify(state).replaceAll(id, 'ACCOUNT').replaceAll(INSTANT, 'INSTANT')));
}

/** Marks have instants, too: `postern:unused-since`. */
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

const OF_ONE_CLOUD = /^(?:id|linkId|integrationId|raw|createdAt|at|interfaceIds|deploymentId)$/;

function inOneOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOneOrder).toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => (OF_ONE_CLOUD.test(key) ? [] : [[key, inOneOrder(one)]])),
  );
}

const text = (value: unknown): string => JSON.stringify(value);

/** A removed link has the ID that its own account gave it: `link:eu/k3x9m2`, `delete link eu (k3x9m2)`, `mark unused link k3x9m2`. */
const OLD_LINK = /(?<=^link:[^/]+)\/\w+$/;
const LINK_ID = /(?<=\()\w{6}(?=\))|(?<=unused link )\w{6}/;

/** What happened in each unit. How often it waited or was refused for pace depends on the time. */
function eventsByUnit(events: readonly (RunEvent | FleetEvent)[]): unknown {
  const units: Record<string, string[]> = {};
  for (const event of events) {
    if (event.type !== 'step.started' && event.type !== 'step.done' && event.type !== 'step.failed') continue;
    const unit = event.unit.replace(OLD_LINK, '/ID');
    (units[unit] ??= []).push(`${event.type} ${event.step.replace(LINK_ID, 'ID')}`);
  }
  return units;
}

/** A part of the spec of an account, which `seed` chooses: some links, integrations through any of them, some routes of each. */
function partOf(text: SpecText | undefined, seed: number): Spec {
  if (text === undefined) throw new Error('an account without a spec');
  const random = seeded(seed);
  const oneOf = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const names = Object.keys(text.links).filter((_name, at) => at === 0 || random() < 0.6);
  const integrations = Object.entries(text.integrations).flatMap(([name, integration], at) => {
    if (at > 0 && random() < 0.3) return [];
    const keys = [`ANY /${name}/{proxy+}`, `GET /${name}`, `POST /${name}/items`];
    const routes = keys.filter((_key, index) => index === 0 || random() < 0.5).map((key) => [key, 'orders']);
    return [[name, { ...integration, link: oneOf(names), routes: Object.fromEntries(routes) as object }]];
  });
  const links = Object.fromEntries(names.map((name) => [name, text.links[name]]));
  return specFrom({ ...text, links, integrations: Object.fromEntries(integrations) as object });
}

const SEEDS = 200;
/** So many seeds share an engine: each has two accounts. */
const AT_ONCE = 10;
const MAY = { maxDeletes: 100, deleteAllRoutes: true } as const;

async function inOneProcess({ id, server }: SimulatedAccount, spec: Spec): Promise<readonly RunEvent[]> {
  const driver = aws({ region: 'eu-west-1', account: id, simulator: { url: server.url, clock: server.clock } });
  const drivers = Object.assign(() => driver, { clouds: CLOUDS });
  const context = createContext({ clock: server.clock });
  const { plan } = await observePlan(spec, drivers, context);
  const events: RunEvent[] = [];
  const journal = fileJournal(path.join(mkdtempSync(path.join(tmpdir(), 'engines-')), 'journal'));
  for await (const event of apply(plan, { ...MAY, spec, drivers, context, judge, journal })) events.push(event);
  expect(events.filter(({ type }) => type === 'step.failed')).toEqual([]);
  return events;
}

it.runIf(PROVE)(
  'a spec does the same with a journal file and on an engine that replays each unit at each of its waits',
  async () => {
    const firsts = Array.from({ length: SEEDS / AT_ONCE }, (_, at) => at * AT_ONCE);
    for (const first of within(firsts, 60)) {
      const seeds = Array.from({ length: Math.min(AT_ONCE, SEEDS - first) }, (_, at) => first + at);
      const texts = new Map<string, SpecText>();
      const build = async (simulation: Simulation, { id, links }: { readonly id: string; readonly links: number }) => {
        const text = await buildAccount(simulation, { account: id, links });
        texts.set(id, text);
        return specFrom(text);
      };
      const specOf = ({ id }: SimulatedAccount, seed: number): Spec => partOf(texts.get(id), seed);
      const options = { links: 3, workers: 0, speed: 100, replaysAlways: true, sameWorld: true, build };
      const world = await fleetWorld({ accounts: 2 * seeds.length, ...options });
      try {
        const pairs = seeds.map((seed, at) => {
          const [local, durable] = world.accounts.slice(2 * at, 2 * at + 2) as [SimulatedAccount, SimulatedAccount];
          return { seed, local, durable };
        });
        // Every other seed changes what is there.
        const changing = pairs.filter(({ seed }) => seed % 2 === 1);
        const before = ({ seed }: { readonly seed: number }, account: SimulatedAccount) =>
          inOneProcess(account, specOf(account, seed + 10_000));
        await Promise.all(changing.flatMap((pair) => [before(pair, pair.local), before(pair, pair.durable)]));
        const specs = pairs.map(({ seed, durable }) => ({ name: durable.id, spec: specOf(durable, seed) }));
        const waves = [{ name: 'all', specs: specs.map(({ name }) => name) }];
        const { maxDeletes, deleteAllRoutes } = MAY;
        const limits = { limits: { maxDeletes }, options: { deleteAllRoutes } };
        const [locals] = await Promise.all([
          Promise.all(pairs.map(({ seed, local }) => inOneProcess(local, specOf(local, seed)))),
          world.client.start(world.request('one', { specs, waves, ...limits })),
        ]);
        const ended = await world.ended('one');
        expect(ended.specs.filter(({ state }) => state !== 'done')).toEqual([]);
        for (const [at, { seed, local, durable }] of pairs.entries()) {
          const events = await world.client.events('one', { spec: durable.id });
          expect([seed, eventsByUnit(events)]).toEqual([seed, eventsByUnit(locals[at]!)]);
          const states = await Promise.all([local, durable].map((account) => stateOf(account, specOf(account, seed))));
          expect(JSON.stringify(states[1])).toBe(JSON.stringify(states[0]));
        }
      } finally {
        await world.close();
      }
    }
  },
  1_800_000,
);
