import { aws } from '@postern/aws';
import { createContext, memoryJournal } from '@postern/core/internal/library';
import { Moves, type MoveEvent } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { sample } from '../../../core/test/runs.js';
import { restShop } from '../../../aws/test/rest-apis/rest-shop.js';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { during, ended, MINUTE } from './scene.js';

/** Two routes of one integration, and two of their own, about to move to another link. */
async function http() {
  const shop = await httpShop({ routes: `{ 'GET /orders': t, 'GET /carts': t }` });
  const { simulation, call, open, ApiId, callGateway } = shop;
  await shop.run(0, open);
  const [from = ''] = shop.links();
  const api = (operation: string, input: object = {}): any => call('apigatewayv2', operation, { ApiId, ...input });
  const [{ IntegrationUri }] = api('GetIntegrations').Items;
  for (const key of ['GET /more', 'GET /most']) {
    const by = { IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'ANY', PayloadFormatVersion: '1.0' };
    const over = { ConnectionType: 'VPC_LINK', ConnectionId: from, IntegrationUri, Description: key };
    const { IntegrationId } = api('CreateIntegration', { ...by, ...over });
    api('CreateRoute', { RouteKey: key, Target: `integrations/${IntegrationId}` });
  }
  const { SubnetIds } = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
  const other = { Name: 'other', SubnetIds, SecurityGroupIds: [open] };
  const to: string = call('apigatewayv2', 'CreateVpcLink', other).VpcLinkId;
  await simulation.advance(15 * MINUTE);
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const context = createContext({ clock: simulation.clock, random: () => 0.5 });
  const moves = new Moves({ driver, context, journal: memoryJournal() });
  const plan = await moves.plan({ api: ApiId, from, to });
  const run = () => moves.run(plan, { callGateway, batch: 1, pauseMs: 1_000, drainMs: MINUTE });
  const idOf = (key: string): string => api('GetRoutes').Items.find((one: any) => one.RouteKey === key)?.RouteId;
  const linkOf = (key: string): string | undefined => {
    const { Target = '' } = api('GetRoutes').Items.find((one: any) => one.RouteKey === key) ?? {};
    return api('GetIntegrations').Items.find((one: any) => `integrations/${one.IntegrationId}` === Target)
      ?.ConnectionId;
  };
  const remove = (key: string): void => void api('DeleteRoute', { RouteId: idOf(key) });
  return { ...shop, api, from, to, moves, plan, run, linkOf, remove };
}

type World = Awaited<ReturnType<typeof http>>;

const inPhase =
  (phase: string) =>
  (event: MoveEvent): boolean =>
    event.type === 'move.phase' && event.phase === phase;

describe('a route that others delete while its API moves', () => {
  it.each(sample(['probe', 'switch', 'drain'], 3))('in phase %s is named once, and the others move', async (phase) => {
    const { moves, plan, run, linkOf, remove, to, load, api } = await http();
    const end = load('/carts', '/most');
    const result = await during(run(), inPhase(phase), () => {
      remove('GET /orders');
      remove('GET /more');
    });
    expect(result).toMatchObject({ state: 'draining', failures: [], onOld: [] });
    expect(['GET /carts', 'GET /most'].map(linkOf)).toEqual([to, to]);
    const finished = await ended(moves.finish(plan.move, { wait: true }));
    expect(finished.result).toMatchObject({ state: 'finished', failures: [], onOld: [] });
    expect(finished.result.elsewhere).toHaveLength(1);
    for (const key of ['GET /orders', 'GET /more']) {
      expect(finished.result.notes.filter((note) => note.includes(key))).toHaveLength(1);
    }
    expect(api('GetRoutes').Items.filter((one: any) => one.RouteKey.includes('postern-probe'))).toEqual([]);
    expect(await end()).toMatchObject({ lost: 0 });
  });

  it('after the move does not hold up the return of the others', async () => {
    const { moves, plan, run, linkOf, remove, from, load } = await http();
    await ended(run());
    const end = load('/carts', '/most');
    remove('GET /orders');
    remove('GET /more');
    const { result } = await ended(moves.rollback(plan.move, { drainMs: MINUTE }));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [], onNew: [] });
    expect(['GET /carts', 'GET /most'].map(linkOf)).toEqual([from, from]);
    expect(await end()).toMatchObject({ lost: 0 });
  });
});

describe('an API that others delete', () => {
  const remove = ({ api }: World): void => void api('DeleteApi');

  it.each(sample(['probe', 'switch', 'drain'], 3))('in phase %s ends its move', async (phase) => {
    const world = await http();
    const { moves, plan, run } = world;
    const result = await during(run(), inPhase(phase), () => remove(world));
    const isOver = result.state === 'rolled-back';
    if (!isOver) {
      const { result: last } = await ended(
        phase === 'drain' ? moves.finish(plan.move, { wait: true }) : moves.abort(plan.move),
      );
      expect(last).toMatchObject({ state: phase === 'drain' ? 'finished' : 'rolled-back', failures: [] });
    }
    const [status] = await moves.status(plan.move);
    expect(status?.units.map(({ at }) => at)).toEqual(plan.units.map(() => 'elsewhere'));
  });

  it.each(['finish', 'rollback', 'abort'] as const)('after its move does not hold up %s', async (command) => {
    const world = await http();
    const { moves, plan, run } = world;
    await ended(run());
    remove(world);
    const { result } = await ended(
      command === 'finish'
        ? moves.finish(plan.move, { wait: true })
        : command === 'abort'
          ? moves.abort(plan.move)
          : moves.rollback(plan.move, { drainMs: 0 }),
    );
    expect(result).toMatchObject({ failures: [], onNew: [], onOld: [] });
    expect(result.state).toBe({ finish: 'finished', rollback: 'rolled-back', abort: 'aborted' }[command]);
  });
});

