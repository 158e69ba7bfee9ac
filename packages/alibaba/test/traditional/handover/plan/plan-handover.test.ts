import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  assess,
  handoverPlanText,
  planHandover,
  readHandoverPlan,
  requireCurrentPlan,
  type HandoverPlan,
  type HandoverSource,
  type PlanHandoverOptions,
} from '../../../../src/traditional/handover/internal.js';
import { runs } from '../../../../../core/test/runs.js';
import { access, api, backend, deployment, domain, group, source, TAKEN_AT } from '../sample-source.js';
import { BLOCKED, CHANGED, EXACT, target } from '../assess/rows.js';

const onto: PlanHandoverOptions = { targets: [target()] };

/** An API under its own authorization, with all that a route may need. */
const rich = (): HandoverSource =>
  source({
    apis: [
      api({
        on: {
          path: '/orders/[id]',
          backend: backend({ scheme: 'https', path: '/v2/orders/[id]', timeoutMs: 1500 }),
          constants: [{ name: 'x-shop', place: 'header' }],
        },
      }),
      api({
        id: 'api-hello',
        name: 'hello',
        on: {
          path: '/hello',
          auth: 'anonymous',
          backend: backend({ kind: 'mock', accessName: undefined, mock: { status: 200, headers: [], hasBody: true } }),
        },
      }),
    ],
    accesses: [access({ hostName: 'orders.internal' })],
    plugins: [
      {
        id: 'p',
        name: 'limit',
        type: 'trafficControl',
        body: { unit: 'SECOND', apiDefault: 100 },
        uses: [{ stage: 'RELEASE', apiId: 'api-orders' }],
      },
    ],
  });

const refusal = (
  run: () => unknown,
): { readonly code?: string; readonly message?: string; readonly remedy?: string } => {
  try {
    run();
  } catch (error) {
    return error as object;
  }
  return {};
};

it('has the objects of the target, and no secret and no value of a constant', () => {
  const [stage] = planHandover(rich(), onto).stages;
  expect(stage).toMatchObject({
    stage: 'RELEASE',
    gateway: { adopt: 'gw-1' },
    api: { name: 'shop-release', type: 'Rest', basePath: '/' },
    services: [
      {
        name: 'orders-vpc',
        kind: 'VIP',
        addresses: ['10.10.0.7:8080'],
        from: { access: 'orders-vpc', instanceId: 'i-1', at: TAKEN_AT },
        policies: [{ class: 'ServiceTls', settings: { mode: 'SIMPLE', sni: 'orders.internal', enable: true } }],
      },
    ],
    consumers: [{ name: 'webshop', appId: '1001', key: '204000001', enabled: true, routes: ['orders'] }],
    domains: [{ name: 'api.example.com', protocol: 'HTTPS', certificate: '1234567-cn-hangzhou', forceHttps: true }],
    rules: [{ groupId: 'sg-backend', ports: '8080/8080' }],
    records: [
      { name: 'api.example.com', from: { type: 'CNAME', value: 'g-1-cn-hangzhou.alicloudapi.com' }, weights: true },
    ],
  });
  const routes = new Map((stage?.routes ?? []).map((route) => [route.name, route]));
  expect(routes.get('hello')).toMatchObject({ mock: { status: 200, hasBody: true }, policies: [], signed: false });
  expect(routes.get('orders')).toMatchObject({
    match: { path: { type: 'Regex', value: '^/orders/[^/]+$' }, methods: ['GET'] },
    service: 'orders-vpc',
    policies: [
      { class: 'HttpRewrite', settings: { from: '/orders/[id]', path: '/v2/orders/[id]', host: 'orders.internal' } },
      { class: 'Timeout', settings: { unitNum: 2, timeUnit: 's', enable: true } },
      { class: 'HeaderModify', valuesOf: ['x-shop'] },
      { class: 'RateLimit', settings: { unit: 'Second', limit: 100, responseStatusCode: 429 } },
    ],
  });
});

it('notes a smaller type where the measured peak fits it, and plans the size of the instance', () => {
  const { instance, ...rest } = source();
  const noted = (requestsPerSecond?: number, newConnections?: number): readonly string[] => {
    const period = { from: '2026-11-16T00:00:00Z', to: '2026-11-23T00:00:00Z' };
    const peak = requestsPerSecond && { requestsPerSecond, newConnections, ...period };
    const has = { ...rest, instance: { ...instance!, ...(peak ? { peak } : {}) } };
    const { notes, stages } = planHandover(has, { purchase: { vSwitchIds: ['vsw-1'] } });
    expect(stages[0]?.gateway).toMatchObject({ purchase: { spec: 'apigw.medium.x1' } });
    return notes.filter((note) => note.includes('within a week'));
  };
  expect(noted()).toEqual([]);
  expect(noted(300)).toEqual([expect.stringMatching(/at most 300 requests.*apigw\.small\.x1 takes 800/)]);
  expect(noted(6_000)).toEqual([]);
  expect(noted(6_000, 900)).toEqual([expect.stringMatching(/at most 900 new conn.*apigw\.small\.x2 takes 1600/)]);
});

