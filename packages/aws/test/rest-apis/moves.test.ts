import { describe, expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { backward, forward, killedAt, type Kept } from '../world/killed-move.js';
import { REGION } from '../world/simulated.js';
import { restShop } from './rest-shop.js';

describe('a stage of a REST API', () => {
  it('moves from a V1 link to a V2 link and an ALB through a canary, and no call is lost', async () => {
    const { moves, unit, ctx, load, links, stage, deployments, drafts, v1, v2, alb, simulation } = await restShop();
    const before = stage()['deploymentId'];
    const end = load();
    await simulation.advance(30_000);
    const captured = await moves.capture(unit, ctx);
    const prepared = await moves.prepare(unit, { captured }, ctx);
    const state = { captured, prepared };
    const uri = `http://${alb['DNSName']}/orders`;
    expect(drafts()[0]).toMatchObject({ connectionId: v2, integrationTarget: alb['LoadBalancerArn'], uri });
    expect(await moves.prepare(unit, { captured }, ctx)).toEqual(prepared);
    expect(deployments()).toHaveLength(2);
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'old' });
    expect(await links()).toEqual([`prod ${v1}`]);
    for (const percent of [1, 50]) {
      await moves.shift(unit, state, percent, ctx);
      expect(await moves.where(unit, state, ctx)).toEqual({ at: 'canary', percent });
    }
    await simulation.advance(10_000);
    expect(await links()).toEqual([`prod ${v1}`, `prod/Canary ${v2}`]);
    await moves.shift(unit, state, 100, ctx);
    expect(stage()).not.toHaveProperty('canarySettings');
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'new' });
    await simulation.advance(10_000);
    expect(await links()).toEqual([`prod ${v2}`]);
    expect([await moves.settle(unit, state, 'new', ctx), await moves.verify(unit, state, ctx)]).toEqual([[], []]);
    // The former deployment is not Postern's.
    expect(await moves.release(unit, state, 'old', ctx)).toEqual([]);
    expect(deployments().map(({ id }) => id)).toContain(before);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('empties the cache of the stage once it has moved; a flush that is refused is a sentence', async () => {
    const { moves, unit, ctx, rest, restApiId, v2, simulation } = await restShop();
    const paths = ['/cacheClusterEnabled', '/*/*/caching/enabled'];
    const patchOperations = paths.map((path) => ({ op: 'replace', path, value: 'true' }));
    rest('UpdateStage', { stageName: 'prod', patchOperations });
    await simulation.advance(240_000);
    const host = `${restApiId}.execute-api.${REGION}.amazonaws.com`;
    const link = async () => (await simulation.traffic.call({ host, path: '/prod/orders' })).trace.link;
    await link();
    const captured = await moves.capture(unit, ctx);
    const state = { captured, prepared: await moves.prepare(unit, { captured }, ctx) };
    await moves.shift(unit, state, 100, ctx);
    await simulation.advance(10_000);
    expect(await link()).toBe(''); // from the cache: callers have not seen the new link
    simulation.faults.add({ operation: 'FlushStageCache', kind: 'deny', times: 1 });
    expect(await moves.settle(unit, state, 'new', ctx)).toEqual([
      expect.stringMatching(/^the cache of stage prod of \w+ was not flushed: it keeps answers of former backends/),
    ]);
    expect(await link()).toBe('');
    expect(await moves.settle(unit, state, 'new', ctx)).toEqual([]);
    await simulation.advance(5_000);
    expect(await link()).toBe(v2);
  });

  it('returns by its deployment, from a canary and from the end, and the working copy with it', async () => {
    for (const percents of [[20], [20, 100], [100]]) {
      const { moves, unit, ctx, load, stage, deployments, drafts, simulation } = await restShop();
      const [before, served] = [drafts(), stage()['deploymentId']];
      const end = load();
      const captured = await moves.capture(unit, ctx);
      const state = { captured, prepared: await moves.prepare(unit, { captured }, ctx) };
      for (const percent of percents) {
        await moves.shift(unit, state, percent, ctx);
        await simulation.advance(30_000);
      }
      await moves.back(unit, state, ctx);
      await moves.back(unit, state, ctx);
      expect(stage()['deploymentId']).toBe(served);
      expect(await moves.where(unit, state, ctx)).toEqual({ at: 'old' });
      await simulation.advance(60_000);
      expect(await moves.release(unit, state, 'new', ctx)).toEqual([expect.stringContaining('deployment ')]);
      expect(drafts()).toEqual(before);
      expect(deployments().map(({ id }) => id)).toEqual([served]);
      expect(await end()).toMatchObject({ lost: 0 });
    }
  });

  it('returns from a shift that was killed between the promotion of its canary and its end', async () => {
    const { moves, unit, ctx, rest, stage } = await restShop();
    const [served, next] = [stage()['deploymentId'], rest('CreateDeployment').id as string];
    const gateway = { kind: 'rest-api stage', id: unit.gateway.id };
    const shift = { part: 'prod', to: next, steps: [50, 100] };
    const shifted = { ...unit, gateway, from: gateway, to: { ...gateway, id: next }, shift };
    const captured = await moves.capture(shifted, ctx);
    const state = { captured, prepared: await moves.prepare(shifted, { captured }, ctx) };
    await moves.shift(shifted, state, 100, ctx);
    const copy = { op: 'copy', path: '/deploymentId', from: '/canarySettings/deploymentId' };
    rest('UpdateStage', { stageName: 'prod', patchOperations: [copy] });
    expect(stage()['deploymentId']).toBe(next);
    await moves.back(shifted, state, ctx);
    expect(stage()).toMatchObject({ deploymentId: served });
    expect(stage()).not.toHaveProperty('canarySettings');
  });

  it('keeps a deployment that another stage serves', async () => {
    const { moves, unit, ctx, rest, deployments } = await restShop();
    const captured = await moves.capture(unit, ctx);
    const prepared = await moves.prepare(unit, { captured }, ctx);
    const { deploymentId } = prepared as { deploymentId: string };
    rest('CreateStage', { stageName: 'test', deploymentId });
    expect(await moves.release(unit, { captured, prepared }, 'new', ctx)).toEqual([]);
    expect(deployments().map(({ id }) => id)).toContain(deploymentId);
  });

  it('moves to the only listener of the load balancer, whatever its port', async () => {
    const { moves, unit, ctx, drafts, alb } = await restShop({ port: 8443 });
    await moves.prepare(unit, { captured: await moves.capture(unit, ctx) }, ctx);
    expect(drafts().map(({ uri }) => uri)).toEqual([
      `http://${alb['DNSName']}:8443/orders`,
      `http://${alb['DNSName']}:8443/carts`,
    ]);
  });

  it('moves where a stage variable names its link', async () => {
    const { moves, unit, ctx, load, links, v2, simulation } = await restShop({ byVariable: true });
    const end = load();
    const captured = await moves.capture(unit, ctx);
    const state = { captured, prepared: await moves.prepare(unit, { captured }, ctx) };
    await moves.shift(unit, state, 100, ctx);
    await simulation.advance(10_000);
    expect(await links()).toEqual([`prod ${v2}`]);
    expect(await end()).toMatchObject({ lost: 0 });
  });

  it('sets an integration anew where the cloud does not remove its target', async () => {
    const { moves, unit, ctx, drafts, simulation } = await restShop();
    const before = drafts();
    const captured = await moves.capture(unit, ctx);
    const state = { captured, prepared: await moves.prepare(unit, { captured }, ctx) };
    const refused = {
      kind: 'error',
      operation: 'UpdateIntegration',
      status: 400,
      code: 'BadRequestException',
    } as const;
    simulation.faults.add({ ...refused, times: 1 });
    await moves.release(unit, state, 'new', ctx);
    expect(drafts()).toEqual(before);
    expect(simulation.journal().map(({ operation }) => operation)).toContain('PutIntegration');
  });

  it('is not moved with changes of others, over a canary of others, or after another deployment', async () => {
    const world = await restShop();
    const { moves, unit, ctx, rest } = world;
    const captured = await moves.capture(unit, ctx);
    const state = { captured, prepared: await moves.prepare(unit, { captured }, ctx) };
    rest('CreateDeployment', { stageName: 'prod' });
    // It has the working copy, which was prepared: link and target decide, not who made it.
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'new' });
    await expect(moves.shift(unit, state, 10, ctx)).rejects.toMatchObject({ code: 'WORLD_MOVED' });
    await moves.back(unit, state, ctx);
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'old' });
    expect(world.deployments()).toHaveLength(4);

    const second = await restShop();
    second.method('cats');
    await expect(second.moves.capture(second.unit, second.ctx)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('GET /cats'),
    });
    second.rest('CreateDeployment', { stageName: 'prod', canarySettings: { percentTraffic: 5 } });
    await expect(second.moves.capture(second.unit, second.ctx)).rejects.toMatchObject({ code: 'CANARY_ACTIVE' });
  });

  it('needs a load balancer that exists, with a listener that can be meant', async () => {
    const { moves, unit, ctx } = await restShop({ port: 8443 });
    const captured = await moves.capture(unit, ctx);
    const to = (targetBalancer: string) => moves.prepare({ ...unit, targetBalancer }, { captured }, ctx);
    await expect(to('none')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      remedy: expect.stringContaining('orders-nlb'),
    });
  });

  it('ends the same after a process was killed at any write, on the way there and back', async () => {
    let kills = 0;
    for (const when of ['before', 'after'] as const) {
      for (let at = 1, isKilled = true; isKilled; at += runs(6, 1)) {
        const { unit, simulation, stage, drafts, deployments, v1, v2, load } = await restShop();
        const before = stage()['deploymentId'];
        const end = load();
        const kept: Kept = {};
        isKilled = await killedAt(simulation, forward(unit, simulation, [10, 100]), kept, at, when);
        expect([stage()['canarySettings'], deployments().length]).toEqual([undefined, 2]);
        expect(stage()['deploymentId']).toBe((kept.prepared as { deploymentId: string }).deploymentId);
        expect(drafts().map(({ connectionId }) => connectionId)).toEqual([v2, v2]);
        const isKilledBack = await killedAt(simulation, backward(unit, simulation), kept, at, when);
        expect([stage()['deploymentId'], deployments().length]).toEqual([before, 1]);
        expect(drafts().map(({ connectionId }) => connectionId)).toEqual([v1, v1]);
        isKilled ||= isKilledBack;
        kills += Number(isKilled);
        expect(await end(), `killed ${when} write ${at}`).toMatchObject({ lost: 0 });
      }
    }
    // There: two integrations, a deployment, a canary, its promotion and its removal.
    expect(kills).toBe(runs(2, 12));
  });
});
