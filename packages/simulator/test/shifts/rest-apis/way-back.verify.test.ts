import { memoryJournal } from '@postern/core/internal/library';
import { aws } from '@postern/aws';
import { describe, expect, it } from 'vitest';
import { restShop } from '../../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../../aws/test/world/simulated.js';
import { runInstance } from '../../aws/run-instance.js';
import { ended, loadOf, shifted, worker } from '../scene.js';
import { canaryShop } from './canary-shop.js';

const MINUTE = 60_000;

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
