import { createContext, memoryJournal, type Journal } from '@postern/core/internal/library';
import { Moves, type MoveRequest } from '@postern/core/internal/moves';
import { describe, expect, it } from 'vitest';
import { PROVE, sample } from '../../../core/test/runs.js';
import { aws } from '@postern/aws';
import { httpShop } from '../../../aws/test/world/http-shop.js';
import { REGION } from '../../../aws/test/world/simulated.js';
import { machine } from '../runs/machine.js';
import type { Simulation } from '../../src/index.js';
import { ended } from './scene.js';

const ROUTES = `{ 'GET /orders': t, 'GET /carts': t }`;

/** Two routes over one integration, and another link in a group that the load balancer does not admit. */
async function moving() {
  const shop = await httpShop({ routes: ROUTES });
  const { simulation, call, open, closed, ApiId, contextOf } = shop;
  await shop.run(0, open);
  const [from = ''] = shop.links();
  const SubnetIds = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from }).SubnetIds;
  const other = { Name: 'other', SubnetIds, SecurityGroupIds: [closed] };
  const to: string = call('apigatewayv2', 'CreateVpcLink', other).VpcLinkId;
  await simulation.advance(900_000);
  const driver = aws({ region: REGION, clients: simulation.clients(REGION) });
  const moves = new Moves({ driver, context: contextOf(), journal: memoryJournal() });
  const request: MoveRequest = { api: ApiId, from, to };
  return { ...shop, moves, request, from, to };
}

/** Processes that move things, each with one journal, or with a journal of its own. */
const workersOf = (simulation: Simulation, journal?: Journal) => (killAfter?: string) => {
  const by = machine(simulation, { random: () => 0.5, journal, killAfter });
  const context = createContext({ clock: by.clock, random: by.random });
  const driver = aws({ region: REGION, clients: by.clients(REGION) });
  return { by, moves: new Moves({ driver, context, journal: by.journal }) };
};