describe('a link that others delete', () => {
  it('before the switch stops the move, and nothing is sent to it', async () => {
    const { run, api, to, from, linkOf, load } = await http();
    const end = load('/carts', '/most');
    const result = await during(run(), inPhase('switch'), () => {
      for (const { IntegrationId, ConnectionId } of api('GetIntegrations').Items) {
        if (ConnectionId === to) api('DeleteIntegration', { IntegrationId });
      }
      api('DeleteVpcLink', { VpcLinkId: to });
    });
    expect(result.state).toBe('rolled-back');
    expect(result.failures[0]).toMatchObject({ code: 'WORLD_MOVED', message: expect.stringContaining(to) });
    expect(['GET /carts', 'GET /most'].map(linkOf)).toEqual([from, from]);
    expect(await end()).toMatchObject({ lost: 0 });
  });

  it('after the move, the old one, refuses a return without a lost call; abort and finish end it', async () => {
    const { moves, plan, run, api, from, to, linkOf, load, simulation } = await http();
    await ended(run());
    await simulation.advance(5 * MINUTE);
    const end = load('/carts', '/most');
    for (const { IntegrationId, ConnectionId } of api('GetIntegrations').Items) {
      if (ConnectionId === from) api('DeleteIntegration', { IntegrationId });
    }
    api('DeleteVpcLink', { VpcLinkId: from });
    await simulation.advance(5 * MINUTE);
    const { result } = await ended(moves.rollback(plan.move, { drainMs: 0, force: true }));
    expect(result).toMatchObject({ state: 'failed', failures: [{ code: 'WORLD_MOVED' }, {}, {}] });
    expect(['GET /carts', 'GET /most'].map(linkOf)).toEqual([to, to]);
    expect((await ended(moves.abort(plan.move))).result).toMatchObject({ state: 'aborted' });
    const finished = await ended(moves.finish(plan.move, { wait: true }));
    expect(finished.result).toMatchObject({ state: 'finished', failures: [], onOld: [] });
    expect(await end()).toMatchObject({ lost: 0 });
  });
});

describe('a REST API, or its stage, that others delete', () => {
  it.each(sample(['DeleteRestApi', 'DeleteStage'], 2))('%s: every command ends', async (operation) => {
    for (const command of ['finish', 'rollback', 'abort', 'run'] as const) {
      const { simulation, restApiId, v2, rest } = await restShop();
      const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
      const context = createContext({ clock: simulation.clock, random: () => 0.5 });
      const moves = new Moves({ driver, context, journal: memoryJournal() });
      const request = { restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' };
      const plan = await moves.plan(request);
      await ended(moves.run(plan, { pauseMs: 0 }));
      rest(operation, operation === 'DeleteStage' ? { stageName: 'prod' } : {});
      const { result } = await ended(
        command === 'finish'
          ? moves.finish(plan.move, { wait: true })
          : command === 'abort'
            ? moves.abort(plan.move)
            : command === 'run'
              ? moves.run(plan, {})
              : moves.rollback(plan.move, { drainMs: 0 }),
      );
      const state = { finish: 'finished', rollback: 'rolled-back', abort: 'aborted', run: 'draining' }[command];
      expect(result).toMatchObject({ state, failures: [], onNew: [], onOld: [] });
      expect(result.notes).toEqual([expect.stringContaining('does not exist')]);
    }
  });

  it.each(sample(['DeleteRestApi', 'DeleteStage'], 2))('%s before the switch: the move ends', async (operation) => {
    const { simulation, restApiId, v2, rest } = await restShop();
    const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
    const context = createContext({ clock: simulation.clock, random: () => 0.5 });
    const moves = new Moves({ driver, context, journal: memoryJournal() });
    const plan = await moves.plan({ restApi: restApiId, stage: 'prod', to: v2, targetBalancer: 'orders-alb' });
    const isPrepared = (event: MoveEvent): boolean => event.type === 'step.started' && event.kind === 'probe';
    const result = await during(moves.run(plan, { pauseMs: 0, drainMs: 0 }), isPrepared, () =>
      rest(operation, operation === 'DeleteStage' ? { stageName: 'prod' } : {}),
    );
    const { result: last } = result.state === 'rolled-back' ? { result } : await ended(moves.abort(plan.move));
    expect(last).toMatchObject({ state: 'rolled-back', onNew: [], onOld: [] });
  });
});
