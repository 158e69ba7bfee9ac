import { APIGateway } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  applied,
  destroyOf,
  failuresOf,
  planOf,
  snapshotOf,
  stepsOf,
} from '../../../testing/src/conformance/apply/spec-runs.js';
import { parseSpec, specFromSnapshot } from '../../../core/test/clouds.js';
import type { Plan, Spec } from '@postern/core/internal/library';
import { simulated, specOver } from '../world/simulated.js';
import { webSocketWorld } from './web-socket-world.js';

type Kind = 'httpApi' | 'restApi';

const changes = (plan: Plan) =>
  stepsOf(plan).flatMap(({ kind, changes: all = [] }) =>
    kind === 'configure' ? all.map(({ field, from, to }) => `${field}: ${from} → ${to}`) : [],
  );

/** An API with a stage, and a spec of it. */
async function shop(kind: Kind) {
  const cloud = await simulated({ throttle: true, clock: 'auto' });
  const { call, simulation } = cloud;
  const isRest = kind === 'restApi';
  const apiId: string = isRest
    ? call('apigateway', 'CreateRestApi', { name: 'shop', endpointConfiguration: { types: ['REGIONAL'] } }).id
    : call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' }).ApiId;
  if (!isRest) call('apigatewayv2', 'CreateStage', { ApiId: apiId, StageName: '$default', AutoDeploy: true });
  const spec = (routes: object, settings = ''): Spec =>
    specOver(cloud, routes, {
      id: 'orders-7f3k2q',
      link: 'main',
      gateway: `${kind}: ${apiId}${isRest ? ', stage: prod' : ''}${settings}`,
    });
  const stage = (): any =>
    isRest
      ? call('apigateway', 'GetStage', { restApiId: apiId, stageName: 'prod' })
      : call('apigatewayv2', 'GetStage', { ApiId: apiId, StageName: '$default' });
  return {
    ...cloud,
    cloud,
    apiId,
    spec,
    stage,
    plan: (wanted: Spec) => planOf(cloud, wanted),
    apply: async (wanted: Spec) => applied(cloud, wanted, await planOf(cloud, wanted), { probe: false }),
    /** The answers to some calls at one moment, once the gateway has the changes. */
    answers: async (path: string, times: number) => {
      await simulation.advance(60_000);
      const host = `${apiId}.execute-api.eu-west-1.amazonaws.com`;
      const ask = () => simulation.traffic.call({ host, path: isRest ? `/prod${path}` : path });
      return Promise.all(Array.from({ length: times }, ask));
    },
  };
}

