import { createContext, memoryJournal, Moves, type MoveRequest } from '@postern/core';
import { describe, expect, it } from 'vitest';
import { aws } from '@postern/aws';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { machine } from '../runs/machine.js';
import { ended } from './scene.js';

const ROUTES = `{ 'GET /orders': t, 'GET /carts': t }`;

/** Two routes over one integration, and another link in a group that the load balancer does not admit. */
async function moving() {
  const shop = await httpShop({ routes: ROUTES });
  const { simulation, call, open, closed, ApiId, contextOf } = shop;
  await shop.run(0, open);
  const [from = ''] = shop.links();
  const SubnetIds = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from }).SubnetIds;
  const to: string = call('apigatewayv2', 'CreateVpcLink', {
    Name: 'other',
    SubnetIds,
    SecurityGroupIds: [closed],
  }).VpcLinkId;
  await simulation.advance(900_000);
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const moves = new Moves(driver, { context: contextOf(), journal: memoryJournal() });
  const request: MoveRequest = { api: ApiId, from, to };
  return { ...shop, moves, request, from, to };
}

describe('a move of routes of an HTTP API', () => {
  it('adds the rule that validation finds missing, moves, finishes, and loses no call', async () => {
    const { moves, request, to, load, linksOfRoutes, integrations, open } = await moving();
    const plan = await moves.plan(request, { manage: [open] });
    expect(plan.todos.map(({ message }) => message)).toEqual([]);
    expect(plan.undecided.map(({ message }) => message)).toEqual([]);
    expect(plan.widen.map(({ id }) => id)).toEqual([expect.stringContaining(`allow ingress tcp 80 from sg-`)]);
    expect(plan.units.map(({ unit }) => unit.routes)).toEqual([['GET /carts', 'GET /orders']]);
    const end = load('/orders', '/carts');
    const { result } = await ended(moves.run(plan, { finish: true, drainMs: 60_000 }));
    expect(result).toMatchObject({ state: 'finished', failures: [], usersOfOld: [] });
    expect(linksOfRoutes()).toEqual([to, to]);
    expect(integrations()).toBe(1);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('returns to the recorded integration, and removes its copy and the rule', async () => {
    const { moves, request, from, load, linksOfRoutes, integrations, open, call } = await moving();
    const rules = () => JSON.stringify(call('ec2', 'DescribeSecurityGroups', { GroupIds: [open] }).SecurityGroups);
    const before = rules();
    const plan = await moves.plan(request, { manage: [open] });
    const end = load('/orders', '/carts');
    const { result } = await ended(moves.run(plan));
    expect(result).toMatchObject({ state: 'draining' });
    expect(rules()).not.toBe(before);
    const returned = await ended(moves.rollback(result.move, { drainMs: 60_000 }));
    expect(returned.result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(linksOfRoutes()).toEqual([from, from]);
    expect([integrations(), rules()]).toEqual([1, before]);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('F4: what a process created that was killed while it prepared is removed by a rollback', async () => {
    const { simulation, request, from, linksOfRoutes, integrations, open } = await moving();
    const journal = memoryJournal();
    const worker = (killAfter?: string) => {
      const by = machine(simulation, { random: () => 0.5, journal, killAfter });
      const context = createContext({ clock: by.clock, random: by.random });
      const driver = aws({ region: REGION, clients: by.clients(REGION) });
      return { by, moves: new Moves(driver, { context, journal: by.journal }) };
    };
    const first = worker('CreateIntegration');
    const plan = await first.moves.plan(request, { manage: [open] });
    await Promise.race([ended(first.moves.run(plan)), first.by.killed]);
    expect(integrations()).toBe(2);
    const { result } = await ended(worker().moves.rollback(plan.move));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(integrations()).toBe(1);
    expect(linksOfRoutes()).toEqual([from, from]);
  });
});
