import { createHash } from 'node:crypto';
import {
  proveHandover,
  watchByCalls,
  type CallPinned,
  type HandoverPlan,
  type ProveHandoverOptions,
} from '../../../src/traditional/handover/internal.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { carryOut, CONSTANT, HOST, runWorld, type RunWorld } from './run-world.js';
import { SECRET } from './shop.js';

let world: RunWorld;
let empty: ReturnType<RunWorld['simulation']['world']>;
let built: typeof empty;
let plan: HandoverPlan;
beforeAll(async () => {
  world = await runWorld();
  empty = world.simulation.world();
  plan = await world.plan();
  await carryOut(world, plan);
  await world.simulation.advance(60_000);
  built = world.simulation.world();
});

/** The built target, as a change leaves it. */
function changed(change: () => void): RunWorld {
  world.simulation.load(built);
  change();
  return world;
}

/** What both gateways answer; a backend's answer without the address of the gateway, which it repeats here. */
const call: CallPinned = async ({ side, address, host, method, path, headers }) => {
  // The simulated classic service is found by its host alone.
  const pinned = side === 'target' ? { 'x-postern-address-of': address ?? '' } : {};
  const answer = await world.simulation.traffic.call({ host, method, path, headers: { ...headers, ...pinned } });
  const body = answer.body.startsWith('{')
    ? JSON.stringify([JSON.parse(answer.body).path, JSON.parse(answer.body).headers['x-tenant']])
    : answer.body;
  return {
    status: answer.status,
    headers: answer.status < 400 && !answer.body.startsWith('{') ? {} : (answer.headers as Record<string, string>),
    bodyHash: createHash('sha256').update(body).digest('hex'),
    latencyMs: 1,
  };
};

const prove = (more: Partial<ProveHandoverOptions> = {}, of = plan) =>
  proveHandover(of, world.driver, {
    context: { ...world.ctx, random: Math.random },
    call,
    now: () => Date.now(),
    ...more,
  });

const verdicts = async (more: Partial<ProveHandoverOptions> = {}) => {
  const proof = await prove(more);
  return Object.fromEntries(proof.stages.flatMap(({ routes }) => routes.map(({ key, code }) => [key, code])));
};

