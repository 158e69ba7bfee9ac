import { aws } from '@postern/aws';
import { memoryJournal } from '@postern/core/internal/library';
import { Moves, type MoveRequest, type RunMoveOptions } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../aws/test/world/killed-move.js';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { ended } from './scene.js';

/** A stage whose methods use a V1 link and a network load balancer, and its moves. */
async function moving() {
  const shop = await restShop();
  const { simulation, restApiId, v2 } = shop;
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const own = new Moves({ driver, context: contextOf(simulation), journal: memoryJournal() });
  const request: MoveRequest = { restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' };
  return { ...shop, own, request };
}

describe('a move of a stage of a REST API from a V1 to a V2 link', () => {
  it('sends a part of the calls first, then all, and loses no call', async () => {
    const { own, request, v1, v2, load, links, stage, simulation } = await moving();
    const plan = await own.plan(request);
    expect(plan).toMatchObject({ from: { id: v1 }, to: { id: v2 }, todos: [], undecided: [] });
    expect(plan.units.map(({ name }) => name)).toEqual([expect.stringContaining('stage prod of shop')]);
    const end = load();
    const how: RunMoveOptions = { canary: { percent: 10 }, pauseMs: 120_000, drainMs: 60_000, finish: true };
    const { result, events } = await ended(own.run(plan, how));
    expect(result).toMatchObject({ state: 'finished', failures: [] });
    const switches = events.flatMap((one) => (one.type === 'step.started' && one.kind === 'switch' ? [one.step] : []));
    expect(switches).toEqual([expect.stringContaining('for 10 % of the calls'), expect.stringMatching(/\)$/)]);
    const probes = events.filter((one) => one.type === 'step.started' && one.kind === 'probe');
    expect(probes).toHaveLength(1);
    await simulation.advance(10_000);
    expect(await links()).toEqual([`prod ${v2}`]);
    expect(stage()).not.toHaveProperty('canarySettings');
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('returns by the former deployment after a failing analysis of the canary', async () => {
    const { own, request, v1, load, links, stage, deployments, drafts } = await moving();
    const before = [stage()['deploymentId'], drafts()];
    const end = load();
    const analysis = () => Promise.resolve({ ok: false, because: 'too slow' });
    const plan = await own.plan(request);
    const { result } = await ended(
      own.run(plan, { canary: { percent: 10 }, pauseMs: 60_000, drainMs: 60_000, analysis }),
    );
    expect(result).toMatchObject({ state: 'rolled-back', failures: [{ code: 'ANALYSIS_FAILED' }] });
    expect([stage()['deploymentId'], drafts()]).toEqual(before);
    expect(deployments()).toHaveLength(1);
    expect(await links()).toEqual([`prod ${v1}`]);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it.each([
    [{ restApi: 'nothere' }, 'NOT_FOUND'],
    [{ stage: 'nothere' }, 'NOT_FOUND'],
    [{ to: 'nothere' }, 'NOT_FOUND'],
    [{ targetBalancer: 'nothere' }, 'NOT_FOUND'],
  ])('is refused for %j', async (change, code) => {
    const { own, request } = await moving();
    await expect(own.plan({ ...request, ...change } as MoveRequest)).rejects.toMatchObject({ code });
  });
});

describe('the return of a stage', () => {
  it('is judged before the move, and refused where its former path does not lead to a backend any more', async () => {
    const { own, request, simulation, nlb, v1 } = await moving();
    const plan = await own.plan(request);
    const call = (operation: string, input: Readonly<Record<string, unknown>>): any =>
      simulation.call({ service: 'elasticloadbalancingv2', operation, region: REGION }, input);
    const LoadBalancerArn = nlb['LoadBalancerArn'];
    const [{ DefaultActions }] = call('DescribeListeners', { LoadBalancerArn }).Listeners;
    const { TargetGroupArn } = DefaultActions[0];
    const [{ Target }] = call('DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions;
    call('DeregisterTargets', { TargetGroupArn, Targets: [Target] });
    await simulation.advance(600_000);
    const { findings, todos } = await own.plan(request);
    expect(todos).toEqual([]);
    expect(findings.find(({ check }) => check === 'migrate/rollback')).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining(`after a move back to ${v1}, calls would fail`),
    });
    await ended(own.run(plan, { pauseMs: 0 }));
    await expect(ended(own.rollback(plan.move))).rejects.toMatchObject({
      code: 'FINDINGS_FAILED',
      message: expect.stringContaining('the move of stage prod of shop'),
    });
    const { result } = await ended(own.rollback(plan.move, { force: true, drainMs: 0 }));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [] });
  });
});
