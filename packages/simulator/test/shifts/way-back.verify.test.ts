import { memoryJournal } from '@postern/core';
import { aws } from '@postern/aws';
import { describe, expect, it } from 'vitest';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { runInstance } from '../aws/run-instance.js';
import { canaryShop } from './canary-shop.js';
import { routeShop } from './route-shop.js';
import { ended, shifted, shiftingShop, worker, type ShiftingShop, type ShiftingWorld } from './scene.js';

const MINUTE = 60_000;
/** In the simulated world a server of the former service. */
const SERVER = '10.0.1.200';

function loadOf({ simulation, traffic }: Pick<ShiftingWorld, 'simulation' | 'traffic'>) {
  const job = simulation.traffic.load({ ...traffic, perSecond: 10, seconds: 0 });
  return async (): Promise<number> => {
    await simulation.advance(MINUTE);
    job.end();
    return job.status().lost;
  };
}

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

describe('a shift behind a network load balancer', () => {
  it.each([
    ['off', 1, 'rolled-back'],
    ['on', 1, 'draining'],
    ['off', 3, 'draining'],
  ])('with cross-zone balancing %s and targets of the new group in %s of 3 zones', async (crossZone, zones, state) => {
    const shop = await restShop();
    const { simulation, nlb } = shop;
    const call = (service: any, operation: string, input: any = {}): any =>
      simulation.call({ service, operation, region: REGION }, input);
    const elb = (operation: string, input: any = {}): any => call('elasticloadbalancingv2', operation, input);
    const subnets = call('ec2', 'DescribeSubnets').Subnets;
    const addresses: readonly string[] = subnets.map(
      ({ SubnetId }: any) => runInstance((...ec2) => (call as any)('ec2', ...ec2), { SubnetId }).PrivateIpAddress,
    );
    const [listener] = elb('DescribeListeners', { LoadBalancerArn: nlb['LoadBalancerArn'] }).Listeners;
    const [{ TargetGroupArn, ForwardConfig }] = listener.DefaultActions;
    const blue = TargetGroupArn ?? ForwardConfig.TargetGroups[0].TargetGroupArn;
    const wanted = { Name: 'green', Protocol: 'TCP', Port: 8080, VpcId: subnets[0].VpcId, TargetType: 'ip' };
    const [{ TargetGroupArn: green }] = elb('CreateTargetGroup', wanted).TargetGroups;
    const register = (arn: string, ids: readonly string[]): void =>
      elb('RegisterTargets', { TargetGroupArn: arn, Targets: ids.map((Id) => ({ Id })) });
    register(blue, addresses);
    register(green, addresses.slice(0, zones));
    const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: String(crossZone === 'on') }];
    elb('ModifyLoadBalancerAttributes', { LoadBalancerArn: nlb['LoadBalancerArn'], Attributes });
    await simulation.advance(10 * MINUTE);
    const host = `${shop.restApiId}.execute-api.${REGION}.amazonaws.com`;
    const lost = loadOf({ simulation, traffic: { gateway: host, paths: ['/prod/orders', '/prod/carts'] } });
    const { moves } = worker({ simulation, driverOf: (by) => aws({ region: REGION, clients: by.clients(REGION) }) });
    const shift = { kind: 'listener', id: listener.ListenerArn };
    const request = { provider: 'aws', region: REGION, shift, name: 'orders', to: 'green', steps: [5, 100], calls: [] };
    const plan = await moves.plan(request);
    const { result } = await ended(moves.run(plan, { probe: false, pauseMs: MINUTE, drainMs: MINUTE }));
    expect([subnets.length, result.state]).toEqual([3, state]);
    if (state === 'rolled-back') expect(result.failures[0]?.message).toContain('green has no healthy target in');
    expect(await lost()).toBe(0);
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

describe('the return of a shift of a stage', () => {
  it('removes a canary to which something else has given no share', async () => {
    const shop = await canaryShop();
    const process = worker(shop);
    const { result } = await shifted(shop, process, {
      pauseMs: 1_000,
      analysis: ({ percent }) => {
        const none = [{ op: 'replace', path: '/canarySettings/percentTraffic', value: '0.0' }];
        if (percent === 50) shop.rest('UpdateStage', { stageName: 'prod', patchOperations: none });
        return Promise.resolve({ ok: true, because: 'asked' });
      },
    });
    expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
    const back = await ended(process.moves.rollback(result.move, { drainMs: 1_000 }));
    expect([back.result.state, shop.stage()['canarySettings']]).toEqual(['rolled-back', undefined]);
  });

  it('ends where the stage does not exist any more', async () => {
    const shop = await canaryShop();
    const process = worker(shop);
    const { result } = await shifted(shop, process, { pauseMs: 1_000 });
    shop.rest('DeleteStage', { stageName: 'prod' });
    const back = await ended(process.moves.rollback(result.move, { drainMs: 1_000 }));
    expect([back.result.state, back.result.elsewhere.length]).toEqual(['rolled-back', 1]);
  });

  it('returns to the share that was there, also after a promotion that was killed', async () => {
    const shop = await canaryShop();
    const stop = new AbortController();
    const first = worker(shop);
    const plan = await first.moves.plan(await shop.request());
    const analysis = () => (stop.abort(), Promise.resolve({ ok: true, because: 'asked' }));
    const how = { callGateway: shop.callGateway, pauseMs: 1_000 };
    const cut = ended(first.moves.run(plan, { ...how, analysis, signal: stop.signal }));
    await expect(cut).rejects.toMatchObject({ code: 'ABORTED' });
    const journal = memoryJournal();
    const process = worker(shop, { journal });
    const { result } = await shifted(shop, process, { ...how, drainMs: 1_000 });
    let writes = 0;
    const killed = worker(shop, {
      journal,
      around: async (call, send) => {
        const answer = await send();
        if (call.operation !== 'UpdateStage' || (writes += 1) !== 1) return answer;
        call.kill();
        return new Promise(() => undefined);
      },
    });
    await Promise.race([ended(killed.moves.finish(result.move, { wait: true })), killed.by.killed]);
    const back = await ended(worker(shop, { journal }).moves.rollback(result.move, { drainMs: 1_000 }));
    expect(back.result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(shop.stage()['canarySettings']).toMatchObject({ deploymentId: shop.next, percentTraffic: 10 });
    expect(shop.stage()['deploymentId']).not.toBe(shop.next);
  });
});