it('buys a gateway that takes as many connections, with its price, where none is named', () => {
  const purchase = { vSwitchIds: ['vsw-1', 'vsw-2'] };
  expect(planHandover(source(), { purchase }).stages[0]?.gateway).toEqual({
    purchase: {
      name: 'shop-release',
      spec: 'apigw.medium.x1',
      vpcId: 'vpc-1',
      vSwitchIds: ['vsw-1', 'vsw-2'],
      access: 'Internet',
      chargeType: 'POSTPAY',
      hourlyUsd: 2.109,
    },
  });
  expect(refusal(() => planHandover(source()))).toMatchObject({
    code: 'INVALID_INPUT',
    remedy: expect.stringContaining('--gateway gw-'),
  });
});

it('lets the preflight requests of browsers match one route of a path whose APIs have the plug-in cors', () => {
  const uses = [{ stage: 'RELEASE' }];
  const has = source({
    apis: [api(), api({ id: 'b', name: 'b', on: { method: 'POST' } }), api({ id: 'c', name: 'c', on: { path: '/c' } })],
    plugins: [{ id: 'p-1', name: 'browsers', type: 'cors', body: { allowOrigins: 'example.com' }, uses }],
  });
  const methodsOf = (more: HandoverSource): readonly (readonly string[] | undefined)[] =>
    planHandover(more, onto).stages.flatMap(({ routes }) => routes.map(({ match }) => match.methods));
  expect(methodsOf(has)).toEqual([['GET', 'OPTIONS'], ['GET', 'OPTIONS'], ['POST']]);
  const own = api({ id: 'o', name: 'o', on: { method: 'OPTIONS' } });
  expect(methodsOf({ ...has, apis: [api(), own] })).toEqual([['GET'], ['OPTIONS']]);
  expect(methodsOf({ ...has, plugins: [] })).toEqual([['GET'], ['GET'], ['POST']]);
});

it('has a gateway for each stage', () => {
  const has = source({
    apis: [api({ deployments: [deployment(), deployment({ stage: 'TEST', path: '/*' })] })],
    stages: ['RELEASE', 'TEST'],
  });
  const targets = [target({ stage: 'RELEASE' }), target({ id: 'gw-2', stage: 'TEST' })];
  expect(planHandover(has, { targets }).stages).toMatchObject([
    {
      stage: 'RELEASE',
      gateway: { adopt: 'gw-1' },
      api: { name: 'shop-release', type: 'Rest' },
      records: [{ name: 'api.example.com' }],
    },
    // The name leads to one gateway.
    { stage: 'TEST', gateway: { adopt: 'gw-2' }, api: { name: 'shop-test', type: 'Http' }, domains: [], records: [] },
  ]);
});

it('is refused while something is blocked, and leaves out what was waived', () => {
  const has = {
    ...source({ group: group({ domains: [domain(), domain({ name: 'old.example.com', certificate: undefined })] }) }),
    apps: [{ ...source().apps[0], secret: 'unreadable' } as HandoverSource['apps'][number]],
  };
  expect(refusal(() => planHandover(has, onto))).toMatchObject({
    code: 'FINDINGS_FAILED',
    message: expect.stringContaining('app/signature:webshop'),
  });
  const waivers = [
    { item: 'app/signature:webshop', reason: 'unused' },
    { item: 'domain/certificate:old.example.com', reason: 'unused' },
  ];
  const plan = planHandover(has, { ...onto, waivers });
  expect(plan.stages[0]).toMatchObject({
    consumers: [],
    domains: [{ name: 'api.example.com' }],
    routes: [{ name: 'orders' }],
  });
  expect(plan.waivers).toEqual(waivers);
});

it('has a backend for every route of every row, after all that may be waived was waived', () => {
  let planned = 0;
  for (const [, , has, options = {}] of [...EXACT, ...CHANGED, ...BLOCKED]) {
    const open = assess(has, options).items.filter(({ verdict }) => verdict === 'blocked' || verdict === 'unknown');
    if (open.some(({ waivable }) => !waivable)) continue;
    const waivers = [...new Set(open.map(({ rule }) => rule))].map((item) => ({ item, reason: 'a test' }));
    const purchase = { vSwitchIds: ['vsw-1'] };
    const certificates = { 'api.example.com': '77-cn-hangzhou' };
    const { stages } = planHandover(has, { ...options, waivers, purchase, certificates });
    for (const { routes } of stages) for (const one of routes) expect(one.service ?? one.mock, one.key).toBeDefined();
    planned += 1;
  }
  expect(planned).toBeGreaterThan(80);
});