describe.each(['httpApi', 'restApi'] as const)('throttles of an %s', (kind) => {
  it('are planned, applied at once, changed and seen as equal', async () => {
    const { apply, plan, spec } = await shop(kind);
    const routes = { 'GET /orders': { target: 't', throttle: { rate: 2, burst: 3 } }, 'ANY /stock': 't' };
    const wanted = spec(routes, ', throttle: { rate: 100, burst: 50 }');
    expect(changes(await plan(wanted))).toEqual([
      'throttle: none → 100/s, burst 50',
      'throttle of GET /orders: none → 2/s, burst 3',
    ]);
    await apply(wanted);
    expect(stepsOf(await plan(wanted))).toEqual([]);
    const more = spec({ ...routes, 'ANY /stock': { target: 't', throttle: { rate: 7 } } });
    const next = await plan(more);
    expect(stepsOf(next).map(({ kind: one }) => one)).toEqual(['configure']);
    await apply(more);
    expect(stepsOf(await plan(more))).toEqual([]);
  });

  it('are what clients of others see on the wire', async () => {
    const { apply, spec, apiId, simulation } = await shop(kind);
    await apply(spec({ 'GET /orders': { target: 't', throttle: { rate: 2.5, burst: 3 } } }, ', throttle: { rate: 9 }'));
    const server = await simulation.listen();
    onTestFinished(() => server.close());
    const settings = {
      region: 'eu-west-1',
      endpoint: server.url,
      credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' },
    };
    if (kind === 'httpApi') {
      const { RouteSettings, DefaultRouteSettings } = await new ApiGatewayV2(settings).getStage({
        ApiId: apiId,
        StageName: '$default',
      });
      expect(RouteSettings).toEqual({ 'GET /orders': { ThrottlingRateLimit: 2.5, ThrottlingBurstLimit: 3 } });
      return expect(DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 9 });
    }
    const { methodSettings } = await new APIGateway(settings).getStage({ restApiId: apiId, stageName: 'prod' });
    expect(methodSettings).toMatchObject({
      '*/*': { throttlingRateLimit: 9, throttlingBurstLimit: 5000 },
      '~1orders/GET': { throttlingRateLimit: 2.5, throttlingBurstLimit: 3 },
    });
  });

  it('refuse calls beyond the burst, with the answer of the gateway', async () => {
    const { apply, spec, answers } = await shop(kind);
    await apply(spec({ 'GET /orders': { target: 't', throttle: { rate: 1, burst: 3 } } }));
    const all = await answers('/orders', 5);
    const refused = all.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(2);
    for (const { body, outcome } of refused) {
      expect(outcome).toBe('throttled');
      expect(JSON.parse(body)).toEqual({ message: 'Too Many Requests' });
    }
  });

  it('go with their route, and with their spec', async () => {
    const { apply, spec, stage, cloud } = await shop(kind);
    const throttle = { rate: 2, burst: 3 };
    const settings = ', throttle: { rate: 100, burst: 50 }';
    const one = spec({ 'GET /orders': { target: 't', throttle } }, settings);
    await apply(spec({ 'GET /orders': { target: 't', throttle }, 'ANY /stock': { target: 't', throttle } }, settings));
    await apply(one);
    const named = (row: Record<string, object>): readonly string[] =>
      Object.keys(row['methodSettings'] ?? row['RouteSettings'] ?? {});
    expect(named(stage())).toEqual(kind === 'restApi' ? ['*/*', '~1orders/GET'] : ['GET /orders']);
    const plan = await destroyOf(cloud, one);
    await applied(cloud, one, plan);
    if (kind === 'restApi')
      return expect(stepsOf(plan).map(({ id }) => id)).toContainEqual(expect.stringContaining('delete stage prod'));
    expect(stage()).toMatchObject({
      RouteSettings: {},
      DefaultRouteSettings: { ThrottlingRateLimit: 10_000, ThrottlingBurstLimit: 5_000 },
    });
  });

  it('are in a spec that is written from the account', async () => {
    const { apply, spec, cloud } = await shop(kind);
    const wanted = spec(
      { 'GET /orders': { target: 't', throttle: { rate: 2.5, burst: 3 } }, 'ANY /orders': 't' },
      ', throttle: { rate: 100, burst: 50 }',
    );
    await apply(wanted);
    const text = specFromSnapshot(await snapshotOf(cloud, wanted), { project: 'shop', spec: 'orders-7f3k2q' });
    const { orders } = parseSpec(text).integrations;
    expect(orders?.stageSettings).toEqual({ throttle: { rate: 100, burst: 50 } });
    expect(orders?.settings).toEqual({ 'GET /orders': { throttle: { rate: 2.5, burst: 3 } } });
  });
});

describe('a client certificate of a stage', () => {
  const generated = (call: Awaited<ReturnType<typeof simulated>>['call']): string =>
    call('apigateway', 'GenerateClientCertificate', {}).clientCertificateId;

  it('of a REST API is written, changed, seen as equal, and in a spec that is written from the account', async () => {
    const { apply, plan, spec, stage, call, cloud, apiId } = await shop('restApi');
    const [first, second] = [generated(call), generated(call)];
    const of = (id: string) => spec({ 'GET /orders': 't' }, `, clientCertificate: ${id}`);
    await apply(of(first));
    expect(stage().clientCertificateId).toBe(first);
    expect(stepsOf(await plan(of(first)))).toEqual([]);
    expect(changes(await plan(of(second)))).toEqual([`clientCertificate: ${first} → ${second}`]);
    await apply(of(second));
    expect(stage().clientCertificateId).toBe(second);
    const text = specFromSnapshot(await snapshotOf(cloud, of(second)), { project: 'shop', spec: 'orders-7f3k2q' });
    expect(parseSpec(text).integrations['orders']?.stageSettings).toEqual({ clientCertificate: second });
    // A method of others keeps the stage, and the certificate that its backend may ask for.
    const { id: resourceId } = call('apigateway', 'GetResources', { restApiId: apiId }).items[0];
    call('apigateway', 'PutMethod', { restApiId: apiId, resourceId, httpMethod: 'HEAD', authorizationType: 'NONE' });
    call('apigateway', 'PutIntegration', { restApiId: apiId, resourceId, httpMethod: 'HEAD', type: 'MOCK' });
    const last = await destroyOf(cloud, of(second));
    expect(last.notes).toContain(
      `stage prod of ${apiId} keeps its clientCertificate (${second}): it serves routes of others`,
    );
    await applied(cloud, of(second), last);
    expect(stage()).toMatchObject({ clientCertificateId: second });
    expect(Object.keys(stage().tags)).not.toContain('postern:settings:shop@orders-7f3k2q');
    expect(stepsOf(await destroyOf(cloud, of(second)))).toEqual([]);
  });

  it('that does not exist is refused by the cloud with the step that names it', async () => {
    const { plan, spec, cloud } = await shop('restApi');
    const wanted = spec({ 'GET /orders': 't' }, ', clientCertificate: a1b2c3');
    const [failure] = await failuresOf(cloud, wanted, await plan(wanted), { probe: false });
    expect(failure).toMatchObject({ step: expect.stringMatching(/^configure stage prod/), code: 'CLOUD_REFUSED' });
    expect(failure?.text).toContain('a1b2c3');
  });
});

