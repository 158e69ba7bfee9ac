import { aws } from '@postern/aws';
import { createContext, memoryJournal } from '@postern/core';
import { Moves, type MovePlan, type RunMoveOptions } from '@postern/core/moves';
import { describe, expect, it } from 'vitest';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { assume, ended, MINUTE, movingShop, worker } from './scene.js';

/** A planned move whose units are on the new link after it, and its callers. */
interface MovingWorld {
  readonly moves: Moves;
  readonly plan: MovePlan;
  readonly how: RunMoveOptions;
  /** Takes away what the former path needs, and gives it back. */
  readonly former: { readonly breaks: () => Promise<void>; readonly mends: () => Promise<void> };
  /** Calls until it is ended: how many were lost. */
  readonly calls: () => () => Promise<number>;
  readonly advance: (ms: number) => Promise<void>;
}

async function stage(): Promise<MovingWorld> {
  const { simulation, restApiId, v2, nlb, load } = await restShop();
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  const moves = new Moves({ driver, context, journal: memoryJournal() });
  const plan = await moves.plan({ restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' });
  const elb = (operation: string, input: Readonly<Record<string, unknown>>): any =>
    simulation.call({ service: 'elasticloadbalancingv2', operation, region: REGION }, input);
  const [{ DefaultActions }] = elb('DescribeListeners', { LoadBalancerArn: nlb['LoadBalancerArn'] }).Listeners;
  const { TargetGroupArn } = DefaultActions[0];
  const [{ Target }] = elb('DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions;
  const advance = (ms: number) => simulation.advance(ms);
  const change = async (operation: string): Promise<void> => {
    elb(operation, { TargetGroupArn, Targets: [Target] });
    await advance(6 * MINUTE);
  };
  const former = { breaks: () => change('DeregisterTargets'), mends: () => change('RegisterTargets') };
  const calls = () => {
    const end = load();
    return async () => (await end()).lost;
  };
  return { moves, plan, how: {}, former, calls, advance };
}

async function routes(): Promise<MovingWorld> {
  const shop = await httpShop({ routes: `{ 'GET /orders': t, 'GET /carts': t }` });
  const { simulation, call, open, ApiId, contextOf, callGateway } = shop;
  await shop.run(0, open);
  const [from = ''] = shop.links();
  const { SubnetIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
  const VpcId = call('ec2', 'DescribeSecurityGroups', { GroupIds: [open] }).SecurityGroups[0].VpcId;
  const { GroupId } = call('ec2', 'CreateSecurityGroup', { GroupName: 'next', Description: 'next', VpcId });
  const link = { Name: 'other', SubnetIds, SecurityGroupIds: [GroupId] };
  const to: string = call('apigatewayv2', 'CreateVpcLink', link).VpcLinkId;
  await simulation.advance(15 * MINUTE);
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const moves = new Moves({ driver, context: contextOf(), journal: memoryJournal() });
  const plan = await moves.plan({ api: ApiId, from, to }, { manage: [open] });
  const [own] = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from }).SecurityGroupIds;
  const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  const advance = (ms: number) => simulation.advance(ms);
  const change = (operation: string) => async (): Promise<void> => {
    call('ec2', operation, { GroupId: own, IpPermissions });
    await advance(MINUTE);
  };
  const former = {
    breaks: change('RevokeSecurityGroupEgress'),
    mends: change('AuthorizeSecurityGroupEgress'),
  };
  const calls = () => {
    const end = shop.load('/orders', '/carts');
    return async () => (await end()).lost;
  };
  return { moves, plan, how: { callGateway }, former, calls, advance };
}

async function group(): Promise<MovingWorld> {
  const shop = await movingShop();
  const { moves } = worker(shop);
  const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
  const rule = {
    SecurityGroupId: shop.serverGroup,
    IpProtocol: 'tcp',
    PortRange: '80/80',
    SourceCidrIp: shop.egress,
  };
  const advance = (ms: number) => shop.sim.advance(ms);
  const change = (action: string) => async (): Promise<void> => {
    shop.by('Ecs', action, rule);
    await advance(MINUTE);
  };
  const former = { breaks: change('RevokeSecurityGroup'), mends: change('AuthorizeSecurityGroup') };
  const calls = () => {
    const { end } = shop.load();
    return async () => {
      await advance(MINUTE);
      return end().lost;
    };
  };
  return { moves, plan, how: { assume }, former, calls, advance };
}

const WORLDS: readonly (readonly [string, () => Promise<MovingWorld>])[] = [
  ['a stage of a REST API', stage],
  ['routes of an HTTP API', routes],
  ['an API group', group],
];

describe.each(WORLDS)('where the former path of %s serves no calls', (_, make) => {
  it('an automatic return waits, and leaves calls where they are served, until its operator says that it returns', async () => {
    const { moves, plan, how, former, calls, advance } = await make();
    const end = calls();
    let isBroken = false;
    const analysis = async ({ percent }: { readonly percent: number }) => {
      if (percent === 100 && !isBroken) await former.breaks();
      isBroken ||= percent === 100;
      return { ok: percent !== 100, because: 'latency' };
    };
    const { result, events } = await ended(moves.run(plan, { ...how, analysis, pauseMs: MINUTE, drainMs: MINUTE }));
    expect(result).toMatchObject({
      state: 'failed',
      onNew: [expect.anything()],
      failures: [{ code: 'ANALYSIS_FAILED' }, { code: 'WAIT_TIMEOUT' }],
    });
    expect(result.failures[1]?.message).toContain('its calls stay as they are: after 10 minutes');
    const failed = events.findLast((event) => event.type === 'step.failed');
    for (const text of [`migrate rollback ${plan.move}`, `migrate abort ${plan.move}`, `migrate leave ${plan.move}`])
      expect(failed?.error.remedy).toContain(text);
    expect(failed?.error.remedy).toContain('--despite-errors');
    expect(await end()).toBe(0);
    const told = calls();
    const back = await ended(moves.rollback(plan.move, { force: true, drainMs: 0 }));
    expect(back.result).toMatchObject({ state: 'rolled-back', onNew: [] });
    await advance(5 * MINUTE);
    expect(await told()).toBeGreaterThan(0);
  });

  it('the command that continues the return goes on as soon as it does', async () => {
    const { moves, plan, how, former, calls } = await make();
    const analysis = async ({ percent }: { readonly percent: number }) => {
      if (percent === 100) await former.breaks();
      return { ok: percent !== 100, because: 'latency' };
    };
    const end = calls();
    const { result } = await ended(moves.run(plan, { ...how, analysis, pauseMs: MINUTE, drainMs: MINUTE }));
    expect(result.state).toBe('failed');
    await former.mends();
    const back = await ended(moves.rollback(plan.move, { drainMs: MINUTE }));
    expect(back.result).toMatchObject({ state: 'rolled-back', failures: [], onNew: [] });
    expect(await end()).toBe(0);
  });

  it('rollback is refused before it changes anything', async () => {
    const { moves, plan, how, former, calls } = await make();
    const { result } = await ended(moves.run(plan, { ...how, pauseMs: 0, drainMs: MINUTE }));
    expect(result.state).toBe('draining');
    const end = calls();
    await former.breaks();
    await expect(ended(moves.rollback(plan.move, { ...how, drainMs: 0 }))).rejects.toMatchObject({
      code: 'FINDINGS_FAILED',
      remedy: expect.stringContaining('--despite-errors'),
    });
    expect(await end()).toBe(0);
  });
});