describe('a move of routes of an HTTP API', () => {
  it.runIf(PROVE)('adds the rule that validation finds missing, moves, finishes, and loses no call', async () => {
    const { moves, request, to, load, linksOfRoutes, integrations, open, callGateway, keys } = await moving();
    const plan = await moves.plan(request, { manage: [open] });
    expect(plan.todos.map(({ message }) => message)).toEqual([]);
    expect(plan.undecided.map(({ message }) => message)).toEqual([]);
    expect(plan.widen.map(({ id }) => id)).toEqual([expect.stringContaining(`allow ingress tcp 80 from sg-`)]);
    expect(plan.units.map(({ unit }) => unit.routes)).toEqual([['GET /carts', 'GET /orders']]);
    const end = load('/orders', '/carts');
    const { result } = await ended(moves.run(plan, { finish: true, drainMs: 60_000, callGateway }));
    expect(result).toMatchObject({ state: 'finished', failures: [], usersOfOld: [] });
    expect(linksOfRoutes()).toEqual([to, to]);
    expect(integrations()).toBe(1);
    expect(await end()).toMatchObject({ lost: 0, done: true });
    expect(keys().toSorted()).toEqual(['GET /carts', 'GET /orders']);
  });

  it('returns to the recorded integration, and removes its copy and the rule', async () => {
    const { moves, request, from, load, linksOfRoutes, integrations, open, call, callGateway } = await moving();
    const rules = () => JSON.stringify(call('ec2', 'DescribeSecurityGroups', { GroupIds: [open] }).SecurityGroups);
    const before = rules();
    const plan = await moves.plan(request, { manage: [open] });
    const end = load('/orders', '/carts');
    const { result } = await ended(moves.run(plan, { callGateway }));
    expect(result).toMatchObject({ state: 'draining' });
    expect(rules()).not.toBe(before);
    const returned = await ended(moves.rollback(result.move, { drainMs: 60_000 }));
    expect(returned.result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(linksOfRoutes()).toEqual([from, from]);
    expect([integrations(), rules()]).toEqual([1, before]);
    expect(await end()).toMatchObject({ lost: 0, done: true });
  });

  it('tests the new link by a temporary route: a backend that it does not reach stops the move', async () => {
    const { moves, request, from, to, open, call, linksOfRoutes, keys, integrations, callGateway } = await moving();
    const plan = await moves.plan(request, { manage: [open] });
    expect(plan.units.flatMap(({ probes }) => probes.map(({ id }) => id))).toEqual([`orders:80 by HTTP from ${to}`]);
    const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
    const GroupId = call('apigatewayv2', 'GetVpcLink', { VpcLinkId: to }).SecurityGroupIds[0];
    let tested: readonly string[] = [];
    const during: typeof callGateway = (asked, signal) => {
      tested = keys();
      call('ec2', 'RevokeSecurityGroupEgress', { GroupId, IpPermissions });
      return callGateway(asked, signal);
    };
    const { result } = await ended(moves.run(plan, { callGateway: during }));
    expect(result).toMatchObject({ state: 'rolled-back', onNew: [], failures: [{ code: 'PROBE_FAILED' }] });
    expect(tested).toContainEqual(expect.stringMatching(/^GET \/postern-probe-[0-9a-f]{32}$/));
    expect([keys().toSorted(), integrations()]).toEqual([['GET /carts', 'GET /orders'], 1]);
    expect(linksOfRoutes()).toEqual([from, from]);
  });

  it.runIf(PROVE)('does not go on where the test shows nothing, unless that is accepted', async () => {
    const { moves, request, open, to, callGateway } = await moving();
    const plan = await moves.plan(request, { manage: [open] });
    expect(() => moves.run(plan)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    const silent: typeof callGateway = () => Promise.reject(new Error('no route to host'));
    const { result } = await ended(moves.run(plan, { callGateway: silent }));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [{ code: 'FINDINGS_FAILED' }] });
    expect(result.failures[0]?.message).toContain(`migrate/probe: cannot be determined: whether ${to} reaches`);
    const subject = plan.units[0]?.probes[0]?.subject ?? '';
    const accept = [{ check: 'migrate/probe', subject }];
    const again = await ended(moves.run(plan, { callGateway: silent, accept }));
    expect(again.result).toMatchObject({ state: 'draining', failures: [] });
  });

  it.runIf(PROVE)('names what no temporary route can test: it must be accepted before the move', async () => {
    const { moves, request, open, call, ApiId } = await moving();
    for (const { RouteId } of call('apigatewayv2', 'GetRoutes', { ApiId }).Items) {
      call('apigatewayv2', 'UpdateRoute', { ApiId, RouteId, AuthorizationType: 'AWS_IAM' });
    }
    const plan = await moves.plan(request, { manage: [open] });
    expect(plan.undecided).toMatchObject([
      { check: 'migrate/probe', message: expect.stringContaining('its callers must be authorized') },
    ]);
    const accepted = await moves.plan(request, { manage: [open], accept: [{ check: 'migrate/probe' }] });
    expect(accepted.undecided).toEqual([]);
    const { result } = await ended(moves.run(accepted, { accept: [{ check: 'migrate/probe' }] }));
    expect(result).toMatchObject({ state: 'draining', failures: [] });
  });

  it.each(sample(['run', 'rollback', 'abort'], 3))(
    '%s deletes the temporary route of a process that was killed',
    async (does) => {
      const { simulation, request, open, keys, integrations, callGateway } = await moving();
      const worker = workersOf(simulation, memoryJournal());
      const first = worker('CreateRoute');
      const plan = await first.moves.plan(request, { manage: [open] });
      await Promise.race([ended(first.moves.run(plan, { callGateway })), first.by.killed]);
      expect(keys()).toContainEqual(expect.stringContaining('postern-probe'));
      const { moves } = worker();
      const how = { callGateway, finish: true, drainMs: 0, pauseMs: 0 };
      const { result } = await ended(does === 'run' ? moves.run(plan, how) : moves[does](plan.move));
      expect(result).toMatchObject({ state: does === 'run' ? 'finished' : 'rolled-back', failures: [] });
      expect([keys().toSorted(), integrations()]).toEqual([['GET /carts', 'GET /orders'], 1]);
    },
  );

  it.each(sample(['run', 'rollback'], 2))(
    '%s on another machine deletes the temporary route of a process that was killed',
    async (does) => {
      const { simulation, request, open, keys, integrations, callGateway } = await moving();
      const worker = workersOf(simulation);
      const first = worker('CreateRoute');
      const plan = await first.moves.plan(request, { manage: [open], capture: true });
      await Promise.race([ended(first.moves.run(plan, { callGateway })), first.by.killed]);
      expect(keys()).toContainEqual(expect.stringContaining('postern-probe'));
      await simulation.advance(900_000);
      const { moves } = worker();
      const how = { callGateway, finish: true, drainMs: 0, pauseMs: 0 };
      const { result } = await ended(does === 'run' ? moves.run(plan, how) : moves.rollback(plan, { drainMs: 0 }));
      expect(result).toMatchObject({ state: does === 'run' ? 'finished' : 'rolled-back', failures: [] });
      expect([keys().toSorted(), integrations()]).toEqual([['GET /carts', 'GET /orders'], 1]);
    },
  );

  it.each(sample([true, false], 2))(
    'finish of the move back removes the rule that the move added; the integration has a mark: %s',
    async (hasMark) => {
      const { moves, request, from, to, open, call, ApiId, callGateway, integrations } = await moving();
      if (!hasMark) {
        const [{ IntegrationId }] = call('apigatewayv2', 'GetIntegrations', { ApiId }).Items;
        call('apigatewayv2', 'UpdateIntegration', { ApiId, IntegrationId, Description: '' });
      }
      const rules = () => JSON.stringify(call('ec2', 'DescribeSecurityGroups', { GroupIds: [open] }).SecurityGroups);
      const before = rules();
      const how = { callGateway, finish: true, drainMs: 60_000 };
      const { result } = await ended(moves.run(await moves.plan(request, { manage: [open] }), how));
      expect(result).toMatchObject({ state: 'finished', failures: [] });
      expect(rules()).not.toBe(before);
      const plan = await moves.plan({ ...request, from: to, to: from }, { manage: [open] });
      const { result: back } = await ended(moves.run(plan, how));
      expect(back).toMatchObject({ state: 'finished', failures: [], usersOfOld: [], notes: [] });
      expect(rules()).toBe(before);
      expect(integrations()).toBe(hasMark ? 1 : 2);
    },
  );

  it.each([
    ['an API that does not exist', { api: 'nothere' }, 'NOT_FOUND'],
    ['a link that does not exist', { to: 'nothere' }, 'NOT_FOUND'],
    ['one link as both ends', { to: 'from' }, 'INVALID_INPUT'],
    ['a route that does not exist', { route: 'GET /nothere' }, 'NOT_FOUND'],
    ['a V1 link', { to: 'v1' }, 'WRONG_KIND'],
  ])('is refused for %s', async (_, change, code) => {
    const { moves, request, from, call, simulation } = await moving();
    const { LoadBalancers } = call('elasticloadbalancingv2', 'DescribeLoadBalancers');
    const network = {
      Name: 'net',
      Type: 'network',
      Scheme: 'internal',
      Subnets: [LoadBalancers[0].AvailabilityZones[0].SubnetId],
    };
    const [nlb] = call('elasticloadbalancingv2', 'CreateLoadBalancer', network).LoadBalancers;
    await simulation.advance(600_000);
    const v1: string = call('apigateway', 'CreateVpcLink', { name: 'one', targetArns: [nlb.LoadBalancerArn] }).id;
    await simulation.advance(600_000);
    const ends: Readonly<Record<string, string>> = { from, v1 };
    const named = Object.entries(change).map(([key, value]) => [key, ends[value] ?? value]);
    const wrong = { ...request, ...Object.fromEntries(named) } as MoveRequest;
    await expect(moves.plan(wrong)).rejects.toMatchObject({ code });
  });

  it.runIf(PROVE)('what a process created that was killed while it prepared is removed by a rollback', async () => {
    const { simulation, request, from, linksOfRoutes, integrations, open, callGateway } = await moving();
    const worker = workersOf(simulation, memoryJournal());
    const first = worker('CreateIntegration');
    const plan = await first.moves.plan(request, { manage: [open] });
    await Promise.race([ended(first.moves.run(plan, { callGateway, probe: false })), first.by.killed]);
    expect(integrations()).toBe(2);
    const { result } = await ended(worker().moves.rollback(plan.move));
    expect(result).toMatchObject({ state: 'rolled-back', failures: [] });
    expect(integrations()).toBe(1);
    expect(linksOfRoutes()).toEqual([from, from]);
  });
});
