import { createContext, memoryJournal } from '@postern/core/internal/library';
import { cloudNow } from '@postern/core/internal/adapter';
import { Moves, openMovesIn, withOpenMoves } from '@postern/core/internal/moves';
import { observeSpec, planDestroy } from '@postern/core/internal/plan';
import { aws } from '@postern/aws';
import { describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { machine } from '../runs/machine.js';
import { ended, MINUTE } from './scene.js';
import { CLOUDS } from '../../../core/test/clouds.js';

const ROUTES = `{ 'GET /orders': t, 'GET /carts': t }`;

/** A move that has come to its drain, and then the unedited spec is applied: its routes lead over the old link again. */
async function undone(autoDeploy = true) {
  const shop = await httpShop({ routes: ROUTES, autoDeploy });
  const { simulation, call, open, ApiId, callGateway } = shop;
  await shop.run(0, open);
  const [from = ''] = shop.links();
  const { SubnetIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
  const create = (Name: string): string =>
    call('apigatewayv2', 'CreateVpcLink', { Name, SubnetIds, SecurityGroupIds: [open] }).VpcLinkId;
  const [to, third] = [create('other'), create('third')];
  await simulation.advance(15 * MINUTE);
  const journal = memoryJournal();
  const by = machine(simulation, { random: () => 0.5, journal });
  const driver = aws({ region: REGION, clients: by.clients(REGION) });
  const context = createContext({ clock: by.clock, random: by.random });
  const moves = new Moves({ driver, context, journal: by.journal });
  // No temporary route can test a stage that is deployed by hand.
  const accept = autoDeploy ? [] : [{ check: 'migrate/probe' }];
  const plan = await moves.plan({ api: ApiId, from, to }, { accept });
  const { result } = await ended(moves.run(plan, { callGateway, accept }));
  expect(result).toMatchObject({ state: 'draining', failures: [] });
  expect(shop.linksOfRoutes()).toEqual([to, to]);
  await simulation.advance(20 * MINUTE);
  // A machine without the journal of the move sees the mark of the link.
  const spec = shop.specOf(0, open);
  const seen = await observeSpec(spec, shop.drivers, shop.contextOf(), { all: true });
  expect(planDestroy(seen, spec, { clouds: CLOUDS }).notes).toContainEqual(
    expect.stringMatching(`^callers left link ${from} at .* if a move led them away, end it first`),
  );
  const openMoves = openMovesIn(await journal.read(), cloudNow(context));
  const noted = withOpenMoves(await shop.planOf(0, open), openMoves).notes.filter((note) => note.includes(plan.move));
  expect(noted).toEqual([
    expect.stringMatching(
      `is open \\(drained\\), and this plan changes routes of gateway ${ApiId}: end the move first`,
    ),
  ]);
  expect((await shop.run(0, open)).errors).toEqual([]);
  expect(shop.linksOfRoutes()).toEqual([from, from]);
  await simulation.advance(MINUTE);
  return { ...shop, moves, plan, from, to, third };
}

describe('a move of routes that an apply of the unedited spec has undone', () => {
  it.each(sample([true, false], 2))(
    'ends with a rollback, which changes no route; deployed automatically: %s',
    async (isAutomatic) => {
      const { moves, plan, from, linksOfRoutes, integrations, load } = await undone(isAutomatic);
      const end = load('/orders', '/carts');
      const { result } = await ended(moves.rollback(plan.move, { drainMs: MINUTE }));
      expect(result).toMatchObject({ state: 'rolled-back', failures: [], onNew: [] });
      expect([linksOfRoutes(), integrations()]).toEqual([[from, from], 1]);
      expect(await moves.status(plan.move)).toMatchObject([{ state: 'rolled-back' }]);
      expect(await end()).toMatchObject({ lost: 0 });
    },
  );

  it('that was rolled back is returned again where a change of it comes late', async () => {
    const { moves, plan, from, to, call, ApiId, linksOfRoutes } = await undone();
    const back = () => ended(moves.rollback(plan.move, { drainMs: MINUTE }));
    expect((await back()).result).toMatchObject({ state: 'rolled-back' });
    await expect(back()).rejects.toMatchObject({ code: 'MOVE_ENDED', details: { state: 'rolled-back' } });

    const [one] = call('apigatewayv2', 'GetIntegrations', { ApiId }).Items;
    call('apigatewayv2', 'UpdateIntegration', { ApiId, IntegrationId: one.IntegrationId, ConnectionId: to });
    expect(linksOfRoutes()).toEqual([to, to]);
    expect(await moves.status(plan.move)).toMatchObject([{ next: expect.stringContaining('returns it again') }]);
    expect((await back()).result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(linksOfRoutes()).toEqual([from, from]);
    expect(await moves.status(plan.move)).toMatchObject([{ state: 'rolled-back', next: 'nothing' }]);
  });

  it('ends with abort and finish, which keep where the routes are', async () => {
    const { moves, plan, from, third, linksOfRoutes, ApiId } = await undone();
    const finish = () => ended(moves.finish(plan.move, { wait: true }));
    const refused = await finish();
    expect(refused.result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }] });
    expect((await ended(moves.abort(plan.move))).result).toMatchObject({ state: 'aborted', onNew: [] });
    expect((await finish()).result).toMatchObject({ state: 'finished', failures: [], onNew: [] });
    expect(linksOfRoutes()).toEqual([from, from]);
    expect(await moves.status(plan.move)).toMatchObject([{ state: 'finished', units: [{ at: 'old' }] }]);
    // Another move of the gateway is not refused.
    const next = await moves.plan({ api: ApiId, from, to: third });
    const { result } = await ended(moves.run(next, { probe: false }));
    expect(result).toMatchObject({ state: 'draining', failures: [] });
  });

  it.runIf(PROVE)('ends with abort and finish also after a rollback that failed', async () => {
    const { moves, plan, simulation } = await undone();
    simulation.faults.add({ service: 'apigatewayv2', operation: 'GetRoutes', kind: 'deny' });
    const { result } = await ended(moves.rollback(plan.move, { drainMs: 0, force: true }));
    expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'PERMISSION_DENIED' }] });
    simulation.faults.clear();
    expect((await ended(moves.abort(plan.move))).result).toMatchObject({ state: 'aborted' });
    const { result: last } = await ended(moves.finish(plan.move, { wait: true }));
    expect(last).toMatchObject({ state: 'finished', failures: [] });
    expect(await moves.status(plan.move)).toMatchObject([{ state: 'finished' }]);
  });

  it('is not reported as draining by another run', async () => {
    const { moves, plan, from, linksOfRoutes, callGateway } = await undone();
    const { result } = await ended(moves.run(plan, { callGateway }));
    expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }], onNew: [] });
    expect(result.failures[0]?.message).toContain(`is on ${from}`);
    expect(linksOfRoutes()).toEqual([from, from]);
  });
});

