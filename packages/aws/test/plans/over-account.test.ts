import { readFileSync } from 'node:fs';
import { plans } from '@postern/aws/plans';
import type { Snapshot } from '@postern/core/internal/library';
import { judgeTerraform, readTerraform, type AskedPlan, type PlanJudgement } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { EMPTY, id, planText, shop, type Resource } from './shop-plan.js';

type Values = Readonly<Record<string, unknown>>;
type Region = Snapshot['regions'][number];

const base = JSON.parse(
  readFileSync(new URL('../../../../examples/terraform/base.json', import.meta.url), 'utf8'),
) as Snapshot;
const REGION = base.regions[0]!;

/** Of a plan that was carried out: no call of the names that were called was lost. */
const LOST_NONE = { changes: 0, carried: 0, omitted: [], refused: [], unordered: [], called: [], lost: [] };

function judged(
  resources: readonly Resource[],
  edit: (region: Region) => object,
  ask?: Partial<AskedPlan>,
): PlanJudgement {
  const snapshot = { ...base, regions: [{ ...REGION, ...edit(REGION) }] } as Snapshot;
  const options = { plans: [plans], region: 'eu-west-1', ask: ask as AskedPlan | undefined };
  return judgeTerraform(readTerraform(planText(resources)), snapshot, options);
}

const changed = (address: string, before: Values, after: Values, refs = {}): Resource => ({
  address,
  actions: ['update'],
  before,
  after,
  refs,
});
const deleted = (address: string, before: Values): Resource => ({ address, actions: ['delete'], before });
const created = (address: string, after: Values, refs = {}): Resource => ({ address, after, refs });
const replaced = (address: string, before: Values, after: Values, refs = {}): Resource => ({
  ...changed(address, before, after, refs),
  actions: ['delete', 'create'],
});

interface Row {
  readonly why: string;
  readonly plan: readonly Resource[];
  readonly before?: 'fail';
  readonly after: 'pass' | 'fail' | 'unknown';
  readonly edit?: (region: Region) => object;
  readonly ask?: Partial<AskedPlan>;
  /** What the report has to say. */
  readonly says?: string;
}

function table(rows: readonly Row[], edit: (region: Region) => object = () => ({})): void {
  it.each(rows.map((row): [string, Row] => [`${row.after}: ${row.why}`, row]))(
    '%s',
    (_, { plan, before = 'pass', after, says, ...row }) => {
      const { integrations, findings } = judged(
        plan,
        (region) => ({ ...edit(region), ...row.edit?.(region) }),
        row.ask,
      );
      expect(integrations, JSON.stringify(findings, null, 1)).toMatchObject([{ before, after }]);
      if (says !== undefined) expect(JSON.stringify({ integrations, findings })).toContain(says);
    },
  );
}

describe('the change that decides is named, and not what changes beside it', () => {
  const [balancer, listener] = [REGION.loadBalancers[0]!, REGION.listeners[0]!];
  const [first = '', ...others] = balancer.subnetIds;
  const own = {
    id: balancer.id,
    arn: balancer.id,
    name: 'shop',
    load_balancer_type: 'application',
    internal: true,
    security_groups: balancer.securityGroupIds,
    subnets: balancer.subnetIds,
  };
  const http = { id: listener.id, arn: listener.id, load_balancer_arn: balancer.id, port: 80, protocol: 'HTTP' };
  const action = [{ type: 'forward', target_group_arn: listener.actions?.[0]?.targetGroupIds?.[0] }];
  const beside = changed(
    'aws_lb_listener.shop',
    { ...http, default_action: action, tags: {} },
    { ...http, default_action: action, tags: { team: 'shop' } },
  );
  const otherZone = REGION.subnets.find(({ zone, id }) => zone === 'euw1-az3' && id !== first)?.id ?? '';
  table([
    {
      why: 'another group of the load balancer',
      plan: [beside, changed('aws_lb.shop', own, { ...own, security_groups: ['sg-0182d44a71dcecc36'] })],
      after: 'fail',
      says: '"remedy":"Undo the change of aws_lb.shop. Or: Add',
    },
    {
      why: 'the load balancer leaves the zone of its target',
      plan: [
        beside,
        changed('aws_lb.shop', own, { ...own, subnets: [first, otherZone].filter((id) => !others.includes(id)) }),
      ],
      after: 'fail',
      says: 'shop has no subnet in its zone',
    },
  ]);
});