describe('the proof of a hand-over', () => {
  it('calls every route with the production host on both gateways, and leaves what changes something unknown', async () => {
    changed(() => undefined);
    const proof = await prove();
    expect(proof.stages[0]).toMatchObject({ stage: 'RELEASE', missing: [], services: [{ health: 'healthy' }] });
    expect(await verdicts()).toEqual({
      'GET /carts': 'PROVEN',
      'ANY /files/*': 'PROVEN',
      'POST /items': 'UNSAFE_METHOD',
      'GET /orders': 'PROVEN',
      'GET /orders/[id]': 'PROVEN',
      'GET /ping': 'PROVEN',
    });
    expect(proof.ready).toBe(false);
    expect(JSON.stringify(proof)).not.toMatch(new RegExp(`${SECRET}|${CONSTANT}`));
    const signed = proof.stages[0]?.routes.find(({ key }) => key === 'GET /orders');
    expect(signed).toMatchObject({ called: `GET ${HOST}/orders`, refusals: { noKey: 401, wrongSignature: 400 } });
  });

  it('is ready where the unknown is accepted', async () => {
    changed(() => undefined);
    expect(await prove({ accept: ['items'] })).toMatchObject({ ready: true });
    await expect(prove({ accept: ['none'] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it.each([
    ['no policy asks for a signature', 'Authentication', 'GET /orders', 'NOT_REFUSED'],
    ['a path is not rewritten', 'HttpRewrite', 'GET /carts', 'BODY_DIFFERS'],
    ['a header is not added', 'HeaderModify', 'GET /orders', 'BODY_DIFFERS'],
    ['a mock has no answer', 'DirectResponse', 'GET /ping', 'BODY_DIFFERS'],
  ])('fails where %s', async (_what, className, key, code) => {
    const { call: act } = changed(() => undefined);
    for (const { policyId, className: of } of act('APIG', 'ListPolicies', { pageSize: 100 }).items) {
      if (of === className) act('APIG', 'DeleteAndDetachPolicy', { policyId });
    }
    await world.simulation.advance(60_000);
    expect((await verdicts())[key]).toBe(code);
  });

  it('fails where a route is open that a plug-in guards on the classic side', async () => {
    changed(() => undefined);
    const stages = plan.stages.map((stage) => ({
      ...stage,
      routes: stage.routes.map((route) => (route.name === 'carts' ? { ...route, guard: 'basicAuth' as const } : route)),
    }));
    const { stages: proven } = await prove({ accept: ['carts'] }, { ...plan, stages });
    const carts = proven[0]?.routes.find(({ route }) => route === 'carts');
    expect(carts).toMatchObject({ verdict: 'failed', code: 'NOT_REFUSED' });
  });

  it('fails where a route is not published, and where the security group does not admit the gateway', async () => {
    const { call: act, gatewayId } = changed(() => undefined);
    const [api] = act('APIG', 'ListHttpApis', {}).items;
    const { httpApiId } = api.versionedHttpApis[0];
    const { items } = act('APIG', 'ListHttpApiRoutes', { httpApiId });
    act('APIG', 'UndeployHttpApi', {
      httpApiId,
      routeId: items.find(({ name }: { name: string }) => name === 'carts').routeId,
    });
    const [rule] = act('APIG', 'ListGatewayAuthorizedSecurityGroupRules', { gatewayId }).items;
    act('APIG', 'DeleteGatewaySecurityGroupRule', {
      gatewayId,
      securityGroupRuleId: rule.securityGroupRuleId,
      cascadingDelete: true,
    });
    await world.simulation.advance(60_000);
    const proof = await prove();
    expect(proof.stages[0]?.missing).toEqual([expect.stringMatching(/^rule /), 'publication carts']);
    expect(proof.stages[0]?.services).toMatchObject([{ health: 'unhealthy' }]);
    expect(await verdicts()).toMatchObject({ 'GET /carts': 'NOT_BUILT', 'GET /orders': 'STATUS_DIFFERS' });
  });

  it('asks as a browser does before it calls, of methods that are not sent, too', async () => {
    const { simulation, call: cloud, groupId, apis } = world;
    simulation.load(empty);
    const made = { PluginName: 'browsers', PluginType: 'cors', PluginData: 'allowOrigins: "*.example.com"\n' };
    const { PluginId } = cloud('CloudAPI', 'CreatePlugin', made);
    for (const ApiId of [apis.carts, apis.items])
      cloud('CloudAPI', 'AttachPlugin', { PluginId, GroupId: groupId, ApiId, StageName: 'RELEASE' });
    const own = await world.plan();
    await carryOut(world, own);
    await simulation.advance(60_000);
    const asked = async (how: CallPinned) => {
      const proof = await prove({ call: how }, own);
      const routes = proof.stages.flatMap(({ routes: all }) => all).map(({ key, code }) => [key, code]);
      const { 'GET /carts': carts, 'POST /items': items, 'GET /ping': ping } = Object.fromEntries(routes);
      return [carts, items, ping];
    };
    expect(await asked(call)).toEqual(['PROVEN', 'UNSAFE_METHOD', 'PROVEN']);
    // An engine that has no route for the question.
    const unasked: CallPinned = async (one, signal) =>
      one.side === 'target' && one.method === 'OPTIONS'
        ? { status: 404, headers: {}, bodyHash: '', latencyMs: 1 }
        : call(one, signal);
    expect(await asked(unasked)).toEqual(['PREFLIGHT_DIFFERS', 'PREFLIGHT_DIFFERS', 'PROVEN']);
  });
});

describe('the proof, repeated as a witness of a switch', () => {
  /** Calls of a path that are not answered on the target. */
  const unanswered =
    (times: number): CallPinned =>
    (pinned, signal) =>
      pinned.side === 'target' && pinned.path === '/ping' && (times -= 1) >= 0
        ? Promise.reject(new Error('connection reset'))
        : call(pinned, signal);

  it.each([
    ['does not count what is answered the second time', 1, 0, []],
    ['counts and names what is never answered', 9, 0.2, [expect.stringMatching(/^GET \/ping: .* gives no answer/)]],
  ])('%s', async (_what, times, errorShare, failing) => {
    changed(() => undefined);
    const tools = { context: { ...world.ctx, random: Math.random }, now: () => Date.now() };
    const watch = watchByCalls(plan, world.driver, await prove(), { ...tools, call: unanswered(times) });
    const at = { stage: 'RELEASE', gatewayId: 'gw', share: 1, overMs: 60_000 };
    expect((await watch(at)).target).toEqual({ errorShare, failing });
  });
});