describe('a move of a stage that a deployment by hand has undone', () => {
  it('ends with a rollback, which leaves what the stage serves', async () => {
    const shop = await restShop();
    const { simulation, restApiId, v2, rest, stage, drafts, methods, load } = shop;
    const before = drafts();
    const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
    const context = createContext({ clock: simulation.clock, random: () => 0.5 });
    const moves = new Moves({ driver, context, journal: memoryJournal() });
    const request = { restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' };
    const end = load();
    const { result: moved } = await ended(moves.run(await moves.plan(request), { pauseMs: 0 }));
    expect(moved).toMatchObject({ state: 'draining', failures: [] });
    for (const [index, at] of methods.entries()) {
      const { type, uri, connectionType, connectionId } = before[index] ?? {};
      rest('PutIntegration', { ...at, type, integrationHttpMethod: 'GET', uri, connectionType, connectionId });
    }
    rest('CreateDeployment', { stageName: 'prod', description: 'by hand' });
    const { deploymentId } = stage();
    await simulation.advance(MINUTE);
    expect(await moves.status()).toMatchObject([{ units: [{ at: 'old' }] }]);
    const { result } = await ended(moves.rollback(moved.move, { drainMs: MINUTE }));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [], onNew: [] });
    expect([stage()['deploymentId'], drafts()]).toEqual([deploymentId, before]);
    expect(await end()).toMatchObject({ lost: 0 });
  });
});
