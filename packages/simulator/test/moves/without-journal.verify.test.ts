import { aws } from '@postern/aws';
import { createContext, memoryJournal } from '@postern/core/internal/library';
import { Moves, type MovePlan } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { contextOf } from '../../../aws/test/world/killed-move.js';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { machine } from '../runs/machine.js';
import { assume, ended, movingShop, worker } from './scene.js';

/** A plan as a file keeps it. */
const saved = (plan: MovePlan): MovePlan => JSON.parse(JSON.stringify(plan)) as MovePlan;

describe('a move that is rolled back by its saved plan on another machine', () => {
  it('returns an API group with its HTTPS policy', async () => {
    const shop = await movingShop();
    shop.by('CloudAPI', 'ModifyApiGroupNetworkPolicy', { GroupId: shop.groupId, HttpsPolicy: 'HTTPS1_1_TLS1_0' });
    const { on, httpsPolicy } = shop.state() as { readonly on: string; readonly httpsPolicy: string };
    const { moves } = worker(shop);
    const how = { assume, manage: [shop.serverGroup] };
    const plan = await moves.plan(shop.request, { ...how, capture: true });
    await ended(moves.run(plan, { assume, pauseMs: 0 }));
    await shop.sim.advance(21 * 86_400_000);
    const other = worker(shop);
    await expect(ended(other.moves.rollback(plan.move))).rejects.toMatchObject({ code: 'MOVE_ENDED' });
    const { result } = await ended(other.moves.rollback(saved(plan), { drainMs: 600_000, assume }));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(shop.state()).toMatchObject({ on, httpsPolicy });
  });

  it('refuses a plan without the state before the move', async () => {
    const shop = await movingShop();
    const { moves } = worker(shop);
    const plan = await moves.plan(shop.request, { assume, manage: [shop.serverGroup] });
    await expect(ended(worker(shop).moves.rollback(saved(plan)))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('does not have the state of shop'),
    });
  });

  it.each([undefined, 'UpdateRoute'])(
    'returns routes of an HTTP API; a process killed at %s is continued',
    async (at) => {
      const shop = await httpShop({ routes: `{ 'GET /orders': t, 'GET /carts': t }` });
      const { simulation, call, open, ApiId, callGateway, linksOfRoutes, integrations } = shop;
      await shop.run(0, open);
      const [from = ''] = shop.links();
      const { SubnetIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
      const link = { Name: 'other', SubnetIds, SecurityGroupIds: [open] };
      const to: string = call('apigatewayv2', 'CreateVpcLink', link).VpcLinkId;
      await simulation.advance(900_000);
      const mover = (killAfter?: string, journal = memoryJournal()) => {
        const by = machine(simulation, { random: () => 0.5, journal, killAfter });
        const driver = aws({ region: REGION, clients: by.clients(REGION) });
        const context = createContext({ clock: by.clock, random: by.random });
        return { by, moves: new Moves({ driver, context, journal: by.journal }) };
      };
      const { moves } = mover();
      const plan = await moves.plan({ api: ApiId, from, to }, { capture: true });
      await ended(moves.run(plan, { callGateway, pauseMs: 0 }));
      expect(linksOfRoutes()).toEqual([to, to]);
      const journal = memoryJournal();
      if (at !== undefined) {
        const killed = mover(at, journal);
        await Promise.race([ended(killed.moves.rollback(saved(plan), { drainMs: 0 })), killed.by.killed]);
      }
      const { result } = await ended(mover(undefined, journal).moves.rollback(saved(plan), { drainMs: 0 }));
      expect(result).toMatchObject({ state: 'rolled-back', failures: [] });
      expect([linksOfRoutes(), integrations()]).toEqual([[from, from], 1]);
    },
  );

  it('returns a stage of a REST API', async () => {
    const { simulation, restApiId, v2, stage, drafts, deployments } = await restShop();
    const mover = () => {
      const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
      return new Moves({ driver, context: contextOf(simulation), journal: memoryJournal() });
    };
    const before = [stage()['deploymentId'], drafts()];
    const request = { restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' };
    const moves = mover();
    const plan = await moves.plan(request, { capture: true });
    await ended(moves.run(plan, { pauseMs: 0 }));
    expect(stage()['deploymentId']).not.toBe(before[0]);
    const { result } = await ended(mover().rollback(saved(plan), { drainMs: 0 }));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect([stage()['deploymentId'], drafts()]).toEqual(before);
    expect(deployments()).toHaveLength(1);
  });

  it.each([
    ['serves a third deployment that leads elsewhere', () => undefined],
    ['serves a third deployment that leads elsewhere, and the one of the move was deleted', deleteMoved],
  ])('changes nothing where the stage %s', async (_, also) => {
    const world = await restShop();
    const { simulation, restApiId, v2, rest, stage, drafts, deployments } = world;
    const journal = memoryJournal();
    const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
    const moves = new Moves({ driver, context: contextOf(simulation), journal });
    const request = { restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' };
    const plan = await moves.plan(request, { capture: true });
    const old = drafts();
    await ended(moves.run(plan, { pauseMs: 0 }));
    const moved: string = stage()['deploymentId'];
    // The working copy uses the old link, as an earlier return left it, and another path; then it is deployed by hand.
    for (const [index, at] of world.methods.entries()) {
      const { type, uri, connectionType, connectionId } = old[index] ?? {};
      const other = `${uri}/v2`;
      rest('PutIntegration', { ...at, type, integrationHttpMethod: 'GET', uri: other, connectionType, connectionId });
    }
    rest('CreateDeployment', { stageName: 'prod', description: 'by hand' });
    also(world, moved);
    const before = [stage(), drafts(), deployments()];
    const made = simulation.journal().length;
    const other = new Moves({ driver, context: contextOf(simulation), journal: memoryJournal() });
    const { result } = await ended(other.rollback(saved(plan), { drainMs: 0, force: true }));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [], onNew: [], onOld: [] });
    expect(result.elsewhere).toEqual([plan.units[0]?.unit.id]);
    expect(result.notes).toEqual([expect.stringContaining(`stage prod: deployment ${stage()['deploymentId']}`)]);
    expect([stage(), drafts(), deployments()]).toEqual(before);
    const calls = simulation.journal().slice(made);
    expect(calls.map(({ operation }) => operation).filter((one) => !/^(?:Get|Describe)/.test(one))).toEqual([]);
  });
});

/** The stage does not serve it any more, so that it can be deleted. */
function deleteMoved({ rest }: Awaited<ReturnType<typeof restShop>>, deploymentId: string): void {
  rest('DeleteDeployment', { deploymentId });
}
