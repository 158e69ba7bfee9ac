import { abilityOf } from '@postern/core/internal/driver';
import { expect } from 'vitest';
import { check, type Check, expectRefusal } from './check.js';

/** Routes: made, found, pointed elsewhere, deleted, and never those of others. */
export const routeChecks: readonly Check[] = [
  check('creates a route that leads over the link to the target, and finds it by key', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    const request = await trial.routeRequest(link);
    const made = await driver.routes.create(request, ctx);
    expect(made).toMatchObject({
      gatewayId: world.gateway.id,
      key: request.key,
      linkId: link.id,
      targetId: request.use.target.id,
      path: 'overwrite',
      owner: { project: request.owner.project, integration: request.owner.integration },
    });
    const { raw: _, ...found } = (await driver.routes.find(trial.gatewayRef(world.gateway.id), request.key, ctx)) ?? {
      raw: undefined,
    };
    const { raw: __, ...expected } = made;
    expect(found).toEqual(expected);
  }),
  check('finds nothing for a key that no route has', [], async (trial) => {
    const { driver, ctx, world } = trial;
    expect(await driver.routes.find(trial.gatewayRef(world.gateway.id), 'GET /nothing', ctx)).toBeUndefined();
  }),
  check('refuses a route of a gateway that does not exist', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    const request = await trial.routeRequest(link, { gateway: trial.gatewayRef(world.missing.gatewayId) });
    await expectRefusal(driver.routes.create(request, ctx), 'NOT_FOUND');
  }),
  check('keeps what it is told of path and TLS', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    // The last target accepts TLS, by convention of the setup.
    const index = world.targets.length - 1;
    const target = await trial.target(link, index);
    const tls = { serverName: 'orders.internal' };
    const path = world.path ?? 'keep';
    await trial.route(link, { key: trial.key(0), use: { target, path, tls } });
    expect(await driver.routes.find(trial.gatewayRef(world.gateway.id), trial.key(0), ctx)).toMatchObject({
      path,
      tls,
    });
  }),
  check('lets routes to one target share what stands between', [], async (trial) => {
    const link = await trial.link();
    const one = await trial.route(link, { key: trial.key(0) });
    const two = await trial.route(link, { key: trial.key(1) });
    const other = await trial.route(link, { key: trial.key(2), targetIndex: 1 });
    expect(two.id).not.toBe(one.id);
    expect(two.integrationId).toBe(one.integrationId);
    if (one.integrationId !== undefined) expect(other.integrationId).not.toBe(one.integrationId);
  }),
  check('refuses a second route with the same key, and leaves the first', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    const first = await trial.route(link, { owner: trial.owner('payments') });
    const request = await trial.routeRequest(link, { targetIndex: 1 });
    await expectRefusal(driver.routes.create(request, ctx), 'ALREADY_EXISTS');
    expect(await driver.routes.find(trial.gatewayRef(world.gateway.id), first.key, ctx)).toMatchObject({
      id: first.id,
      targetId: first.targetId,
      owner: { integration: 'payments' },
    });
  }),
  check('points a route at another target in place', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    const route = await trial.route(link);
    const request = await trial.routeRequest(link, { targetIndex: 1 });
    const updated = await driver.routes.update(route, request, ctx);
    expect(updated).toMatchObject({ id: route.id, key: route.key, targetId: request.use.target.id });
    expect(await driver.routes.update(route, request, ctx)).toMatchObject({ id: route.id });
    const found = await driver.routes.find(trial.gatewayRef(world.gateway.id), route.key, ctx);
    expect(found).toMatchObject({ id: route.id, targetId: request.use.target.id, linkId: link.id });
  }),
  check('moves a route to another link in place', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const route = await trial.route(await trial.link());
    const next = await trial.link({ owner: trial.owner('orders', { specHash: 'next' }) });
    await driver.routes.update(route, await trial.routeRequest(next), ctx);
    expect(await driver.routes.find(trial.gatewayRef(world.gateway.id), route.key, ctx)).toMatchObject({
      id: route.id,
      linkId: next.id,
    });
  }),
  check('deletes a route and what only it used, and again', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    const gatewayId = world.gateway.id;
    const one = await trial.route(link, { key: trial.key(0) });
    const two = await trial.route(link, { key: trial.key(1) });
    await driver.routes.delete(trial.gatewayRef(gatewayId), one.key, trial.owner(), ctx);
    expect(await driver.routes.find(trial.gatewayRef(gatewayId), one.key, ctx)).toBeUndefined();
    expect(await driver.routes.find(trial.gatewayRef(gatewayId), two.key, ctx)).toMatchObject({
      id: two.id,
      linkId: link.id,
    });
    await driver.routes.delete(trial.gatewayRef(gatewayId), one.key, trial.owner(), ctx);
    await driver.routes.delete(trial.gatewayRef(gatewayId), two.key, trial.owner(), ctx);
    const { gateways } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
    expect(gateways[0]?.routes).toEqual([]);
    expect(gateways[0]?.integrations ?? []).toEqual([]);
  }),
  check('does not delete the route of another owner', [], async (trial) => {
    const { driver, ctx, world } = trial;
    const link = await trial.link();
    const route = await trial.route(link, {
      owner: { project: 'somebody', spec: 'somebody', integration: 'orders' },
    });
    await expectRefusal(
      driver.routes.delete(trial.gatewayRef(world.gateway.id), route.key, trial.owner(), ctx),
      'NOT_OURS',
    );
    await expectRefusal(
      driver.routes.delete(trial.gatewayRef(world.gateway.id), route.key, trial.owner('payments'), ctx),
      'NOT_OURS',
    );
    expect(await driver.routes.find(trial.gatewayRef(world.gateway.id), route.key, ctx)).toMatchObject({
      id: route.id,
    });
  }),
  check('brings routes to a stage that does not deploy by itself, once for each mark', ['stages'], async (trial) => {
    const { driver, ctx, world } = trial;
    const stage = world.stage ?? '';
    await trial.route(await trial.link());
    const observed = async () => {
      const scope = { project: trial.owner().project, gateways: [world.gateway.ref] };
      const { gateways } = await driver.observe(scope, ctx);
      return gateways[0]?.stages.find(({ name }) => name === stage);
    };
    expect((await observed())?.deployed).toBeUndefined();
    const mark = `postern:${trial.owner().project}/0123abcd`;
    const { deploymentId } = await abilityOf(driver, 'stages').deploy(
      trial.gatewayRef(world.gateway.id),
      stage,
      mark,
      ctx,
    );
    expect(await observed()).toMatchObject({ autoDeploy: false, deploymentId, deployed: mark });
    expect(await abilityOf(driver, 'stages').deploy(trial.gatewayRef(world.gateway.id), stage, mark, ctx)).toEqual({
      deploymentId,
    });
    const next = await abilityOf(driver, 'stages').deploy(trial.gatewayRef(world.gateway.id), stage, `${mark}ef`, ctx);
    expect(next.deploymentId).not.toBe(deploymentId);
    expect(await observed()).toMatchObject({ deploymentId: next.deploymentId, deployed: `${mark}ef` });
    await expectRefusal(
      abilityOf(driver, 'stages').deploy(trial.gatewayRef(world.gateway.id), 'nowhere', mark, ctx),
      'NOT_FOUND',
    );
  }),
];
