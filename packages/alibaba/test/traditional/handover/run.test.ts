import { beforeAll, describe, expect, it } from 'vitest';
import { signCall } from '../../../src/traditional/handover/driver/target/evidence.js';
import { SECRET } from './shop.js';
import { carryOut, CONSTANT, HOST, runWorld, targetOf, type RunWorld } from './run-world.js';

let world: RunWorld;
let before: ReturnType<RunWorld['simulation']['world']>;
beforeAll(async () => {
  world = await runWorld();
  before = world.simulation.world();
});

/** The world before anything was built. */
function fresh(): RunWorld {
  world.simulation.load(before);
  return world;
}

const CALLS = [
  ['GET', '/carts'],
  ['PUT', '/files/a/b'],
  ['GET', '/ping'],
  ['POST', '/items'],
  ['GET', '/orders'],
  ['GET', '/orders/7'],
] as const;

/** What both gateways answer to a call; the backend's answer without what names the gateway. */
async function answers({ simulation, gatewayId }: RunWorld, method: string, path: string, signs: boolean) {
  const signed = signs
    ? signCall({ method, path, key: '204000001', secret: SECRET, at: Date.now(), nonce: `${method}${path}` })
    : {};
  const ask = async (more: object) => {
    const { status, body } = await simulation.traffic.call({
      host: HOST,
      path,
      method,
      headers: { ...signed, ...more },
    });
    if (!body.startsWith('{')) return { status, body };
    const { path: sent, method: by, headers } = JSON.parse(body) as Record<string, any>;
    return { status, path: sent, method: by, tenant: headers['x-tenant'] };
  };
  return { classic: await ask({}), target: await ask({ 'x-postern-address-of': gatewayId }) };
}