describe('the certificates of a listener', () => {
  const [{ id: LISTENER, loadBalancerId, actions }] = REGION.listeners as unknown as readonly [
    Region['listeners'][number],
  ];
  const certificate = (name: string): string => `arn:aws:acm:eu-west-1:111122223333:certificate/${name}`;
  const [OTHER, WEB] = [certificate('other'), certificate('web')];
  const withTls = ({ listeners, targets, gateways }: Region): object => ({
    listeners: listeners.map((one) => ({ ...one, protocol: 'HTTPS', certificateIds: [OTHER, WEB] })),
    targets: targets.map((one) => ({ ...one, protocol: 'HTTPS' })),
    gateways: gateways.map((one) => ({
      ...one,
      routes: one.routes.map((route) => ({ ...route, tls: { serverName: 'web.example.com' } })),
    })),
    certificates: ['other', 'web'].map((name) => ({
      id: certificate(name),
      names: [`${name}.example.com`],
      valid: true,
      issuer: 'public',
    })),
  });
  const listener = {
    id: LISTENER,
    arn: LISTENER,
    load_balancer_arn: loadBalancerId,
    port: 80,
    protocol: 'HTTPS',
    certificate_arn: OTHER,
    default_action: [{ type: 'forward', target_group_arn: actions?.[0]?.targetGroupIds?.[0] }],
  };
  const HTTPS = 'aws_lb_listener.https';
  const ADDED = 'aws_lb_listener_certificate.web';
  const added = { id: `${LISTENER}_${WEB}`, listener_arn: LISTENER, certificate_arn: WEB };
  const requested = { domain_name: 'web.example.com', validation_method: 'DNS' };
  const NEW = { certificate_arn: ['aws_acm_certificate.new.arn', 'aws_acm_certificate.new'] };
  const { certificate_arn: _, ...unknown } = listener;
  const takesNew = changed(HTTPS, listener, unknown, NEW);
  table(
    [
      {
        why: 'another policy',
        plan: [changed(HTTPS, listener, { ...listener, ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-2021-06' })],
        after: 'pass',
      },
      {
        why: 'another default certificate',
        plan: [changed(HTTPS, listener, { ...listener, certificate_arn: WEB })],
        after: 'pass',
      },
      { why: 'an additional one is taken away', plan: [deleted(ADDED, added)], after: 'fail', says: ADDED },
      {
        why: 'it is added',
        plan: [created(ADDED, { listener_arn: LISTENER, certificate_arn: WEB })],
        before: 'fail',
        after: 'pass',
        edit: (region) => ({
          listeners: region.listeners.map((one) => ({ ...one, protocol: 'HTTPS', certificateIds: [OTHER] })),
        }),
      },
      {
        why: 'it is replaced',
        plan: [
          replaced('aws_acm_certificate.new', { ...requested, id: WEB, arn: WEB }, { ...requested }),
          created('aws_acm_certificate_validation.new', {}, NEW),
          replaced(ADDED, added, { listener_arn: LISTENER }, NEW),
        ],
        after: 'pass',
        says: 'calls fail in between',
      },
      {
        why: 'a new one that is not validated',
        plan: [created('aws_acm_certificate.new', requested), takesNew, deleted(ADDED, added)],
        after: 'fail',
        says: 'PENDING_VALIDATION',
      },
      {
        why: 'a new one that is validated',
        plan: [
          created('aws_acm_certificate.new', requested),
          created('aws_acm_certificate_validation.new', {}, NEW),
          takesNew,
          deleted(ADDED, added),
        ],
        after: 'pass',
      },
      {
        why: 'an unknown one',
        plan: [changed(ADDED, added, { listener_arn: LISTENER }, { certificate_arn: ['var.certificate'] })],
        after: 'unknown',
        says: `the certificate of ${ADDED}`,
      },
    ],
    withTls,
  );
});

describe('a stage without automatic deployment', () => {
  const [{ id: API, stages, routes }] = REGION.gateways as unknown as readonly [Region['gateways'][number]];
  const [{ id, key, linkId, targetId, integrationId }] = routes as unknown as readonly [(typeof routes)[number]];
  const [STAGE, DEPLOYMENT] = ['aws_apigatewayv2_stage.s', 'aws_apigatewayv2_deployment.d'];
  const served = { routes: routes.map(({ integrationId: _integration, ...one }) => one) };
  const byHand = ({ gateways }: Region): object => ({
    gateways: gateways.map((one) => ({
      ...one,
      stages: stages.map((stage) => ({ ...stage, autoDeploy: false, deploymentId: 'dep001', served })),
    })),
  });
  const integration = { id: integrationId, api_id: API, connection_type: 'VPC_LINK', connection_id: linkId };
  const stage = { id: '$default', api_id: API, name: '$default', auto_deploy: false, deployment_id: 'dep001' };
  const { deployment_id: __, ...open } = stage;
  const NEW = { deployment_id: [`${DEPLOYMENT}.id`, DEPLOYMENT] };
  const leads = (uri: string | undefined): Values => ({
    ...integration,
    integration_type: 'HTTP_PROXY',
    integration_uri: uri,
  });
  const moves = changed('aws_apigatewayv2_integration.i', leads(targetId), leads(`${targetId}0`));
  const route = { id, api_id: API, route_key: key, target: `integrations/${integrationId}` };
  const removes = deleted('aws_apigatewayv2_route.r', route);
  const deploys = [created(DEPLOYMENT, { api_id: API }), changed(STAGE, stage, open, NEW)];
  table(
    [
      { why: 'a change that is not deployed', plan: [moves], after: 'pass', says: 'the `triggers` of the deployment' },
      { why: 'a route that is deleted', plan: [removes], after: 'pass', says: 'has no route' },
      { why: 'a change that is deployed', plan: [moves, ...deploys], after: 'fail', says: `${targetId}0` },
      {
        why: 'a deployment whose description changes',
        plan: [
          moves,
          changed(DEPLOYMENT, { id: 'dep001', api_id: API }, { id: 'dep001', api_id: API, description: 'a' }),
        ],
        after: 'pass',
      },
      {
        why: 'another stage with a new deployment',
        plan: [
          moves,
          created(DEPLOYMENT, { api_id: API }),
          created('aws_apigatewayv2_stage.t', { ...open, id: undefined, name: 'beta' }, NEW),
        ],
        after: 'fail',
        says: 'on stage beta',
      },
      {
        why: 'a deployment that no stage of the snapshot has',
        plan: [changed(STAGE, stage, { ...stage, deployment_id: 'dep000' })],
        after: 'unknown',
      },
      {
        why: 'an automatic deployment that is switched off meanwhile',
        plan: [moves, changed(STAGE, { ...stage, auto_deploy: true }, stage)],
        edit: ({ gateways }) => ({ gateways }),
        after: 'unknown',
        says: 'let it depend on them',
      },
    ],
    byHand,
  );
});

describe('custom domains', () => {
  const [{ id: API, routes }] = REGION.gateways as unknown as readonly [Region['gateways'][number]];
  const NAME = 'api.example.com';
  const mapped = ({ gateways }: Region, more: object = {}): object => ({
    customDomains: [{ id: NAME, usable: true, mappings: [{ path: '', gatewayId: API, stage: '$default' }], ...more }],
    gateways,
  });
  const [DOMAIN, MAPPING] = ['aws_apigatewayv2_domain_name.d', 'aws_apigatewayv2_api_mapping.m'];
  const domain = { id: NAME, domain_name: NAME, routing_mode: 'API_MAPPING_ONLY' };
  const mapping = { id: 'map001', api_id: API, domain_name: NAME, stage: '$default', api_mapping_key: '' };
  const { id: _, ...newMapping } = mapping;
  const V1 = 'aws_api_gateway_base_path_mapping.m';
  const other = {
    id: 'other00001',
    name: 'other',
    kind: 'http-api',
    stages: [{ name: '$default', autoDeploy: true }],
    tags: {},
  };
  const beside = (own: readonly object[]) => (region: Region) => ({
    gateways: [...region.gateways, { ...other, routes: own }],
  });
  const disabled = (region: Region): object => ({
    gateways: region.gateways.map((one) => ({ ...one, endpoint: 'disabled' })),
  });
  const toOther = [changed(MAPPING, mapping, { ...mapping, api_id: other.id })];
  table(
    [
      {
        why: 'a mapping that is deleted',
        plan: [deleted(MAPPING, mapping)],
        after: 'fail',
        says: `callers of ${NAME} get no answer`,
      },
      {
        why: 'a base path mapping that is deleted',
        plan: [deleted(V1, { id: 'x', api_id: API, domain_name: NAME, base_path: '(none)' })],
        after: 'fail',
        says: V1,
      },
      {
        why: 'the domain that is deleted',
        plan: [deleted(DOMAIN, domain), deleted(MAPPING, mapping)],
        after: 'fail',
        says: DOMAIN,
      },
      {
        why: 'both that are replaced',
        plan: [replaced(DOMAIN, domain, { domain_name: NAME }), replaced(MAPPING, mapping, newMapping)],
        after: 'pass',
        says: `${DOMAIN} is deleted before its replacement exists: calls fail in between`,
      },
      {
        why: 'both that are replaced, where calls of another name were not lost',
        plan: [replaced(DOMAIN, domain, { domain_name: NAME }), replaced(MAPPING, mapping, newMapping)],
        ask: LOST_NONE,
        after: 'pass',
        says: `${DOMAIN} is deleted before its replacement exists: calls fail in between`,
      },
      {
        why: 'another base path',
        plan: [changed(MAPPING, mapping, { ...mapping, api_mapping_key: 'v1' })],
        after: 'fail',
        says: `callers of ${NAME} get`,
      },
      {
        why: 'a stage that does not exist',
        plan: [changed(MAPPING, mapping, { ...mapping, stage: 'prod' })],
        after: 'fail',
        says: 'stage prod',
      },
      {
        why: 'routing rules alone',
        plan: [changed(DOMAIN, domain, { ...domain, routing_mode: 'ROUTING_RULE_ONLY' })],
        after: 'unknown',
        says: NAME,
      },
      {
        why: 'another name beside it',
        plan: [
          created(DOMAIN, { domain_name: 'b.example.com' }),
          created(MAPPING, { api_id: API, stage: '$default' }, { domain_name: [`${DOMAIN}.id`, DOMAIN] }),
        ],
        after: 'pass',
      },
      {
        why: 'a mapping of another API that is replaced',
        plan: [replaced(MAPPING, { ...mapping, api_id: other.id, api_mapping_key: 'v2' }, newMapping)].map((one) => ({
          ...one,
          after: { ...newMapping, api_id: other.id, api_mapping_key: 'v2' },
        })),
        after: 'pass',
        edit: beside([]),
      },
      {
        why: 'the mapping of an API whose default endpoint is disabled',
        plan: [deleted(MAPPING, mapping)],
        after: 'fail',
        edit: disabled,
        says: 'no custom domain that is usable leads to it',
      },
    ],
    mapped,
  );

  it.each([
    ['an API without the route: its callers get no answer', [], 'fail'],
    ['an API with the same route: its callers do', routes, 'pass'],
  ])('a mapping that is changed to %s', (_, own, after) => {
    const { integrations } = judged(toOther, (region) => ({
      ...mapped(region),
      ...beside(own.map((one) => ({ ...one, gatewayId: other.id })))(region),
    }));
    expect(integrations.find(({ gateway }) => gateway === API)).toMatchObject({ before: 'pass', after });
  });

  it.each([
    [
      'pass',
      [
        created(
          MAPPING,
          { stage: '$default' },
          { api_id: id('aws_apigatewayv2_api.shop'), domain_name: [`${DOMAIN}.id`, DOMAIN] },
        ),
      ],
    ],
    ['fail', []],
  ])('%s: an API without a default endpoint, with %j', (after, more) => {
    const api = created('aws_apigatewayv2_api.shop', {
      name: 'shop',
      protocol_type: 'HTTP',
      disable_execute_api_endpoint: true,
    });
    const all = shop(api, created(DOMAIN, { domain_name: NAME }), ...more);
    const { integrations } = judgeTerraform(readTerraform(planText(all)), EMPTY, {
      plans: [plans],
      region: 'eu-west-1',
    });
    expect(integrations).toMatchObject([{ after }]);
  });
});