it('needs a certificate where the group has an uploaded one', () => {
  const has = source({
    group: group({ domains: [domain({ certificate: { id: '', name: 'own', from: 'uploaded' } })] }),
  });
  expect(refusal(() => planHandover(has, onto)).message).toContain('api.example.com needs a certificate');
  const certificates = { 'api.example.com': '77-cn-hangzhou' };
  expect(planHandover(has, { ...onto, certificates }).stages[0]?.domains).toMatchObject([
    { certificate: '77-cn-hangzhou' },
  ]);
});

it('is saved and read, and refused where it was edited', () => {
  const plan = planHandover(rich(), onto);
  expect(readHandoverPlan(JSON.stringify(plan))).toEqual(plan);
  expect(refusal(() => readHandoverPlan(JSON.stringify({ ...plan, region: 'cn-beijing' })))).toMatchObject({
    code: 'INVALID_INPUT',
  });
  expect(refusal(() => readHandoverPlan(JSON.stringify({ ...plan, version: 9 })))).toMatchObject({
    code: 'UNSUPPORTED_VERSION',
  });
  for (const text of ['', '[]', '{"kind":"move"}'])
    expect(refusal(() => readHandoverPlan(text))).toMatchObject({ code: 'INVALID_INPUT' });
});

it('is refused after a week, after an edit, and where a backend has another address', () => {
  const plan = planHandover(rich(), onto);
  const current = (has: HandoverSource, now = TAKEN_AT): unknown => refusal(() => requireCurrentPlan(plan, has, now));
  expect(current(rich(), '2026-12-02T07:59:59Z')).toEqual({});
  expect(current({ ...rich(), takenAt: '2026-11-26T08:00:00Z' })).toEqual({});
  expect(current(rich(), '2026-12-02T08:00:00Z')).toMatchObject({
    code: 'WORLD_MOVED',
    message: expect.stringContaining('7 days old'),
  });
  expect(current({ ...rich(), group: group({ trafficLimit: 7 }) })).toMatchObject({
    code: 'WORLD_MOVED',
    message: expect.stringContaining('edited'),
  });
  const moved = access({
    hostName: 'orders.internal',
    resolved: { is: 'found', address: '10.10.0.8', at: TAKEN_AT, groupIds: ['sg-backend'] },
  });
  expect(current({ ...rich(), accesses: [moved] })).toMatchObject({
    message: expect.stringContaining('is now 10.10.0.8:8080'),
  });
});

it('is shown with what is bought, built, changed and undone', () => {
  const text = handoverPlanText(planHandover(rich(), { purchase: { vSwitchIds: ['vsw-1'] } }), { width: 400 });
  for (const part of [
    'buy shop-release: apigw.medium.x1, POSTPAY, Internet, vpc-1 vsw-1; about USD 2.109 an hour',
    'orders-vpc: VIP 10.10.0.7:8080, from i-1 as of',
    'orders: route GET Regex ^/orders/[^/]+$ → orders-vpc (HttpRewrite, Timeout, HeaderModify, RateLimit)',
    'api.example.com: g-1-cn-hangzhou.alicloudapi.com → CNAME of the gateway, by weights',
    'at the latest until 2027-09-21T00:00:00+08:00',
  ]) {
    expect(text).toContain(part);
  }
});

const paths = fc.uniqueArray(
  fc.tuple(
    fc.constantFrom('GET', 'POST', 'ANY'),
    fc.array(fc.constantFrom('a', 'b', '[x]', '[y]'), { minLength: 1, maxLength: 4 }),
    fc.boolean(),
  ),
  {
    minLength: 1,
    maxLength: 12,
    selector: ([method, parts, greedy]) => `${method} ${parts.join('/').replace(/\[\w\]/g, '[]')}${greedy ? '/*' : ''}`,
  },
);

const groupOf = (keys: readonly (readonly [string, readonly string[], boolean])[]): HandoverSource => {
  const apis = keys.map(([method, parts, greedy], at) =>
    api({ id: `api-${at}`, name: `n${at}`, on: { method, path: `/${parts.join('/')}${greedy ? '/*' : ''}` } }),
  );
  return source({ apis, authorizations: apis.map(({ id }) => ({ appId: '1001', apiId: id, stage: 'RELEASE' })) });
};

it('has one route for each API, all different, and is the same in any order of APIs', () => {
  fc.assert(
    fc.property(paths, (keys) => {
      const has = groupOf(keys);
      const plan: HandoverPlan = planHandover(has, onto);
      const { routes } = plan.stages[0] as HandoverPlan['stages'][number];
      expect(new Set(routes.map(({ apiId }) => apiId)).size).toBe(keys.length);
      expect(new Set(routes.map(({ name }) => name)).size).toBe(keys.length);
      expect(new Set(routes.map(({ match }) => JSON.stringify(match))).size).toBe(keys.length);
      const other = { ...has, apis: has.apis.toReversed(), authorizations: has.authorizations.toReversed() };
      expect(JSON.stringify(assess(other))).toBe(JSON.stringify(assess(has)));
      expect(JSON.stringify(planHandover(other, onto))).toBe(JSON.stringify(plan));
    }),
    { numRuns: runs(6, 3000) },
  );
});
