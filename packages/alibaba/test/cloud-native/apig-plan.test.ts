import { PrivateIntegrations, type Snapshot } from '@postern/core/internal/library';
import { plans } from '@postern/alibaba/plans';
import { askTerraform, judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { planTwins, simulate, type Simulation } from '@postern/simulator';
import { beforeAll, describe, expect, it } from 'vitest';
import { planText, type Resource } from '../../../aws/test/plans/shop-plan.js';
import { roaOf } from '../../../simulator/test/alibaba/apig/roa.js';
import { REGION } from '../../../simulator/test/alibaba/apig/apig-account.js';
import { apigShop, HOST, type ApigShop } from '../../../simulator/test/traffic/alibaba/apig/apig-shop.js';
import { alibaba } from '../../src/index.js';

// As terraform-plan.test.ts: plans after the documented schema of the provider, over a gateway that serves `/orders/*`.
let shop: ApigShop;
let saved: ReturnType<Simulation['world']>;
let base: Snapshot;
beforeAll(async () => {
  shop = await apigShop();
  await shop.put(`/v1/http-apis/${shop.apiId}/routes/${shop.routeId}`, {
    match: { path: { type: 'Prefix', value: '/orders/' } },
  });
  await shop.post(`/v1/http-apis/${shop.apiId}/deploy`, { routeId: shop.routeId });
  await shop.sim.advance(60_000);
  saved = shop.sim.world();
  const driver = alibaba({ region: REGION, api: shop.sim.alibaba(REGION) });
  base = await new PrivateIntegrations(driver, { project: 'none', clock: shop.sim.clock }).observe({ checks: true });
});

const OPTIONS = { plans: [plans], region: REGION, twin: planTwins() };

/** What a plan does once it is carried out. */
async function judge(document: ReturnType<typeof readTerraform>, over = base) {
  return judgeTerraform(document, over, { ...OPTIONS, ask: await askTerraform(document, over, OPTIONS) });
}

const judged = async (resources: readonly Resource[]) => (await judge(readTerraform(planText(resources)))).integrations;

type Roa = ReturnType<typeof roaOf>;
type Ecs = (action: string, input: Readonly<Record<string, unknown>>) => unknown;

/** A copy of the world, with its calls. */
function copy(): { readonly sim: Simulation; readonly roa: Roa; readonly ecs: Ecs } {
  const sim = simulate({ seed: 3, clock: 'auto', throttle: false, dataPathDelay: 0 });
  sim.load(saved);
  const ecs: Ecs = (action, input) => sim.callAlibaba({ product: 'Ecs', action, region: REGION }, input);
  return { sim, roa: roaOf(sim, REGION), ecs };
}

const service = (more: object = {}): Readonly<Record<string, unknown>> => ({
  id: shop.serviceId,
  gateway_id: shop.gatewayId,
  service_name: 'server',
  source_type: 'VIP',
  addresses: ['10.0.1.200:8080'],
  ...more,
});
const backendOf = (port: number) => [
  { scene: 'SingleService', services: [{ service_id: shop.serviceId, port, weight: 100 }] },
];
const route = (more: object = {}): Readonly<Record<string, unknown>> => ({
  http_api_id: shop.apiId,
  route_name: 'route1',
  environment_info: [{ environment_id: shop.environmentId }],
  backend: backendOf(8080),
  match: [{ path: [{ type: 'Prefix', value: '/orders/' }], methods: [] }],
  ...more,
});
const existing = (more: object = {}): Readonly<Record<string, unknown>> => ({
  id: `${shop.apiId}:${shop.routeId}`,
  ...route(more),
});
const newRoute = (): Readonly<Record<string, unknown>> =>
  route({ match: [{ path: [{ type: 'Exact', value: '/carts' }], methods: ['GET'] }] });
const rule = (): Readonly<Record<string, unknown>> => ({
  security_group_id: shop.serverGroupId,
  type: 'ingress',
  ip_protocol: 'tcp',
  port_range: '8080/8080',
  source_security_group_id: shop.gateway['securityGroup'].securityGroupId,
  policy: 'accept',
  priority: 1,
});

interface Row {
  readonly plan: () => readonly Resource[];
  readonly apply: (copy: { readonly roa: Roa; readonly ecs: Ecs }) => Promise<unknown>;
  readonly path?: string;
  readonly works: boolean;
  /** What the plan says; by default what the call shows. */
  readonly after?: string;
}

const ORDERS = 'alicloud_apig_route.orders';
const moved = (addresses: readonly string[]): Omit<Row, 'works'> => ({
  plan: () => [
    {
      address: 'alicloud_apig_service.server',
      actions: ['update'],
      before: service(),
      after: service({ addresses }),
    },
  ],
  apply: ({ roa }) => roa('PUT', `/v1/services/${shop.serviceId}`, { addresses }),
});

const ROWS: Readonly<Record<string, Row>> = {
  'removes the rule that admits the gateway': {
    plan: () => [{ address: 'alicloud_security_group_rule.gateway', actions: ['delete'], before: rule() }],
    apply: async ({ ecs }) =>
      ecs('RevokeSecurityGroup', {
        SecurityGroupId: shop.serverGroupId,
        IpProtocol: 'TCP',
        PortRange: '8080/8080',
        SourceGroupId: shop.gateway['securityGroup'].securityGroupId,
      }),
    works: false,
  },
  // Whether something answers at an address that no interface has is not known before a call.
  'leads the service to an address without a server': {
    ...moved(['10.0.1.201:8080']),
    works: false,
    after: 'unknown',
  },
  // For the simulated cloud the port of the route counts.
  'leads the service to a port that is not that of the route': {
    ...moved(['10.0.1.200:8081']),
    works: true,
    after: 'unknown',
  },
  'changes the description of a route': {
    plan: () => [
      {
        address: ORDERS,
        actions: ['update'],
        before: existing({ description: 'a' }),
        after: existing({ description: 'b' }),
      },
    ],
    apply: ({ roa }) => roa('PUT', `/v1/http-apis/${shop.apiId}/routes/${shop.routeId}`, { description: 'b' }),
    works: true,
  },
  'changes the path of a route, which nobody deploys': {
    plan: () => [
      {
        address: ORDERS,
        actions: ['update'],
        before: existing(),
        after: existing({ match: [{ path: [{ type: 'Prefix', value: '/baskets/' }], methods: [] }] }),
      },
    ],
    apply: ({ roa }) =>
      roa('PUT', `/v1/http-apis/${shop.apiId}/routes/${shop.routeId}`, {
        match: { path: { type: 'Prefix', value: '/baskets/' } },
      }),
    works: true,
    after: 'unknown',
  },
  'changes the port of a route, which nobody deploys': {
    plan: () => [
      {
        address: ORDERS,
        actions: ['update'],
        before: existing(),
        after: existing({ backend: backendOf(8081) }),
      },
    ],
    apply: ({ roa }) =>
      roa('PUT', `/v1/http-apis/${shop.apiId}/routes/${shop.routeId}`, {
        backendConfig: { scene: 'SingleService', services: [{ serviceId: shop.serviceId, port: 8081, weight: 100 }] },
      }),
    works: true,
    after: 'unknown',
  },
  'creates a route, which nobody deploys': {
    plan: () => [{ address: 'alicloud_apig_route.carts', after: newRoute() }],
    apply: ({ roa }) =>
      roa('POST', `/v1/http-apis/${shop.apiId}/routes`, {
        name: 'carts',
        environmentId: shop.environmentId,
        domainIds: [shop.domainId],
        match: { path: { type: 'Exact', value: '/carts' }, methods: ['GET'] },
        backendConfig: {
          scene: 'SingleService',
          services: [{ serviceId: shop.serviceId, port: 8080, protocol: 'HTTP', weight: 100 }],
        },
      }),
    path: '/carts',
    works: false,
  },
};

describe('a plan for Cloud-native API Gateway, applied and called', () => {
  it.each(Object.entries(ROWS))('%s', async (_, { plan, apply, path = '/orders/1', works, after }) => {
    const integrations = await judged(plan());
    const { sim, roa, ecs } = copy();
    await apply({ roa, ecs });
    await sim.advance(120_000);
    const headers = { 'x-postern-address-of': shop.gatewayId };
    const { outcome } = await sim.traffic.call({ host: HOST, path, headers });
    expect(outcome === 'delivered', outcome).toBe(works);
    const key = path === '/carts' ? 'GET /carts' : 'ANY /orders/{proxy+}';
    const one = integrations.find((found) => found.route === key || found.address === ORDERS);
    expect(one, JSON.stringify(integrations)).toMatchObject({ after: after ?? (works ? 'pass' : 'fail') });
  });

  it.each([
    ['the routes of a domain that it deletes', [{ address: 'alicloud_apig_domain.shop', actions: ['delete'] }], HOST],
    [
      'what a policy or a deployment does',
      [{ address: 'alicloud_apig_policy.a', after: {} }],
      'alicloud_apig_policy.a',
    ],
    [
      'a service whose addresses are known after the apply',
      [{ address: 'alicloud_apig_service.server', actions: ['update'] }],
      'addresses',
    ],
  ] as const)('does not know %s', async (_, [one], reason) => {
    const resource: Resource =
      one.address === 'alicloud_apig_domain.shop'
        ? { ...one, before: { id: shop.domainId, domain_name: HOST } }
        : one.address === 'alicloud_apig_service.server'
          ? {
              ...one,
              before: service(),
              after: service({ addresses: undefined }),
              refs: { addresses: ['local.addresses'] },
            }
          : one;
    const found = await judge(readTerraform(planText([resource])));
    expect(found.integrations).toMatchObject([{ before: 'pass', after: 'unknown' }]);
    expect(JSON.stringify(found)).toContain(reason);
  });

  describe('with a service of a registry', () => {
    const instanceId = 'mse-cn-a1b2c3d4';
    let world: Snapshot;
    let ids: Readonly<Record<'gateway' | 'source' | 'service', string>>;
    beforeAll(async () => {
      const { sim, gatewayId, post, put, apiId, routeId } = await apigShop();
      sim.plant(REGION, { kind: 'nacos-instance', instanceId, is: 'running' });
      const registered = { instanceId, group: 'DEFAULT_GROUP', service: 'orders', instances: '10.0.1.200:8080' };
      sim.plant(REGION, { kind: 'nacos-service', ...registered });
      const of = { gatewayId, type: 'MSE_NACOS', nacosSourceConfig: { instanceId } };
      const { sourceId } = (await post('/v1/sources', of))['data'];
      const config = { name: 'orders', groupName: 'DEFAULT_GROUP', namespace: 'public', sourceId };
      const given = { gatewayId, sourceType: 'MSE_NACOS', serviceConfigs: [config] };
      const [serviceId] = (await post('/v1/services', given))['data'].serviceIds;
      const backendConfig = { scene: 'SingleService', services: [{ serviceId, weight: 100 }] };
      await put(`/v1/http-apis/${apiId}/routes/${routeId}`, { backendConfig });
      await post(`/v1/http-apis/${apiId}/deploy`, { routeId });
      await sim.advance(60_000);
      const driver = alibaba({ region: REGION, api: sim.alibaba(REGION) });
      world = await new PrivateIntegrations(driver, { project: 'none', clock: sim.clock }).observe({ checks: true });
      ids = { gateway: gatewayId, source: sourceId, service: serviceId };
    });

    const source = (instance_id: string): object => ({
      gateway_id: ids.gateway,
      type: 'MSE_NACOS',
      nacos_source_info: [{ instance_id }],
    });
    const known = (more: object = {}) => ({ id: ids.source, ...source(instanceId), ...more });
    const nacos = (more: object = {}) => ({
      id: ids.service,
      gateway_id: ids.gateway,
      source_type: 'MSE_NACOS',
      service_name: 'orders',
      ...more,
    });

    it.each<[does: string, plan: () => Omit<Resource, 'address'>, type: string, after: string, codes: string]>([
      ['deletes its source', () => ({ actions: ['delete'], before: known() }), 'source', 'fail', 'SOURCE_ABSENT'],
      [
        'changes what is no part of its source',
        () => ({ actions: ['update'], before: known(), after: known({ resource_group_id: 'rg-1' }) }),
        'source',
        'unknown',
        '',
      ],
      [
        'adds another source',
        () => ({ after: source('mse-cn-e5f6') as Resource['after'] & object }),
        'source',
        'unknown',
        '',
      ],
      [
        'has its health checked',
        () => ({ actions: ['update'], before: nacos(), after: nacos({ health_check_config: [{ enable: true }] }) }),
        'service',
        'unknown',
        '',
      ],
      [
        'leads it to a function',
        () => ({ actions: ['update'], before: nacos(), after: nacos({ source_type: 'FC3' }) }),
        'service',
        'unknown',
        'INTEGRATION_UNDECIDED',
      ],
      ['deletes it', () => ({ actions: ['delete'], before: nacos() }), 'service', 'fail', 'REFUSED'],
    ])('%s', async (_, plan, type, after, codes) => {
      const text = planText([{ address: `alicloud_apig_${type}.one`, ...plan() }]);
      const found = await judge(readTerraform(text), world);
      expect(found.integrations, JSON.stringify(found.integrations)).toMatchObject([{ before: 'unknown', after }]);
      const isCarried = codes !== 'INTEGRATION_UNDECIDED';
      expect(found.notes).toEqual(isCarried ? [] : [expect.stringContaining('1 not: alicloud_apig_service.one')]);
      expect(found.report.findings.flatMap(({ code }) => (code === 'NOT_READ' ? [] : [code])).join(' ')).toBe(codes);
    });
  });

  it('names a route whose service is not known yet', async () => {
    const id = (address: string): readonly string[] => [`${address}.id`, address];
    const rows = await judged([
      {
        address: 'alicloud_apig_gateway.new',
        after: {
          gateway_name: 'new',
          spec: 'apigw.small.x1',
          payment_type: 'PayAsYouGo',
          zone_config: [{ select_option: 'Auto' }],
          network_access_config: [{ type: 'Intranet' }],
          vpc: [{ vpc_id: shop.vpcId }],
          vswitch: [{ vswitch_id: shop.vSwitchIds[0] }],
        },
      },
      {
        address: 'alicloud_apig_service.new',
        after: { source_type: 'VIP', addresses: ['10.0.1.200:8080'], service_name: 'new' },
        refs: { gateway_id: id('alicloud_apig_gateway.new') },
      },
      { address: 'alicloud_apig_http_api.new', after: { http_api_name: 'new', type: 'Http', protocols: ['HTTP'] } },
      {
        address: 'alicloud_apig_route.new',
        after: {
          ...newRoute(),
          http_api_id: undefined,
          backend: [{ scene: 'SingleService', services: [{ port: 8080 }] }],
        },
        refs: {
          http_api_id: id('alicloud_apig_http_api.new'),
          'backend.0.services.0.service_id': ['data.external.service.result'],
        },
      },
    ]);
    expect(rows.find(({ address }) => address === 'alicloud_apig_route.new')).toMatchObject({ after: 'unknown' });
  });
});
