import { memoryJournal } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { routeShop } from './route-shop.js';
import { ended, loadOf, shifted, shiftingShop, worker, type ShiftingShop } from './scene.js';

const MINUTE = 60_000;
/** In the simulated world a server of the former service. */
const SERVER = '10.0.1.200';

/** What happens to the former target group after 100 %, as a blue/green pipeline does it. */
const EMPTIES: Readonly<Record<string, (shop: ShiftingShop) => void>> = {
  nothing: () => undefined,
  'its targets are deregistered': ({ elb, blue }) => {
    const { TargetHealthDescriptions } = elb('DescribeTargetHealth', { TargetGroupArn: blue });
    const Targets = TargetHealthDescriptions.map(({ Target }: any) => Target);
    elb('DeregisterTargets', { TargetGroupArn: blue, Targets });
  },
  'its targets are unhealthy': ({ elb, blue, simulation }) => {
    const [{ Target }] = elb('DescribeTargetHealth', { TargetGroupArn: blue }).TargetHealthDescriptions;
    simulation.backends.add({ address: Target.Id, port: Target.Port, behavior: { status: 500 } });
  },
  'it is detached': ({ setWeights, green }) => setWeights({ [green]: 1 }),
  'it is deleted': ({ setWeights, green, blue, elb }) => {
    setWeights({ [green]: 1 });
    elb('DeleteTargetGroup', { TargetGroupArn: blue });
  },
};

describe('the return of a shift of target groups', () => {
  it.each([
    ['nothing', 'rolled-back', { orders: 1 }, undefined],
    ['its targets are deregistered', 'failed', { orders: 0, green: 100 }, 'target group orders has no targets'],
    ['its targets are unhealthy', 'failed', { orders: 0, green: 100 }, 'no target of orders is healthy'],
    ['it is detached', 'rolled-back', { orders: 1 }, undefined],
    ['it is deleted', 'failed', { green: 1 }, 'target group orders does not exist any more'],
  ])('where %s of the former one: %s', async (what, state, weights, why) => {
    const shop = await shiftingShop();
    const process = worker(shop);
    const { result } = await shifted(shop, process, { pauseMs: 1_000 });
    const lost = loadOf(shop);
    EMPTIES[what]?.(shop);
    await shop.simulation.advance(6 * MINUTE);
    const back = await ended(process.moves.rollback(result.move, { drainMs: MINUTE }));
    expect([back.result.state, shop.weights()]).toEqual([state, weights]);
    expect(await lost()).toBe(0);
    if (why === undefined) return;
    const [failure] = back.result.failures;
    expect(failure?.message).toContain('the shares stay as they are');
    expect(failure?.message).toContain(why);
    const failed = back.events.find((event) => event.type === 'step.failed');
    const { move } = result;
    for (const command of [`shift promote ${move}`, `shift leave ${move}`, '--despite-errors'])
      expect(failed?.error.remedy).toContain(command);
    const promoted = await ended(process.moves.finish(move, { wait: true }));
    expect([promoted.result.state, shop.weights()]).toMatchObject(['finished', { green: expect.any(Number) }]);
  });

  it('happens all the same where its operator says so: then calls are lost', async () => {
    const shop = await shiftingShop();
    const process = worker(shop);
    const { result } = await shifted(shop, process, { pauseMs: 1_000 });
    EMPTIES['its targets are deregistered']?.(shop);
    await shop.simulation.advance(6 * MINUTE);
    const lost = loadOf(shop);
    const back = await ended(process.moves.rollback(result.move, { drainMs: MINUTE, force: true }));
    expect([back.result.state, shop.weights()]).toEqual(['rolled-back', { orders: 1 }]);
    expect(await lost()).toBeGreaterThan(100);
  });

  it('waits by itself, too, where an analysis fails after the former group was emptied', async () => {
    const shop = await shiftingShop();
    const process = worker(shop);
    const lost = loadOf(shop);
    const { result } = await shifted(shop, process, {
      pauseMs: 5 * MINUTE,
      drainMs: MINUTE,
      analysis: ({ percent }) => {
        if (percent === 100) EMPTIES['its targets are deregistered']?.(shop);
        return Promise.resolve({ ok: percent !== 100, because: 'latency' });
      },
    });
    expect(result).toMatchObject({
      state: 'failed',
      failures: [{ code: 'ANALYSIS_FAILED' }, { code: 'WAIT_TIMEOUT' }],
    });
    expect(shop.weights()).toEqual({ orders: 0, green: 100 });
    expect(await lost()).toBe(0);
    const [status] = await process.moves.status();
    expect(status?.next).toContain(`shift leave ${result.move}`);
  });
});

describe('the return of a shift of routes', () => {
  it.each([
    ['nothing', 'rolled-back', { server: 100 }],
    ['unhealthy', 'failed', { green: 100 }],
    ['deleted', 'failed', { green: 100 }],
  ])('where the former service is as it was, but for %s: %s', async (what, state, shares) => {
    const shop = await routeShop();
    const process = worker(shop);
    await shop.put(`/v1/services/${shop.serviceId}`, { healthCheckConfig: { enable: true, protocol: 'HTTP' } });
    const { result } = await shifted(shop, process, { pauseMs: 1_000 });
    const lost = loadOf(shop);
    if (what === 'unhealthy') {
      shop.simulation.backends.add({ address: SERVER, port: 8080, behavior: { status: 500 } });
      await shop.simulation.advance(5 * MINUTE);
    }
    if (what === 'deleted') await shop.del(`/v1/services/${shop.serviceId}`);
    const back = await ended(process.moves.rollback(result.move, { drainMs: 1_000 }));
    expect([back.result.state, await shop.shares()]).toEqual([state, [shares, shares]]);
    expect(await lost()).toBe(0);
    if (state === 'rolled-back') return;
    expect(back.result.failures[0]?.message).toContain('the shares stay as they are');
    const promoted = await ended(process.moves.finish(result.move, { wait: true }));
    expect(promoted.result.state).toBe('finished');
  });

  it('gives each route the steps above its own share, where a process was killed between two of them', async () => {
    const shop = await routeShop();
    const lost = loadOf(shop);
    let updates = 0;
    const killed = worker(shop, {
      around: async (call, send) => {
        const answer = await send();
        if (call.operation !== 'UpdateHttpApiRoute' || (updates += 1) !== 1) return answer;
        call.kill();
        return new Promise(() => undefined);
      },
    });
    await Promise.race([shifted(shop, killed, { pauseMs: 1_000 }), killed.by.killed]);
    expect(await shop.shares()).toEqual([{ server: 80, green: 20 }, { server: 100 }]);
    const { moves } = worker(shop, { journal: memoryJournal() });
    const plan = await moves.plan(await shop.request());
    expect(plan.units.map(({ unit }) => unit.shift?.steps)).toEqual([[100], [20, 100]]);
    const seen: unknown[] = [];
    const analysis = async ({ percent }: { readonly percent: number }) => {
      seen.push([percent, await shop.shares()]);
      return { ok: true, because: 'asked' };
    };
    const how = { callGateway: shop.callGateway, pauseMs: 1_000, drainMs: 1_000, analysis };
    const { result } = await ended(moves.run(plan, how));
    const both = (shares: object) => [shares, shares];
    expect(seen).toEqual([
      [20, both({ server: 80, green: 20 })],
      [100, both({ green: 100 })],
    ]);
    expect(result).toMatchObject({ state: 'draining', failures: [] });
    expect(await lost()).toBe(0);
  });
});