describe('a cache of a stage', () => {
  it('is created, seen as equal, resized, in a spec that is written from the account, and removed', async () => {
    const { apply, plan, spec, stage, cloud, apiId: id } = await shop('restApi');
    const of = (cache: string) => spec({ 'GET /orders': { target: 't', throttle: { rate: 5 } } }, `, cache: ${cache}`);
    const small = of('{ size: 0.5, encrypted: true }');
    expect(changes(await plan(small))).toContain('cache: none → 0.5 GB, kept for 300 s, encrypted');
    await apply(small);
    const all = { cachingEnabled: true, cacheTtlInSeconds: 300, cacheDataEncrypted: true };
    // No run waits for it, and a method that gets its first setting is cached as the others are.
    expect(stage()).toMatchObject({
      cacheClusterEnabled: true,
      cacheClusterSize: '0.5',
      cacheClusterStatus: 'CREATE_IN_PROGRESS',
      methodSettings: { '*/*': all, '~1orders/GET': { ...all, throttlingRateLimit: 5 } },
    });
    expect(stepsOf(await plan(small))).toEqual([]);
    await cloud.simulation.advance(240_000);
    const short = of('{ size: 0.5, ttl: 1m }');
    expect(changes(await plan(short))).toEqual(['cache: 0.5 GB, kept for 300 s, encrypted → 0.5 GB, kept for 60 s']);
    await apply(short);
    // Another TTL alone keeps the cluster, and what is in it.
    expect(stage()).toMatchObject({
      cacheClusterStatus: 'AVAILABLE',
      methodSettings: { '*/*': { cacheTtlInSeconds: 60 } },
    });
    const text = specFromSnapshot(await snapshotOf(cloud, short), { project: 'shop', spec: 'orders-7f3k2q' });
    expect(text).toContain('ttl: 1m');
    expect(parseSpec(text).integrations['orders']?.stageSettings?.cache).toEqual({
      size: 0.5,
      ttlSeconds: 60,
      encrypted: true,
    });
    await apply(of('{ size: 1.6, ttl: 1m }'));
    expect(stage()).toMatchObject({ cacheClusterSize: '1.6', cacheClusterStatus: 'CREATE_IN_PROGRESS' });
    await cloud.driver.stageSettings.configureStage({ kind: 'rest-api', id }, 'prod', { cache: null }, cloud.ctx);
    expect(stage()).toMatchObject({ cacheClusterEnabled: false, methodSettings: { '*/*': { cachingEnabled: false } } });
  });
});

it('a deployment to a stage with a cache: empties the cache, and is not lost where that is refused', async () => {
  const { apply, plan, spec, cloud } = await shop('restApi');
  const of = (timeout: string) => spec({ 'GET /orders': { target: 't', timeout } }, ', cache: { size: 0.5 }');
  await apply(of('5s'));
  await cloud.simulation.advance(240_000);
  const flushes = () => cloud.simulation.journal().filter(({ operation }) => operation === 'FlushStageCache');
  expect(flushes()).toEqual([]); // the first deployment was before the cache
  await apply(of('6s'));
  expect(flushes()).toMatchObject([{ status: 202 }]);
  await cloud.simulation.advance(5_000);
  cloud.simulation.faults.add({ operation: 'FlushStageCache', kind: 'deny', times: 1 });
  const wanted = of('7s');
  expect(await failuresOf(cloud, wanted, await plan(wanted), { probe: false })).toEqual([]);
  expect(flushes()).toHaveLength(2);
  expect(stepsOf(await plan(wanted))).toEqual([]);
});

it('stages of a WebSocket API: have throttles and a client certificate', async () => {
  const { api, call, driver, ctx, gateway, observed, request, simulation, v1 } = await webSocketWorld();
  expect(v1.kind).toBe('vpc-link-v1');
  await driver.routes.create(request(), ctx);
  const { clientCertificateId: id } = call('apigateway', 'GenerateClientCertificate', {});
  const throttle = { rate: 2, burst: 3 };
  const configure = driver.stageSettings.configureStage;
  await configure?.(
    gateway,
    'prod',
    { throttle: { rate: 9 }, clientCertificate: id, routes: [{ key: 'send', throttle }] },
    ctx,
  );
  await simulation.advance(60_000);
  expect((await observed())?.stages).toMatchObject([
    { clientCertificate: { id }, throttle: { rate: 9 }, throttles: [{ key: 'send', throttle }] },
  ]);
  await configure?.(gateway, 'prod', { clientCertificate: null, routes: [{ key: 'send', throttle: null }] }, ctx);
  const stage = api('GetStage', { StageName: 'prod' });
  expect(stage.RouteSettings).toEqual({});
  expect(stage).not.toHaveProperty('ClientCertificateId');
});
