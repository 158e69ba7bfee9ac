import { aws } from '@postern/aws';
import { createContext, memoryJournal } from '@postern/core';
import { Moves, type MovePlan } from '@postern/core/moves';
import { describe, expect, it } from 'vitest';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { ended, MINUTE } from './scene.js';

/** A planned move whose units are on the new link after it, and its callers. */
interface MovingWorld {
  readonly moves: Moves;
  readonly plan: MovePlan;
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
  return { moves, plan, former, calls, advance };
}

describe('where the former path of a stage of a REST API serves no calls', () => {
  it('an automatic return waits, and leaves calls where they are served, until its operator says that it returns', async () => {
    const { moves, plan, former, calls, advance } = await stage();
    const end = calls();
    let isBroken = false;
    const analysis = async ({ percent }: { readonly percent: number }) => {
      if (percent === 100 && !isBroken) await former.breaks();
      isBroken ||= percent === 100;
      return { ok: percent !== 100, because: 'latency' };
    };
    const { result, events } = await ended(moves.run(plan, { analysis, pauseMs: MINUTE, drainMs: MINUTE }));
    expect(result).toMatchObject({
      state: 'failed',
      onNew: [expect.anything()],
      failures: [{ code: 'ANALYSIS_FAILED' }, { code: 'WAIT_TIMEOUT' }],
    });
    expect(result.failures[1]?.message).toContain('its calls stay as they are: after 10 min');
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
    const { moves, plan, former, calls } = await stage();
    const analysis = async ({ percent }: { readonly percent: number }) => {
      if (percent === 100) await former.breaks();
      return { ok: percent !== 100, because: 'latency' };
    };
    const end = calls();
    const { result } = await ended(moves.run(plan, { analysis, pauseMs: MINUTE, drainMs: MINUTE }));
    expect(result.state).toBe('failed');
    await former.mends();
    const back = await ended(moves.rollback(plan.move, { drainMs: MINUTE }));
    expect(back.result).toMatchObject({ state: 'rolled-back', failures: [], onNew: [] });
    expect(await end()).toBe(0);
  });

  it('rollback is refused before it changes anything', async () => {
    const { moves, plan, former, calls, advance } = await stage();
    const { result } = await ended(moves.run(plan, { pauseMs: 0, drainMs: MINUTE }));
    expect(result.state).toBe('draining');
    await advance(5 * MINUTE);
    const end = calls();
    await former.breaks();
    await expect(ended(moves.rollback(plan.move, { drainMs: 0 }))).rejects.toMatchObject({
      code: 'FINDINGS_FAILED',
      remedy: expect.stringContaining('--despite-errors'),
    });
    expect(await end()).toBe(0);
  });
});
