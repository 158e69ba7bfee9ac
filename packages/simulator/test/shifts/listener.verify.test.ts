import { memoryJournal } from '@postern/core/internal/library';
import type { Analysis } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { startWeighing } from '../aws/weighing-service.js';
import { ended, shifted, shiftingShop, worker, STEPS, type ShiftingShop } from './scene.js';

const MINUTE = 60_000;

/** A rule that all calls match. */
function matchAll({ elb, blue, listener: ListenerArn }: ShiftingShop): void {
  const Conditions = [{ Field: 'path-pattern', Values: ['*'] }];
  elb('CreateRule', { ListenerArn, Priority: 1, Conditions, Actions: [{ Type: 'forward', TargetGroupArn: blue }] });
}

describe('a shift of target groups', () => {
  it('gives the new group its steps, keeps the former one without a share, promotes, and loses no call', async () => {
    const shop = await shiftingShop();
    const process = worker(shop);
    const end = shop.load('/orders');
    const seen: unknown[] = [];
    const analysis: Analysis = ({ percent }) => {
      seen.push([percent, shop.weights()]);
      return Promise.resolve({ ok: true, because: 'asked' });
    };
    const { result, events } = await shifted(shop, process, { analysis, pauseMs: 30_000 });
    expect(result).toMatchObject({ state: 'draining', failures: [] });
    expect(seen).toEqual([
      [5, { orders: 95, green: 5 }],
      [25, { orders: 75, green: 25 }],
      [100, { orders: 0, green: 100 }],
    ]);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: 'step.waiting',
        message: `1 of 1 targets of green are not healthy: ${shop.greenAddress} is initial (Elb.RegistrationInProgress)`,
      }),
    );
    await expect(ended(process.moves.finish(result.move))).rejects.toMatchObject({ code: 'DRAINING' });
    const promoted = await ended(process.moves.finish(result.move, { wait: true }));
    expect(promoted.result).toMatchObject({
      state: 'finished',
      removed: [expect.stringContaining('target group orders of')],
    });
    expect(shop.weights()).toEqual({ green: 100 });
    expect(await end()).toMatchObject({ lost: 0 });
  });

  it('waits for healthy targets before the first share, and gives up in the end: nothing is changed', async () => {
    const shop = await shiftingShop();
    shop.simulation.backends.add({ address: shop.greenAddress, port: 8080, behavior: { status: 500 } });
    await shop.simulation.advance(2 * MINUTE);
    const end = shop.load('/orders');
    const { result } = await shifted(shop, worker(shop));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [{ code: 'WAIT_TIMEOUT' }] });
    expect(result.failures[0]?.message).toContain('after 10 min, 1 of 1 targets of green are not healthy');
    expect(shop.weights()).toEqual({ orders: 1 });
    expect(await end()).toMatchObject({ lost: 0 });
  });

  it.each([
    [0, 'rolled-back', { orders: 1 }],
    [1, 'draining', { orders: 0, green: 100 }],
  ])('where calls fail after a step, and %s of them may', async (maxErrorRate, state, weights) => {
    const shop = await shiftingShop();
    const failing: typeof shop.callGateway = async (call, signal) => {
      const answer = await shop.callGateway(call, signal);
      return 'green' in shop.weights() && shop.weights()['green'] === 25 ? { ...answer, status: 502 } : answer;
    };
    const { result } = await shifted(shop, worker(shop), { callGateway: failing, maxErrorRate, drainMs: MINUTE });
    expect(result).toMatchObject({ state, failures: state === 'draining' ? [] : [{ code: 'ANALYSIS_FAILED' }] });
    expect(shop.weights()).toEqual(weights);
  });

  it('abort returns the weights as they were, also after the last step', async () => {
    const shop = await shiftingShop();
    const process = worker(shop);
    const before = shop.action();
    const end = shop.load('/orders');
    const { result } = await shifted(shop, process);
    const aborted = await ended(process.moves.rollback(result.move));
    expect(aborted.result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(shop.action()).toEqual(before);
    expect(await end()).toMatchObject({ lost: 0 });
  });

  it.each([
    ['a share that is no step', { orders: 50, green: 50 }],
    ['the shares before', { orders: 100, green: 0 }],
    ['another group alone', { orders: 100 }],
  ])('stops where something else has set %s, and leaves it', async (_, weights) => {
    const shop = await shiftingShop();
    const arns: Readonly<Record<string, string>> = { orders: shop.blue, green: shop.green };
    const analysis: Analysis = ({ percent }) => {
      if (percent === 25) {
        shop.setWeights(
          Object.fromEntries(Object.entries(weights).map(([name, weight]) => [arns[name] ?? '', weight])),
        );
      }
      return Promise.resolve({ ok: true, because: 'asked' });
    };
    const process = worker(shop);
    const { result } = await shifted(shop, process, { analysis });
    expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
    expect(shop.weights()).toEqual(weights);
    const again = await shifted(shop, process);
    expect(again.result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
    expect(shop.weights()).toEqual(weights);
    // An end keeps shares that are none of the shift's; those that it could have given return.
    const { result: after } = await ended(process.moves.rollback(result.move, { drainMs: 1_000 }));
    const isOthers = Object.values(weights).includes(50);
    expect(after).toMatchObject({ state: 'rolled-back', elsewhere: isOthers ? [expect.any(String)] : [] });
    expect(shop.weights()).toEqual(isOthers ? weights : { orders: 1 });
  });

  it('is refused where the shares are others than planned', async () => {
    const shop = await shiftingShop();
    const { moves } = worker(shop);
    const plan = await moves.plan(await shop.request());
    shop.setWeights({ [shop.blue]: 1, [shop.green]: 1 });
    await expect(ended(moves.run(plan, { callGateway: shop.callGateway }))).rejects.toMatchObject({
      code: 'WORLD_MOVED',
    });
  });

  it('keeps stickiness and the shares of others among themselves, and says what stickiness means', async () => {
    const shop = await shiftingShop();
    const { TargetGroups } = shop.elb('CreateTargetGroup', {
      Name: 'red',
      TargetType: 'ip',
      Protocol: 'HTTP',
      Port: 80,
      VpcId: shop.vpcId,
    });
    const [{ TargetGroupArn: red }] = TargetGroups;
    shop.elb('RegisterTargets', { TargetGroupArn: red, Targets: [{ Id: shop.greenAddress, Port: 8080 }] });
    const sticky = { Enabled: true, DurationSeconds: 600 };
    const groups = [
      { TargetGroupArn: shop.blue, Weight: 70 },
      { TargetGroupArn: red, Weight: 30 },
    ];
    const ForwardConfig = { TargetGroups: groups, TargetGroupStickinessConfig: sticky };
    shop.elb('ModifyListener', { ListenerArn: shop.listener, DefaultActions: [{ Type: 'forward', ForwardConfig }] });
    const process = worker(shop);
    const plan = await process.moves.plan(await shop.request());
    expect(plan.notes).toEqual([expect.stringContaining('for up to 600 s')]);
    const seen: unknown[] = [];
    const analysis: Analysis = () => {
      seen.push(shop.action().ForwardConfig.TargetGroups.map(({ Weight }: any) => Weight));
      return Promise.resolve({ ok: true, because: 'asked' });
    };
    const how = { callGateway: shop.callGateway, analysis, maxErrorRate: 1, pauseMs: 1_000 };
    const { result } = await ended(process.moves.run(plan, how));
    expect(seen).toEqual([
      [133, 57, 10],
      [21, 9, 10],
      [0, 0, 100],
    ]);
    await ended(process.moves.rollback(result.move));
    expect(shop.action().ForwardConfig).toEqual(ForwardConfig);
  });

  it('shifts the action of the rule that the routes match, and of the one that is named', async () => {
    const shop = await shiftingShop();
    const { Rules } = shop.elb('CreateRule', {
      ListenerArn: shop.listener,
      Priority: 7,
      Conditions: [{ Field: 'path-pattern', Values: ['/orders*'] }],
      Actions: [{ Type: 'forward', TargetGroupArn: shop.blue }],
    });
    const [{ RuleArn }] = Rules;
    expect((await shop.request()).shift).toEqual({ kind: 'listener', id: shop.listener, part: RuleArn });
    expect((await shop.request({ rule: 'default' })).shift.part).toBeUndefined();
    expect((await shop.request({ rule: '7' })).shift.part).toBe(RuleArn);
    await expect(shop.request({ rule: '8' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const { result } = await shifted(shop, worker(shop), { pauseMs: 1_000 });
    expect(result).toMatchObject({ state: 'draining', failures: [] });
    const weightsOfRule = shop.elb('DescribeRules', { RuleArns: [RuleArn] }).Rules[0].Actions[0].ForwardConfig
      .TargetGroups;
    expect(weightsOfRule.map(({ Weight }: any) => Weight)).toEqual([0, 100]);
    expect(shop.weights()).toEqual({ orders: 1 });
  });

  it('shifts groups of a network load balancer, whose answers have no weights before', async () => {
    const shop = await shiftingShop();
    const arnOf = (name: string, part: string, input: object): string =>
      shop.elb(name, input as Record<string, unknown>)[part][0][`${part.slice(0, -1)}Arn`];
    // Its nodes have no group, and check the health of targets from their subnet.
    const { SecurityGroups } = shop.call('ec2', 'DescribeSecurityGroups');
    const [{ GroupId }] = SecurityGroups.filter((one: any) => one.GroupName === 'default' && one.VpcId === shop.vpcId);
    const IpPermissions = [
      { IpProtocol: 'tcp', FromPort: 8080, ToPort: 8080, IpRanges: [{ CidrIp: '172.31.0.0/16' }] },
    ];
    shop.call('ec2', 'AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
    const [before, after] = ['tcp-1', 'tcp-2'].map((Name) => {
      const settings = { Name, Protocol: 'TCP', Port: 8080, VpcId: shop.vpcId, TargetType: 'ip' };
      const TargetGroupArn = arnOf('CreateTargetGroup', 'TargetGroups', settings);
      shop.elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: shop.greenAddress }] });
      return TargetGroupArn;
    });
    const network = { Name: 'net', Type: 'network', Scheme: 'internal', Subnets: [shop.subnetId] };
    const LoadBalancerArn = arnOf('CreateLoadBalancer', 'LoadBalancers', network);
    const DefaultActions = [{ Type: 'forward', TargetGroupArn: before }];
    const id = arnOf('CreateListener', 'Listeners', { LoadBalancerArn, Protocol: 'TCP', Port: 80, DefaultActions });
    await shop.simulation.advance(10 * MINUTE);
    const groups = () =>
      shop.elb('DescribeListeners', { ListenerArns: [id] }).Listeners[0].DefaultActions[0].ForwardConfig;
    const { moves } = worker(shop);
    const request = { shift: { kind: 'listener', id }, name: 'net', to: after ?? '', steps: STEPS, calls: [] };
    const { result } = await ended(
      moves.run(await moves.plan(request), { probe: false, finish: true, pauseMs: 1_000 }),
    );
    expect(result).toMatchObject({ state: 'finished', failures: [] });
    expect(groups().TargetGroups).toEqual([{ TargetGroupArn: after, Weight: 100 }]);
  });

  it('refuses what cannot be shifted', async () => {
    const shop = await shiftingShop();
    const { moves } = worker(shop);
    const plan = async (options: Parameters<typeof shop.request>[0]) => moves.plan(await shop.request(options));
    await expect(plan({ to: 'grean' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(plan({ to: 'orders' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(plan({ steps: [25, 5, 100] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(plan({ steps: [5, 25] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(plan({ name: 'carts' })).rejects.toMatchObject({ code: 'UNKNOWN_REFERENCE' });
    const planned = await plan({});
    expect(() => moves.run(planned)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    const wrong = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '503' } };
    shop.elb('ModifyListener', { ListenerArn: shop.listener, DefaultActions: [wrong] });
    await expect(plan({})).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  it('does not shift one listener twice at once', async () => {
    const shop = await shiftingShop();
    const process = worker(shop);
    const first = await process.moves.plan(await shop.request());
    const second = await process.moves.plan(await shop.request({ steps: [50, 100] }));
    await ended(process.moves.run(first, { callGateway: shop.callGateway, pauseMs: 1_000 }));
    const late = process.moves.run(second, { callGateway: shop.callGateway });
    await expect(ended(late)).rejects.toMatchObject({ code: 'MOVE_OPEN' });
  });

  it('with a new journal goes on from the shares that the cloud shows', async () => {
    const shop = await shiftingShop();
    const stop = new AbortController();
    const analysis: Analysis = ({ percent }) => {
      if (percent === 25) stop.abort();
      return Promise.resolve({ ok: true, because: 'asked' });
    };
    const first = worker(shop);
    const plan = await first.moves.plan(await shop.request());
    const cut = first.moves.run(plan, { callGateway: shop.callGateway, analysis, signal: stop.signal });
    await expect(ended(cut)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(shop.weights()).toEqual({ orders: 75, green: 25 });
    const other = worker(shop, { journal: memoryJournal() });
    const rest = await other.moves.plan(await shop.request());
    expect(rest.units[0]?.unit.shift?.steps).toEqual(STEPS.slice(2));
    const { result } = await ended(other.moves.run(rest, { callGateway: shop.callGateway }));
    expect(result).toMatchObject({ state: 'draining', failures: [] });
    expect(shop.weights()).toEqual({ orders: 0, green: 100 });
  });
});

describe('weights that the deployments of a service write', () => {
  it.each(['default', 'rule', 'test rule'] as const)('are shifted only where that is accepted: %s', async (of) => {
    const shop = await shiftingShop();
    if (of !== 'default') matchAll(shop);
    startWeighing(shop.call, 'LINEAR', of);
    await shop.simulation.advance(MINUTE);
    const before = shop.elb('DescribeRules', { ListenerArn: shop.listener });
    const process = worker(shop);
    const plan = await process.moves.plan(await shop.request());
    const owner = { name: 'ECS service orders', strategy: 'LINEAR' };
    expect(plan.writers).toMatchObject([owner]);
    await expect(shifted(shop, process)).rejects.toMatchObject({ code: 'WEIGHTS_OWNED', details: owner });
    const { callGateway } = shop;
    expect(await process.moves.refusal(plan, { callGateway })).toMatchObject({ code: 'WEIGHTS_OWNED' });
    expect(shop.elb('DescribeRules', { ListenerArn: shop.listener })).toEqual(before);
    const { result } = await shifted(shop, process, { despiteOwner: true, pauseMs: 30_000 });
    expect(result).toMatchObject({ state: 'draining', failures: [] });
  });

  it('do not stop a shift of another action', async () => {
    const shop = await shiftingShop();
    const process = worker(shop);
    const plan = await process.moves.plan(await shop.request());
    expect(plan.writers).toBeUndefined();
    matchAll(shop);
    startWeighing(shop.call, 'LINEAR', 'rule');
    await expect(ended(process.moves.run(plan, { callGateway: shop.callGateway }))).resolves.toMatchObject({
      result: { state: 'draining' },
    });
  });
});