describe('a run of a hand-over', () => {
  it('builds, publishes and authorizes everything, and every route answers as before', async () => {
    const { gatewayId } = fresh();
    const plan = await world.plan();
    const { result, events } = await carryOut(world, plan);
    expect(result).toMatchObject({
      state: 'built',
      failures: [],
      notes: [],
      stages: [{ stage: 'RELEASE', complete: true }],
    });
    expect(result.stages[0]?.objects.find(({ kind }) => kind === 'gateway')).toMatchObject({
      id: gatewayId,
      created: false,
    });
    expect(events.map(({ type }) => type).filter((type) => type === 'step.failed')).toEqual([]);
    await world.simulation.advance(60_000); // until the gateway has the last authorization
    for (const [method, path] of CALLS) {
      const { classic, target } = await answers(world, method, path, path.startsWith('/orders'));
      expect(classic.status, path).toBe(200);
      expect(target, path).toEqual(classic);
    }
    expect((await answers(world, 'GET', '/orders', false)).target.status).toBe(401);
  });

  it('changes nothing of the classic service, and no DNS; secrets are in no journal, event or result', async () => {
    const { simulation } = fresh();
    const plan = await world.plan();
    const from = simulation.journal().length;
    const { result, events, journal } = await carryOut(world, plan);
    const writes = simulation
      .journal()
      .slice(from)
      .filter(({ operation }) => !/^(?:Describe|Get|List|Query)/.test(operation));
    expect(new Set(writes.map(({ service }) => service))).toEqual(new Set(['apig']));
    const shown = JSON.stringify([plan, result, events, await journal.read()]);
    expect(shown).not.toContain(SECRET);
    expect(shown).not.toContain(CONSTANT);
  });

  it('shows no secret where the service repeats it in a refusal', async () => {
    const { simulation } = fresh();
    const plan = await world.plan();
    simulation.faults.add({
      service: 'apig',
      operation: 'CreateConsumer',
      kind: 'error',
      status: 400,
      code: 'InvalidParameter',
      message: `sk: ${SECRET} is too short`,
    } as never);
    const { result, events, journal } = await carryOut(world, plan);
    expect(result).toMatchObject({ state: 'failed', failures: [{ step: 'consumer webshop' }] });
    expect(JSON.stringify([result, events, await journal.read()])).not.toContain(SECRET);
    simulation.faults.clear();
  });

  it('finds everything again and creates nothing', async () => {
    const { simulation } = fresh();
    const plan = await world.plan();
    await carryOut(world, plan);
    await simulation.advance(60_000);
    const from = simulation.journal().length;
    const { result } = await carryOut(world, plan);
    expect(result.state).toBe('built');
    expect(result.stages[0]?.objects.filter(({ created }) => created)).toEqual([]);
    expect(world.cloud.calledSince(from).filter((one) => /^(?:Create|Add|Deploy|Update)/.test(one))).toEqual([]);
  });

  it.each([
    ['a policy that was edited', 'policy', 'WORLD_MOVED'],
    ['a route of another owner', 'route', 'ALREADY_EXISTS'],
  ])('refuses %s', async (_what, kind, code) => {
    const { simulation, call } = fresh();
    const plan = await world.plan();
    await carryOut(world, plan);
    await simulation.advance(60_000);
    if (kind === 'policy') {
      const [row] = call('APIG', 'ListPolicies', {}).items.filter((one: any) => one.className === 'Timeout');
      call('APIG', 'UpdatePolicy', { policyId: row.policyId, config: '{"unitNum":1,"timeUnit":"s","enable":true}' });
    } else {
      const [api] = call('APIG', 'ListHttpApis', {}).items;
      const { httpApiId } = api.versionedHttpApis[0];
      const [route] = call('APIG', 'ListHttpApiRoutes', { httpApiId }).items;
      call('APIG', 'UpdateHttpApiRoute', { httpApiId, routeId: route.routeId, description: 'by hand' });
    }
    const { result } = await carryOut(world, plan);
    expect(result).toMatchObject({ state: 'failed', failures: [{ step: expect.stringContaining(kind), code }] });
  });

  it('buys a gateway only with consent, and once', async () => {
    const { simulation, subnetIds, call } = fresh();
    const plan = await world.plan({ targets: [], purchase: { vSwitchIds: subnetIds } });
    expect((await carryOut(world, plan)).result.failures).toMatchObject([{ code: 'PURCHASE_NOT_ALLOWED' }]);
    expect((await carryOut(world, plan, { allowPurchase: true })).result.state).toBe('built');
    await simulation.advance(60_000);
    expect((await carryOut(world, plan, { allowPurchase: true })).result.state).toBe('built');
    expect(call('APIG', 'ListGateways', {}).items).toHaveLength(2);
  });

  it.each([
    ['circuitBreaker', 'timeoutThreshold: 15\nwindowInSeconds: 30\nopenTimeoutSeconds: 15\n'],
    ['errorMapping', 'errorCondition: "$StatusCode = 500"\n'],
    ['routing', 'parameters: {v: "Header:v"}\nroutes: [{condition: "$v = \'1\'", backend: {type: MOCK}}]\n'],
    ['trafficControl', 'unit: MINUTE\nappDefault: 10\n'],
  ])('says that a plug-in %s is left to do by hand', async (PluginType, PluginData) => {
    const { call, groupId, apis } = fresh();
    const { PluginId } = call('CloudAPI', 'CreatePlugin', { PluginName: 'by_hand', PluginType, PluginData });
    call('CloudAPI', 'AttachPlugin', { PluginId, GroupId: groupId, ApiId: apis.carts, StageName: 'RELEASE' });
    const { result } = await carryOut(world, await world.plan());
    expect(result).toMatchObject({ state: 'built', notes: [expect.stringMatching(/^RELEASE: by_hand is not built/)] });
    expect(targetOf(world)['policies']?.some((text) => /CircuitBreaker|RateLimit/.test(text))).toBe(false);
  });

  it.each([
    ['FC3', 'cannot carry the mark'],
    ['MSE_NACOS', 'its name in the registry was not read'],
  ] as const)('refuses a service of type %s, and says why', async (kind, why) => {
    fresh();
    const plan = await world.plan();
    const stages = plan.stages.map((stage) => ({
      ...stage,
      services: stage.services.map((service) => ({ ...service, kind })),
    }));
    const refused = { code: 'UNSUPPORTED', message: expect.stringContaining(why) };
    await expect(carryOut(world, { ...plan, stages })).rejects.toMatchObject(refused);
  });

  it('refuses callers who sign and send a token: a route checks one of both', async () => {
    fresh();
    const plan = await world.plan();
    const stages = plan.stages.map((stage) => ({
      ...stage,
      routes: stage.routes.map((route) => ({ ...route, guard: 'jwtAuth' as const })),
    }));
    await expect(carryOut(world, { ...plan, stages })).rejects.toMatchObject({ code: 'UNSUPPORTED' });
  });

  it('refuses a plan whose group was edited since', async () => {
    const { call, groupId, apis } = fresh();
    const plan = await world.plan();
    call('CloudAPI', 'AbolishApi', { GroupId: groupId, ApiId: apis.carts, StageName: 'RELEASE' });
    await expect(carryOut(world, plan)).rejects.toMatchObject({ code: 'WORLD_MOVED' });
  });

  it('is needed to its end: without the publications callers get 404', async () => {
    fresh();
    const skipping: typeof world.driver = {
      ...world.driver,
      find: (object, place, ctx) =>
        object.kind === 'publication'
          ? Promise.resolve({ id: 'none', differs: [], isOurs: true })
          : world.driver.find(object, place, ctx),
      settle: (object, id, place, ctx) =>
        object.kind === 'publication' ? Promise.resolve('done') : world.driver.settle(object, id, place, ctx),
    };
    const { result } = await carryOut({ ...world, driver: skipping }, await world.plan());
    // Unpublished routes cannot be authorized, either.
    expect(result.failures).toMatchObject([{ step: 'authorization webshop' }]);
    expect((await answers(world, 'GET', '/carts', false)).target.status).toBe(404);
    expect(targetOf(world)['routes']?.every((text) => text.endsWith('NotDeployed'))).toBe(true);
  });
});
