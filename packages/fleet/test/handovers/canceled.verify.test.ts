import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVE } from '../../../core/test/runs.js';
import { fleetWorld, type FleetWorld } from '../fleet-world.js';
import { buildHandedShop, type HandedShop } from './handed-shop.js';
import { handoverRequest, isClassic } from './handover-request.js';

const ADA = { by: 'ada' };

describe.runIf(PROVE)('a hand-over that is canceled', () => {
  let world: FleetWorld;
  const built = new Map<string, HandedShop>();
  beforeAll(async () => {
    world = await fleetWorld({
      accounts: 1,
      links: 0,
      workers: 0,
      speed: 60,
      replaysAlways: true, // what is not replayed alike fails
      provider: 'alibaba',
      build: async (simulation, { id }) => {
        built.set(id, await buildHandedShop(simulation, 0.2));
        return { version: 1, project: 'handovers', spec: 'handovers', links: {}, integrations: {} };
      },
    });
  });
  afterAll(() => world.close());

  const begin = (run: string) => world.client.start(handoverRequest(world, built, run));
  const approve = async (run: string, kind: string): Promise<void> => {
    const { approvals } = await world.until(run, (state) => state.approvals.some((one) => one.kind === kind));
    await world.client.approve(run, approvals.find((one) => one.kind === kind)!.id, { ...ADA, approved: true });
  };
  const lost = (): number =>
    [...built.values()].flatMap(({ jobs }) => jobs.map((job) => job.status())).reduce((sum, one) => sum + one.lost, 0);

  it('before the approval: everything is built, and no caller is sent to the target', async () => {
    const [shop] = built.values();
    await begin('first');
    await approve('first', 'purchase');
    await world.until('first', (state) => state.approvals.some(({ kind }) => kind === 'dns'));
    await world.client.cancel('first', ADA);
    expect(await world.ended('first')).toMatchObject({ state: 'canceled', counts: { units: { canceled: 1 } } });
    expect((await world.client.units('first'))[0]).toMatchObject({ done: 2, handedOver: { proven: 5 } });
    expect(isClassic(shop!)).toBe(true);
  });

  it('between two weights: both records answer, and the next run goes on there', async () => {
    const [shop] = built.values();
    await begin('second');
    await approve('second', 'dns');
    while (shop!.records().length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    await world.client.pause('second', ADA);
    await world.client.cancel('second', ADA);
    expect(await world.ended('second')).toMatchObject({ state: 'canceled', counts: { units: { canceled: 1 } } });
    expect(shop!.records()).toHaveLength(2);
    await begin('third');
    await approve('third', 'dns');
    const third = await world.ended('third');
    expect(third).toMatchObject({ state: 'done', counts: { units: { done: 1 } } });
    expect(third.approvals.map(({ kind }) => kind)).toEqual(['dns']); // the gateway exists
    expect(isClassic(shop!)).toBe(false);
    expect(shop!.records()).toHaveLength(1);
    expect(lost()).toBe(0);
  });
});
