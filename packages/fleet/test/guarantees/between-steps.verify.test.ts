import { aws } from '@postern/aws';
import { createContext, type Driver, clouds } from '@postern/core/internal/library';
import { ABILITIES } from '@postern/core/internal/driver';
import { observePlan } from '@postern/core/internal/plan';
import type { Simulation } from '@postern/simulator';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildAccount, type SpecText } from '../../../../examples/fleet/account.mjs';
import { PROVE } from '../../../core/test/runs.js';
import { made, smallWorld, type SmallAccount, type SmallWorld } from '../small-world.js';

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld();
});
afterAll(() => world.close());

const BY = { by: 'ada', reason: 'CHG-3' };

/** No step begins after this time, in milliseconds, once the engine has taken a wish. */
const TAKEN_MS = 600;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

type Build = (simulation: Simulation, at: { readonly account: string; readonly links: number }) => Promise<SpecText>;

/** The spec of an account whose integrations have these gateways and routes. */
const withRoutes =
  (keys: readonly string[], gatewayOf?: (simulation: Simulation) => object): Build =>
  async (simulation, at) => {
    const text = await buildAccount(simulation, at);
    const gateway = gatewayOf?.(simulation);
    const routes = Object.fromEntries(keys.map((key) => [key, 'orders']));
    const integrations = Object.entries(text.integrations).map(([name, one]) => [
      name,
      { ...one, ...(gateway === undefined ? {} : { gateway }), routes },
    ]);
    return { ...text, integrations: Object.fromEntries(integrations) as SpecText['integrations'] };
  };

const restApi = (simulation: Simulation): object => {
  const place = { service: 'apigateway', operation: 'CreateRestApi', region: 'eu-west-1' } as const;
  const made = simulation.call(place, { name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } });
  return { restApi: (made as { readonly id: string }).id, stage: 'prod' };
};

const WRITES =
  /^(?:create|update|delete|rename|tag|untag|adopt|adoptStage|deploy|prepare|allow|revoke|mark|release|forget)$/;

/** Does something after each call that changes something, before its step ends. */
function afterWrites(driver: Driver, then: (call: string) => Promise<void>): Driver {
  const family = <T extends object>(calls: T, of: string): T =>
    Object.fromEntries(
      Object.entries(calls).map(([name, call]: [string, unknown]) => {
        if (!WRITES.test(name) || typeof call !== 'function') return [name, call];
        const after = async (...given: unknown[]): Promise<unknown> => {
          const answer: unknown = await (call as (...given: unknown[]) => unknown)(...given);
          await then(`${of}.${name}`);
          return answer;
        };
        return [name, after];
      }),
    ) as T;
  const members = ['links', 'targets', 'routes', ...ABILITIES].flatMap((name) => {
    const calls: unknown = driver[name as keyof Driver];
    return typeof calls === 'object' && calls !== null ? [[name, family(calls, name)] as const] : [];
  });
  return { ...driver, ...Object.fromEntries(members) };
}

/** The steps that are left to do in an account, without the ID of its gateway. */
async function left({ id, server, spec }: SmallAccount): Promise<readonly string[]> {
  const driver = aws({ region: 'eu-west-1', account: id, simulator: { url: server.url, clock: server.clock } });
  const { plan } = await observePlan(spec, () => driver, createContext({ clock: server.clock }), {
    clouds: clouds([driver.cloud]),
  });
  return plan.units.flatMap(({ steps }) => steps.map((step) => step.id.replace(OF_ACCOUNT, '')));
}

it.runIf(PROVE)('no step begins after a pause, and after resume each is done once', async () => {
  const keys = Array.from({ length: 40 }, (_, at) => `GET /orders/${at}`);
  let pausing: Promise<unknown> | undefined;
  let calls = 0;
  const account = await world.account(
    (driver) =>
      afterWrites(driver, async () => {
        calls += 1;
        if (calls === 5) pausing = world.client.pause('pause', BY);
        await pause(25);
      }),
    { build: withRoutes(keys) },
  );
  await world.client.start(world.request('pause', [account]));
  await world.until('pause', () => pausing !== undefined);
  await pausing;
  const atPause = made(account, 'CreateRoute');
  expect(atPause).toBeLessThan(keys.length);
  await pause(TAKEN_MS);
  expect(made(account, 'CreateRoute')).toBe(atPause);
  await world.client.resume('pause', BY);
  expect(await world.ended('pause')).toMatchObject({ state: 'done' });
  expect(made(account, 'CreateRoute')).toBe(keys.length);
});

it.runIf(PROVE).each<[string, Build]>([
  ['an HTTP API', withRoutes(['ANY /orders', 'GET /orders/{id}'])],
  ['a REST API and its stage', withRoutes(['ANY /orders', 'GET /orders/{id}'], restApi)],
])('a cancellation after any change leaves each unit before or after a step: %s', async (title, build) => {
  const name = title.replaceAll(/\W+/g, '-');
  const reference = await world.account((driver) => afterWrites(driver, () => (writes.push(''), Promise.resolve())), {
    build,
  });
  const writes: string[] = [];
  const all = await left(reference);
  await world.client.start(world.request(`${name}-whole`, [reference]));
  expect(await world.ended(`${name}-whole`)).toMatchObject({ state: 'done' });
  expect(await left(reference)).toEqual([]);
  const counts = createsOf(reference);
  expect(writes.length).toBeGreaterThanOrEqual(all.length);
  const stopped: number[] = [];
  for (let at = 1; at <= writes.length; at += 1) {
    const run = `${name}-${at}`;
    let calls = 0;
    const account = await world.account(
      (driver) =>
        afterWrites(driver, async () => {
          calls += 1;
          if (calls !== at) return;
          await world.client.cancel(run, BY);
          await pause(TAKEN_MS);
        }),
      { build },
    );
    await world.client.start(world.request(run, [account]));
    const { state } = await world.ended(run);
    const after = await left(account);
    // What is left are the last steps of the plan: none is half done, which would need another kind of step.
    expect([at, after]).toEqual([at, all.slice(all.length - after.length)]);
    expect([at, state]).toEqual([at, after.length === 0 ? expect.stringMatching(/^(?:done|canceled)$/) : 'canceled']);
    stopped.push(all.length - after.length);
    await world.client.start(world.request(`${run}-again`, [account]));
    expect(await world.ended(`${run}-again`)).toMatchObject({ state: 'done' });
    expect([at, await left(account), createsOf(account)]).toEqual([at, [], counts]);
  }
  // After each step of the plan there was a cancellation.
  expect(new Set(stopped)).toEqual(new Set(all.map((_, at) => at + 1)));
});

/** `create route GET /orders on a1b2c3`, `deploy a1b2c3 to prod`. */
const OF_ACCOUNT = / on \w+$|(?<=^deploy )\w+/;

/** How often each resource was created. */
function createsOf({ server }: SmallAccount): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { operation, status } of server.simulation.journal())
    if (/^(?:Create|Put|Authorize)/.test(operation) && status < 300) counts[operation] = (counts[operation] ?? 0) + 1;
  return counts;
}
