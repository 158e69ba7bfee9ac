import { describe, expect, it } from 'vitest';
import { applied, destroyOf, planOf, stepsOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import type { Plan, Spec } from '@postern/core/internal/library';
import { simulated, specOver } from '../world/simulated.js';

const changes = (plan: Plan) => stepsOf(plan).flatMap(({ changes: all = [] }) => all.map(({ field }) => field));

const SETTINGS = {
  throttle: ', throttle: { rate: 2, burst: 4 }',
  certificate: ', clientCertificate: CERTIFICATE',
  cache: ', cache: { size: 0.5, ttl: 2m }',
  encrypted: ', cache: { size: 0.5, ttl: 2m, encrypted: true }',
} as const;
const ROUTES = {
  get: { 'GET /orders': { target: 't', throttle: { rate: 1, burst: 3 } } },
  post: { 'POST /orders': { target: 't', throttle: { rate: 1, burst: 3 } } },
} as const;
type Setting = keyof typeof SETTINGS | keyof typeof ROUTES;
const ALL = [...Object.keys(SETTINGS), ...Object.keys(ROUTES)] as Setting[];

const restApiOf = ({ integrations }: Spec): string => String(integrations['orders']?.gateway['restApi']);

/** A REST API with a stage, which a spec with some settings deploys to. */
async function shop({ by = 'orders-7f3k2q' } = {}) {
  const cloud = await simulated({ throttle: true, clock: 'auto' });
  const { call, simulation } = cloud;
  const certificate: string = call('apigateway', 'GenerateClientCertificate', {}).clientCertificateId;
  const apiId: string = call('apigateway', 'CreateRestApi', {
    name: 'shop',
    endpointConfiguration: { types: ['REGIONAL'] },
  }).id;
  const spec = (set: readonly Setting[], { spec: name = by, path = '' } = {}): Spec => {
    const ofStage = set.filter((one) => one in SETTINGS && !(one === 'cache' && set.includes('encrypted')));
    const settings = ofStage.map((one) => SETTINGS[one as keyof typeof SETTINGS]).join('');
    const routes = Object.assign(
      { 'GET /orders': 't', 'POST /orders': 't', 'ANY /stock': 't' },
      ...set.map((one) => ROUTES[one as keyof typeof ROUTES] ?? {}),
    );
    const own = path === '' ? routes : { [`GET ${path}`]: 't' };
    return specOver(cloud, own, {
      id: name,
      link: name === by ? 'main' : 'other',
      name: name === by ? 'orders' : 'others',
      gateway: `restApi: ${apiId}, stage: prod${settings.replace('CERTIFICATE', certificate)}`,
    });
  };
  const host = `${apiId}.execute-api.eu-west-1.amazonaws.com`;
  return {
    cloud,
    spec,
    certificate,
    stage: (): any => call('apigateway', 'GetStage', { restApiId: apiId, stageName: 'prod' }),
    plan: (wanted: Spec) => planOf(cloud, wanted),
    apply: async (wanted: Spec) => applied(cloud, wanted, await planOf(cloud, wanted), { probe: false }),
    destroy: async (wanted: Spec) => {
      const plan = await destroyOf(cloud, wanted);
      await applied(cloud, wanted, plan);
      return plan;
    },
    /** The answers to five calls at one moment, a while later. */
    calls: async (method: string, path: string) => {
      await simulation.advance(300_000);
      return Promise.all(
        Array.from({ length: 5 }, () => simulation.traffic.call({ host, path: `/prod${path}`, method })),
      );
    },
  };
}

const pairs = ALL.flatMap((first) =>
  ALL.filter((second) => second !== first).map((second) => [first, second] as const),
);

describe.each(pairs)('%s, then %s', (first, second) => {
  it('are applied, read and in force for each route', async () => {
    const { apply, plan, spec, stage, calls, certificate } = await shop();
    const both = [first, second];
    await apply(spec([first]));
    await apply(spec(both));
    expect(stepsOf(await plan(spec(both)))).toEqual([]);
    const has = (one: Setting) => both.includes(one);
    const caches = has('cache') || has('encrypted');
    const { methodSettings = {}, clientCertificateId, cacheClusterEnabled } = stage();
    expect(clientCertificateId).toBe(has('certificate') ? certificate : undefined);
    expect(cacheClusterEnabled === true).toBe(caches);
    const of = (method: string, path: string) => methodSettings[`~1${path}/${method}`] ?? methodSettings['*/*'] ?? {};
    for (const path of ['orders', 'stock']) {
      const { cachingEnabled = false, cacheTtlInSeconds, cacheDataEncrypted = false } = of('GET', path);
      expect(cachingEnabled).toBe(caches);
      if (caches) expect([cacheTtlInSeconds, cacheDataEncrypted]).toEqual([120, has('encrypted')]);
    }
    const tooMany = (all: Awaited<ReturnType<typeof calls>>) => all.filter(({ status }) => status === 429).length;
    const fromCache = (all: Awaited<ReturnType<typeof calls>>) =>
      all.some(({ because = '' }) => because.includes('from the cache'));
    const ofStage = has('throttle') ? 1 : 0;
    expect(tooMany(await calls('GET', '/stock'))).toBe(ofStage);
    expect(tooMany(await calls('GET', '/orders'))).toBe(has('get') ? 2 : ofStage);
    const posts = await calls('POST', '/orders');
    expect(tooMany(posts)).toBe(has('post') ? 2 : ofStage);
    expect(fromCache(posts)).toBe(false);
  });
});

describe('a setting of a method', () => {
  it('that somebody changed by hand is planned again, so that what is declared is in force', async () => {
    const { cloud, apply, plan, spec, stage } = await shop();
    const wanted = spec(['throttle', 'encrypted']);
    await apply(wanted);
    const { call } = cloud;
    const restApiId = restApiOf(wanted);
    const patch = (path: string, value: string) =>
      call('apigateway', 'UpdateStage', {
        restApiId,
        stageName: 'prod',
        patchOperations: [{ op: 'replace', path, value }],
      });
    patch('/~1stock/GET/caching/dataEncrypted', 'false');
    patch('/~1stock/PUT/throttling/rateLimit', '-1');
    patch('/~1stock/PUT/throttling/burstLimit', '-1');
    await cloud.simulation.advance(300_000);
    expect(changes(await plan(wanted))).toEqual(['throttle of ANY /stock', 'cache of GET /stock']);
    await apply(wanted);
    expect(stepsOf(await plan(wanted))).toEqual([]);
    expect(stage().methodSettings).toMatchObject({
      '~1stock/GET': { cacheDataEncrypted: true },
      '~1stock/PUT': { throttlingRateLimit: 2, throttlingBurstLimit: 4 },
    });
  });
});

describe('a spec that ends', () => {
  it('leaves what another spec declares, and what it did not write', async () => {
    const { apply, destroy, plan, spec, stage, certificate } = await shop();
    const first = spec(['certificate', 'cache', 'throttle']);
    await apply(first);
    // The same settings, and no route: nothing of it was ever applied.
    const second = spec(['certificate', 'cache', 'throttle'], { spec: 'stock-9k2m4x', path: '/other' });
    const unapplied = await destroy(second);
    expect(stepsOf(unapplied)).toEqual([]);
    expect(unapplied.notes.filter((text) => text.includes('has no mark of this spec'))).toHaveLength(3);
    expect(stepsOf(await plan(first))).toEqual([]);
    await apply(second);
    const last = await destroy(second);
    expect(stepsOf(last).map(({ kind }) => kind)).not.toContain('configure');
    expect(stage()).toMatchObject({ clientCertificateId: certificate, cacheClusterEnabled: true });
    expect(stepsOf(await plan(first))).toEqual([]);
  });

  it('leaves the throttles of routes that its stage serves on, and no tag', async () => {
    const { cloud, apply, destroy, spec, stage } = await shop();
    const wanted = spec(['get', 'encrypted']);
    // A stage of others, which Postern deploys to and does not delete.
    await apply(wanted);
    const { call } = cloud;
    const resourceArn = `arn:aws:apigateway:eu-west-1::/restapis/${restApiOf(wanted)}/stages/prod`;
    const created = Object.keys(stage().tags).filter((key) => !/^postern:(deployed|settings):/.test(key));
    call('apigateway', 'UntagResource', { resourceArn, tagKeys: created });
    const plan = await destroy(wanted);
    expect(stage().methodSettings).toMatchObject({ '~1orders/GET': { throttlingRateLimit: 1 } });
    expect(stage().cacheClusterEnabled).toBe(true);
    expect(plan.notes.join()).toContain('keeps its throttle of GET /orders (1/s, burst 3)');
    expect(plan.notes.join()).toContain('It is charged by the hour until it is deleted');
    expect(stage().tags ?? {}).toEqual({});
    expect(stepsOf(await destroyOf(cloud, wanted))).toEqual([]);
  });
});

it('a setting that is taken out of a spec: stays, which is said once', async () => {
  const { apply, plan, spec, stage } = await shop();
  await apply(spec(['cache', 'throttle']));
  const less = spec(['throttle']);
  const next = await plan(less);
  expect(next.notes.join()).toContain(
    'keeps its cache (0.5 GB, kept for 120 s, not encrypted): the spec does not declare it any more',
  );
  await apply(less);
  expect(stage()).toMatchObject({
    cacheClusterEnabled: true,
    tags: { 'postern:settings:shop@orders-7f3k2q': 'throttle' },
  });
  const after = await plan(less);
  expect([...stepsOf(after), ...after.notes.filter((text) => text.includes('keeps its'))]).toEqual([]);
});
