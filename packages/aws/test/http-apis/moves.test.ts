import type { MoveUnit } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { httpShop } from '../world/http-shop.js';
import { REGION } from '../world/simulated.js';
import { aws } from '../../src/index.js';
import { backward, contextOf, forward, killedAt, type Kept } from '../world/killed-move.js';

const ROUTES = `{ 'GET /orders': t, 'GET /carts': t }`;
const SETTINGS = {
  TimeoutInMillis: 7_000,
  RequestParameters: { 'overwrite:path': '$request.path', 'append:header.x-by': 'shop' },
  ResponseParameters: { '404': { 'overwrite:statuscode': '410' } },
};

/** Two routes of an HTTP API over one integration, and another link. */
async function ready({ autoDeploy = true, owned = true, quota = 300 } = {}) {
  const shop = await httpShop({ autoDeploy, routes: ROUTES, settings: { quotas: { 'integrations-per-api': quota } } });
  const { simulation, call, ApiId, open } = shop;
  await shop.run(0, open);
  const [from = ''] = shop.links();
  const SubnetIds = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from }).SubnetIds;
  const link = { Name: 'other', SubnetIds, SecurityGroupIds: [open] };
  const to: string = call('apigatewayv2', 'CreateVpcLink', link).VpcLinkId;
  const api = (operation: string, more: object = {}): any => call('apigatewayv2', operation, { ApiId, ...more });
  const integrations = (): any[] => api('GetIntegrations').Items;
  const [{ IntegrationId: integration }] = integrations();
  if (!owned) api('UpdateIntegration', { IntegrationId: integration, Description: 'by hand', ...SETTINGS });
  await simulation.advance(900_000);
  const unit: MoveUnit = {
    id: 'orders',
    gateway: { kind: 'http-api', id: ApiId },
    from: { kind: 'vpc-link-v2', id: from },
    to: { kind: 'vpc-link-v2', id: to },
    integration,
    routes: ['GET /orders', 'GET /carts'],
  };
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  return { ...shop, unit, to, from, driver, moves: driver.moves, ctx: contextOf(simulation), api, integrations };
}

type Ready = Awaited<ReturnType<typeof ready>>;

/** Carries out the move to its end, with what was captured and prepared. */
async function moved({ moves, unit, ctx, simulation }: Ready) {
  const captured = await moves.capture(unit, ctx);
  const prepared = await moves.prepare(unit, { captured }, ctx);
  await moves.shift(unit, { captured, prepared }, 100, ctx);
  await simulation.advance(10_000);
  return { captured, prepared };
}

