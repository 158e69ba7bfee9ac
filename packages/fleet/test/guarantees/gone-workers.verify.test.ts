import { fleetClient } from '@postern/fleet';
import { registerWorkers } from '@postern/fleet/worker';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { made, smallWorld, type SmallWorld } from '../small-world.js';

let world: SmallWorld;
beforeAll(async () => {
  world = await smallWorld();
});
afterAll(() => world.close());

it('a run whose workers are gone says so, and holds up no wait of a later run', async () => {
  const gone = await world.worker();
  await registerWorkers(world.engine.admin, gone.url);
  let isHung = true;
  const account = await world.account((driver) => ({
    ...driver,
    links: {
      ...driver.links,
      // The poll of the first run is under way when its workers go.
      statuses: (...given) => (isHung ? new Promise(() => undefined) : driver.links.statuses(...given)),
    },
  }));
  await world.client.start(world.request('first', [account]));
  await world.until('first', () => made(account, 'CreateVpcLink') === 1);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  void gone.stop();
  isHung = false;
  const { url } = await world.worker();
  await registerWorkers(world.engine.admin, url);
  const client = await fleetClient(world.engine);
  const shown = async () => (await client.status('first')).unanswered?.[0];
  await expect.poll(shown, { timeout: 60_000, interval: 500 }).toMatchObject({ address: `${gone.url}/` });
  const { cancelAgainAt } = await client.cancel('first', { by: 'ada' });
  expect(Date.parse(cancelAgainAt ?? '')).toBeGreaterThan(Date.now() + 60_000);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 121_000 });
  const canceled = await client.cancel('first', { by: 'ada' });
  vi.useRealTimers();
  expect(canceled).toMatchObject({ state: 'canceled', endedAt: expect.any(String), specs: [{ state: 'canceled' }] });
  await client.start(world.request('second', [account]));
  expect(await world.ended('second')).toMatchObject({ state: 'done' });
  expect(made(account, 'CreateVpcLink')).toBe(1);
});
