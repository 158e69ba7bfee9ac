import { abilityOf } from '@postern/core/internal/driver';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from './check.js';

/** Creation exactly once, whatever becomes of the answers. */
export const onceChecks: readonly Check[] = [
  check('admits that the outcome of a creation is unknown when its answer is lost', ['faults'], async (trial) => {
    trial.faults.add('create link', { kind: 'lost', times: 1 });
    const request = trial.linkRequest();
    const error = await trial.driver.links
      .create(trial.linkKind, request, trial.ctx)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ outcomeUnknown: true });
    expect(await trial.driver.links.find({ kind: trial.linkKind, owner: request.owner }, trial.ctx)).toMatchObject({
      name: request.name,
    });
  }),
  check('makes one link when the answer is lost, and finds it again', ['faults'], async (trial) => {
    trial.faults.add('create link', { kind: 'lost', times: 1 });
    const { id } = await trial.linkOnce();
    expect(await trial.countLinks()).toBe(1);
    expect(await trial.linkOnce()).toMatchObject({ id });
    expect(await trial.countLinks()).toBe(1);
  }),
  check(
    'makes one link under throttling, and when the connection breaks before the call is heard',
    ['faults'],
    async (trial) => {
      trial.faults.add('create link', { kind: 'throttle', times: 1 });
      await trial.linkOnce();
      expect(await trial.countLinks()).toBe(1);
      trial.faults.add('create link', { kind: 'reset', times: 1 });
      const request = trial.linkRequest({ owner: trial.owner('payments') });
      const { id } = await trial.linkOnce(request);
      expect(await trial.countLinks()).toBe(2);
      expect(await trial.linkOnce(request)).toMatchObject({ id });
      expect(await trial.countLinks()).toBe(2);
    },
  ),
  check('makes one link although lists lag behind', ['faults'], async (trial) => {
    trial.faults.add('create link', { kind: 'lost', times: 1 });
    trial.faults.add('list links', { kind: 'stale', ms: trial.traits.stalenessMs, times: 2 });
    await trial.linkOnce();
    trial.faults.clear();
    expect(await trial.countLinks()).toBe(1);
  }),
  check('makes one route, and one of what stands between, when either answer is lost', ['faults'], async (trial) => {
    const { driver, ctx, world, faults } = trial;
    const request = await trial.routeRequest(await trial.link());
    faults.add('create integration', { kind: 'lost', times: 1 });
    faults.add('create route', { kind: 'lost', times: 1 });
    const made = await driver.routes.create(request, ctx).catch(() => undefined);
    const found = await driver.routes.find(trial.gatewayRef(world.gateway.id), request.key, ctx);
    expect(found?.targetId).toBe(request.use.target.id);
    if (made) expect(made.id).toBe(found?.id);
    const { gateways } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
    expect(gateways[0]?.routes).toHaveLength(1);
    expect(gateways[0]?.integrations?.length ?? 1).toBe(1);
  }),
  check('uses what a run left behind that ended between two calls', ['faults'], async (trial) => {
    const { driver, ctx, world, faults } = trial;
    const request = await trial.routeRequest(await trial.link());
    faults.add('create route', { kind: 'deny', times: 1 });
    await expectRefusal(driver.routes.create(request, ctx), 'PERMISSION_DENIED');
    await driver.routes.create(request, ctx);
    const { gateways } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
    expect(gateways[0]?.integrations?.length ?? 1).toBe(1);
  }),
  check('sweeps what its own project left behind, and nothing else', ['faults'], async (trial) => {
    const { driver, ctx, world, faults } = trial;
    const link = await trial.link();
    const used = await trial.route(link, { key: trial.key(1), targetIndex: 1 });
    const owners = async () => {
      const { gateways } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
      return (gateways[0]?.integrations ?? []).map(({ owner }) => owner?.project).toSorted();
    };
    const before = await owners();
    faults.add('create route', { kind: 'deny', times: 2 });
    const somebody = { project: 'somebody', spec: 'somebody', integration: 'orders' };
    for (const owner of [trial.owner(), somebody]) {
      await expectRefusal(driver.routes.create(await trial.routeRequest(link, { owner }), ctx), 'PERMISSION_DENIED');
    }
    const left = await owners();
    const { project, spec } = trial.owner();
    await driver.sweeping?.sweep(trial.gatewayRef(world.gateway.id), project, ctx, spec);
    // The integration that a route uses, and that of the other owner. On a cloud where nothing of them stays without
    // a route, those of before.
    expect(await owners()).toEqual(left.length === before.length ? before : [...before, somebody.project]);
    expect(await driver.routes.find(trial.gatewayRef(world.gateway.id), used.key, ctx)).toMatchObject({
      id: used.id,
    });
  }),
  check('deletes a route whose first answer was lost', ['faults'], async (trial) => {
    const { driver, ctx, world } = trial;
    const route = await trial.route(await trial.link());
    trial.faults.add('delete route', { kind: 'lost', times: 1 });
    await driver.routes.delete(trial.gatewayRef(world.gateway.id), route.key, trial.owner(), ctx);
    expect(await driver.routes.find(trial.gatewayRef(world.gateway.id), route.key, ctx)).toBeUndefined();
  }),
  check('deploys once when the answer is lost', ['faults', 'stages'], async (trial) => {
    const { driver, ctx, world } = trial;
    await trial.route(await trial.link());
    const mark = `postern:${trial.owner().project}/0123abcd`;
    trial.faults.add('deploy', { kind: 'lost', times: 1 });
    const { deploymentId } = await abilityOf(driver, 'stages').deploy(
      trial.gatewayRef(world.gateway.id),
      world.stage ?? '',
      mark,
      ctx,
    );
    expect(
      await abilityOf(driver, 'stages').deploy(trial.gatewayRef(world.gateway.id), world.stage ?? '', mark, ctx),
    ).toEqual({
      deploymentId,
    });
  }),
];