describe('routes of an HTTP API', () => {
  it('move to a copy of their integration and return, and no call is lost', async () => {
    const world = await ready();
    const { moves, unit, ctx, simulation, linksOfRoutes, from, to, load, integrations } = world;
    const before = integrations();
    const end = load('/orders', '/carts');
    const captured = await moves.capture(unit, ctx);
    expect(await moves.where(unit, { captured }, ctx)).toEqual({ at: 'old' });
    const prepared = await moves.prepare(unit, { captured }, ctx);
    const state = { captured, prepared };
    expect(await moves.prepare(unit, { captured }, ctx)).toEqual(prepared);
    expect(linksOfRoutes()).toEqual([from, from]);
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'old' });
    await moves.shift(unit, state, 100, ctx);
    expect(linksOfRoutes()).toEqual([to, to]);
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'new' });
    expect([await moves.settle(unit, state, 'new', ctx), await moves.verify(unit, state, ctx)]).toEqual([[], []]);
    await simulation.advance(60_000);
    simulation.traffic.resetCounters();
    await simulation.advance(60_000);
    expect(new Set(simulation.traffic.counters().by.map(({ link }) => link))).toEqual(new Set([to]));
    await moves.back(unit, state, ctx);
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'old' });
    expect(await moves.release(unit, state, 'new', ctx)).toEqual([expect.stringContaining('integration ')]);
    expect(await moves.release(unit, state, 'new', ctx)).toEqual([]);
    expect(integrations()).toEqual(before);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('keep the mark of the project, and what only the old link needed is deleted', async () => {
    const world = await ready();
    const state = await moved(world);
    const { moves, unit, ctx, integrations, to, simulation } = world;
    await simulation.advance(900_000);
    expect(await moves.release(unit, state, 'old', ctx)).toEqual([`integration ${unit.integration} of ${world.ApiId}`]);
    expect(integrations()).toMatchObject([{ ConnectionId: to, Description: expect.stringMatching(/^postern:shop@/) }]);
    const observed = await world.driver.observe({ all: true }, ctx);
    expect(observed.gateways[0]?.routes).toMatchObject([
      { linkId: to, owner: { project: 'shop', spec: 'shop-7f3k2q', integration: 'orders' } },
      { linkId: to, owner: { project: 'shop', spec: 'shop-7f3k2q', integration: 'orders' } },
    ]);
  });

  it('without a mark are copied with all settings, and the old integration stays', async () => {
    const world = await ready({ owned: false });
    const state = await moved(world);
    const { moves, unit, ctx, integrations, to } = world;
    const copy = integrations().find((one) => one.ConnectionId === to);
    expect(copy).toMatchObject({
      ...SETTINGS,
      Description: expect.stringMatching(/^by hand \[postern move [0-9a-f]+\]$/),
    });
    expect(await moves.verify(unit, state, ctx)).toEqual([]);
    world.api('UpdateIntegration', { IntegrationId: copy.IntegrationId, TimeoutInMillis: 1_000 });
    expect(await moves.verify(unit, state, ctx)).toEqual([expect.stringContaining('differs from')]);
    expect(await moves.release(unit, state, 'old', ctx)).toEqual([]);
    expect(integrations()).toHaveLength(2);
  });

  it('of an API with all its integrations move in place, with a note, and return', async () => {
    const world = await ready({ quota: 1 });
    const { moves, unit, ctx, integrations, from, to, load } = world;
    const [before] = integrations();
    const end = load('/orders', '/carts');
    const state = await moved(world);
    expect(state.prepared).toMatchObject({ inPlace: true });
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'new' });
    expect(integrations()).toMatchObject([{ ConnectionId: to, Description: expect.stringMatching(/^postern:shop@/) }]);
    expect(await moves.settle(unit, state, 'new', ctx)).toEqual([expect.stringContaining('was changed in place')]);
    expect(await moves.release(unit, state, 'old', ctx)).toEqual([]);
    await moves.back(unit, state, ctx);
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'old' });
    expect(integrations()).toEqual([before]);
    expect(before.ConnectionId).toBe(from);
    expect(await end()).toMatchObject({ lost: 0 });
  });

  it('are deployed where their stage does not deploy by itself, and the way back is what it served', async () => {
    const world = await ready({ autoDeploy: false });
    const { moves, unit, ctx, api, simulation, load, to } = world;
    const served = (): string => api('GetStages').Items[0].DeploymentId;
    const before = served();
    const end = load('/orders', '/carts');
    const state = await moved(world);
    expect(served()).not.toBe(before);
    const after = served();
    await moves.shift(unit, state, 100, ctx);
    expect(served()).toBe(after);
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'new' });
    await simulation.advance(30_000);
    simulation.traffic.resetCounters();
    await simulation.advance(30_000);
    expect(new Set(simulation.traffic.counters().by.map(({ link }) => link))).toEqual(new Set([to]));
    await moves.back(unit, state, ctx);
    expect(served()).toBe(before);
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'old' });
    // The next unit of the API finds the stage returned, long after the move deployed it: it is not read again for 30 seconds.
    const startMs = ctx.clock.monotonicMs();
    await moves.back(unit, state, ctx);
    expect(ctx.clock.monotonicMs() - startMs).toBeLessThan(5_000);
    expect(await end()).toMatchObject({ lost: 0 });
  });

  it('leave no copy of a process that ended before it recorded the copy', async () => {
    const { moves, unit, ctx, integrations } = await ready();
    const captured = await moves.capture(unit, ctx);
    expect(await moves.release(unit, { captured }, 'new', ctx)).toEqual([]);
    await moves.prepare(unit, { captured }, ctx);
    expect(integrations()).toHaveLength(2);
    expect(await moves.release(unit, { captured }, 'new', ctx)).toEqual([expect.stringContaining('integration ')]);
    expect(integrations()).toMatchObject([{ IntegrationId: unit.integration }]);
  });

  it('that another writer changed are not changed, and do not hold up the others', async () => {
    const world = await ready();
    const { moves, unit, ctx, api, from, to, ApiId } = world;
    const state = await moved(world);
    const [route, other] = api('GetRoutes').Items;
    const { IntegrationId } = api('CreateIntegration', {
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'GET',
      IntegrationUri: 'https://example.com',
      PayloadFormatVersion: '1.0',
    });
    api('UpdateRoute', { RouteId: route.RouteId, Target: `integrations/${IntegrationId}` });
    const found = `integration ${IntegrationId}: no VPC link`;
    const left = [`${route.RouteKey} of ${ApiId} is left as it is: ${found}`];
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'new', left });
    await moves.back(unit, state, ctx);
    expect(world.linksOfRoutes()).toEqual([undefined, from]);
    expect(await moves.where(unit, state, ctx)).toEqual({ at: 'old', left });
    await moves.shift(unit, state, 100, ctx);
    expect(world.linksOfRoutes()).toEqual([undefined, to]);
    await expect(moves.shift(unit, state, 50, ctx)).rejects.toMatchObject({ code: 'UNSUPPORTED' });
    api('DeleteRoute', { RouteId: other.RouteId });
    const elsewhere = { at: 'elsewhere', found: `${route.RouteKey}: ${found}` };
    expect(await moves.where(unit, state, ctx)).toEqual(elsewhere);
    await expect(moves.back(unit, state, ctx)).rejects.toMatchObject({ code: 'WORLD_MOVED' });
    await expect(moves.capture(unit, ctx)).rejects.toMatchObject({ code: 'WORLD_MOVED' });
    api('DeleteRoute', { RouteId: route.RouteId });
    expect(await moves.where(unit, state, ctx)).toMatchObject({ at: 'elsewhere', exists: false });
    api('DeleteApi');
    expect(await moves.where(unit, state, ctx)).toMatchObject({ at: 'elsewhere', exists: false });
    expect(await moves.release(unit, state, 'new', ctx)).toEqual([]);
  });

  it('end the same after a process was killed at any write, on the way there and back', async () => {
    let kills = 0;
    for (const when of ['before', 'after'] as const) {
      for (let at = 1, isKilled = true; isKilled; at += 1) {
        const world = await ready();
        const { unit, simulation, linksOfRoutes, integrations, from, to, load } = world;
        const end = load('/orders', '/carts');
        const kept: Kept = {};
        isKilled = await killedAt(simulation, forward(unit, simulation, [100]), kept, at, when);
        expect([linksOfRoutes(), integrations().length]).toEqual([[to, to], 2]);
        const isKilledBack = await killedAt(simulation, backward(unit, simulation), kept, at, when);
        expect([linksOfRoutes(), integrations().length]).toEqual([[from, from], 1]);
        isKilled ||= isKilledBack;
        kills += Number(isKilled);
        expect(await end(), `killed ${when} write ${at}`).toMatchObject({ lost: 0 });
      }
    }
    // One creation and two routes there; two routes and one deletion back.
    expect(kills).toBe(6);
  });
});
