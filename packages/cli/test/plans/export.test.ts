import { CLOUDS, parseSpec } from '../../../core/test/clouds.js';
import { linkHash, type Link, type Snapshot } from '@postern/core/internal/adapter';
import { plans as alibabaPlans } from '@postern/alibaba/plans';
import { plans as awsPlans } from '@postern/aws/plans';
import { exportTerraform } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import type { Route } from '../../../core/src/do/model/route.js';
import { emptyRegion } from '../../../core/src/do/snapshot/snapshot-form.js';

const BALANCER = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/shop/3180e401b516f3fd';
const LISTENER = `${BALANCER.replace(':loadbalancer/', ':listener/')}/2a525759609ee894`;
const owner = { project: 'shop', spec: 'shop-aaaaaa', integration: 'main' };
const marks = { 'postern:project': 'shop', 'postern:owner': 'shop-aaaaaa', 'postern:integration': 'main' };

const WHOLE = ['links', 'allowlists', 'securityGroups', 'loadBalancers', 'subnets', 'gateways', 'targets'] as const;

const link = (more: Partial<Link> = {}): Link => {
  const made: Link = {
    kind: 'vpc-link-v2',
    id: 'pukn7n',
    state: 'ready',
    nativeState: 'AVAILABLE',
    name: 'main',
    subnetIds: ['subnet-1'],
    securityGroupIds: [],
    tags: marks,
    owner,
    raw: undefined,
    ...more,
  };
  return { ...made, owner: { ...owner, ...made.owner, specHash: linkHash(made.owner ?? owner, made) } };
};

const route = (more: Partial<Route>): Route => ({
  id: 'def5678',
  gatewayId: 'gbulw59f16',
  key: 'GET /orders',
  linkId: 'pukn7n',
  targetId: LISTENER,
  path: 'overwrite',
  integrationId: 'abc1234',
  open: true,
  authorization: 'NONE',
  settings: { timeoutMs: 30_000, authorizer: 'none' },
  owner,
  raw: undefined,
  ...more,
});

/** A region with a link, its subnet and its target; `more` has other lists. */
function snapshot(more: object, place: object = {}): Snapshot {
  const region = emptyRegion({ provider: 'aws', region: 'eu-west-1', account: '111122223333', ...place });
  const subnet = { id: 'subnet-1', networkId: 'vpc-1', cidrBlock: '10.0.1.0/24', zone: 'euw1-az1', tags: {} };
  const target = {
    kind: 'listener',
    id: LISTENER,
    networkId: 'vpc-1',
    resourceId: BALANCER,
    port: 80,
    protocol: 'TCP',
  };
  return {
    version: 1,
    takenAt: '2026-11-26T08:00:00.000Z',
    regions: [{ ...region, links: [link()], subnets: [subnet], targets: [target], whole: WHOLE, ...more }],
  } as unknown as Snapshot;
}

const gateway = (kind: 'http-api' | 'rest-api' | 'websocket-api', routes: readonly Route[], autoDeploy = true) =>
  [{ id: 'gbulw59f16', name: 'shop', kind, stages: [{ name: 'live', autoDeploy }], routes, tags: {} }] as const;

const PLANS = [awsPlans, alibabaPlans];

function exported(shown: Snapshot, integration: string, linkText = 'subnets: [subnet-1]') {
  return exportTerraform(
    shown,
    parseSpec(`version: 1
project: shop
spec: shop-aaaaaa
links:
  main: { provider: aws, region: eu-west-1, ${linkText} }
integrations:
  main:
    link: main
    targets: { t: { listener: '${LISTENER}' } }
    ${integration}
`),
    { clouds: CLOUDS, plans: PLANS },
  );
}

const HTTP = `gateway: { httpApi: gbulw59f16 }
    routes: { 'GET /orders': t }`;

describe('exportTerraform', () => {
  it('writes a link, its group, and a route with its integration', () => {
    const group = {
      id: 'sg-1',
      name: 'postern-shop-main',
      networkId: 'vpc-1',
      rules: [
        {
          direction: 'out',
          protocol: 'tcp',
          fromPort: 80,
          toPort: 80,
          cidrBlock: '10.0.0.0/16',
          description: 'a "b" ${c}',
        },
        {
          direction: 'out',
          protocol: 'tcp',
          fromPort: 80,
          toPort: 80,
          cidrBlock: '10.1.0.0/16',
          description: 'a "b" ${c}',
        },
        { direction: 'out', protocol: 'all', fromPort: 0, toPort: 65_535, cidrBlock: '::/0' },
      ],
      tags: marks,
    };
    const shown = snapshot({
      links: [link({ securityGroupIds: ['sg-1'], tags: { ...marks, team: 'orders' } })],
      securityGroups: [group],
      allowlists: [{ linkId: 'pukn7n', owned: true, securityGroupId: 'sg-1', entries: [], wider: [] }],
      gateways: gateway('http-api', [
        route({
          tls: { serverName: 'orders.internal' },
          settings: {
            timeoutMs: 5_000,
            authorizer: 'a1b2c3',
            scopes: ['read'],
            parameters: { header: { 'x-a': "'%{b}'" } },
          },
          authorization: 'JWT',
        }),
      ]),
    });
    const { files, notes } = exported(shown, HTTP, 'subnets: [subnet-1], allowlist: [10.0.0.0/16]');
    expect(notes).toEqual([]);
    expect(files['imports.tf']).toBe(`import {
  to = aws_security_group.main
  id = "sg-1"
}

import {
  to = aws_apigatewayv2_vpc_link.main
  id = "pukn7n"
}

import {
  to = aws_apigatewayv2_integration.main
  id = "gbulw59f16/abc1234"
}

import {
  to = aws_apigatewayv2_route.main_GET_orders
  id = "gbulw59f16/def5678"
}
`);
    expect(files['postern.tf']).toBe(String.raw`resource "aws_security_group" "main" {
  name   = "postern-shop-main"
  vpc_id = "vpc-1"
  egress {
    description = "a \"b\" $${'$'}{c}"
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16", "10.1.0.0/16"]
  }
  egress {
    from_port        = 0
    to_port          = 0
    protocol         = "-1"
    ipv6_cidr_blocks = ["::/0"]
  }
  lifecycle {
    ignore_changes = [
      description,
      revoke_rules_on_delete,
      tags["postern:project"],
      tags["postern:owner"],
      tags["postern:integration"],
      tags["postern:name"],
      tags["postern:spec"],
    ]
  }
}

resource "aws_apigatewayv2_vpc_link" "main" {
  name               = "main"
  subnet_ids         = ["subnet-1"]
  security_group_ids = [aws_security_group.main.id]
  tags = {
    team = "orders"
  }
  lifecycle {
    ignore_changes = [
      tags["postern:project"],
      tags["postern:owner"],
      tags["postern:integration"],
      tags["postern:name"],
      tags["postern:spec"],
    ]
  }
}

resource "aws_apigatewayv2_integration" "main" {
  api_id                 = "gbulw59f16"
  integration_type       = "HTTP_PROXY"
  integration_method     = "ANY"
  integration_uri        = "${LISTENER}"
  connection_type        = "VPC_LINK"
  connection_id          = aws_apigatewayv2_vpc_link.main.id
  payload_format_version = "1.0"
  timeout_milliseconds   = 5000
  request_parameters = {
    "overwrite:header.x-a" = "%%{b}"
    "overwrite:path"       = "$request.path"
  }
  tls_config {
    server_name_to_verify = "orders.internal"
  }
  lifecycle {
    ignore_changes = [description]
  }
}

resource "aws_apigatewayv2_route" "main_GET_orders" {
  api_id               = "gbulw59f16"
  route_key            = "GET /orders"
  target               = "integrations/${'$'}{aws_apigatewayv2_integration.main.id}"
  authorization_type   = "JWT"
  authorizer_id        = "a1b2c3"
  authorization_scopes = ["read"]
  lifecycle {
    ignore_changes = [operation_name]
  }
}
`);
  });

  it('writes the method and the integration of a REST API, with what its paths and deployments lack', () => {
    const shown = snapshot({
      links: [link({ kind: 'vpc-link-v1', subnetIds: [], loadBalancerIds: [BALANCER] })],
      loadBalancers: [
        { id: BALANCER, name: 'shop', kind: 'network', networkId: 'vpc-1', subnetIds: [], securityGroupIds: [] },
      ],
      gateways: gateway(
        'rest-api',
        [
          route({
            id: 'res123/GET',
            key: 'GET /orders/{id}',
            integrationId: 'res123/GET',
            settings: { timeoutMs: 29_000, host: 'orders.internal', apiKey: true },
            authorization: 'API_KEY',
          }),
        ],
        false,
      ),
    });
    const rest = `gateway: { restApi: gbulw59f16, stage: live }
    routes: { 'GET /orders/{id}': t }`;
    const { files, resources, notes } = exported(shown, rest, `kind: vpc-link-v1, loadBalancer: '${BALANCER}'`);
    expect(resources.map(({ address, importId }) => `${address} ${importId}`)).toEqual([
      'aws_api_gateway_vpc_link.main pukn7n',
      'aws_api_gateway_method.main_GET_orders_id gbulw59f16/res123/GET',
      'aws_api_gateway_integration.main_GET_orders_id gbulw59f16/res123/GET',
    ]);
    expect(files['postern.tf']).toContain(`resource "aws_api_gateway_method" "main_GET_orders_id" {
  rest_api_id      = "gbulw59f16"
  resource_id      = "res123"
  http_method      = "GET"
  authorization    = "NONE"
  api_key_required = true
  request_parameters = {
    "method.request.path.id" = true
  }
`);
    expect(files['postern.tf']).toContain('uri                     = "http://orders.internal/orders/{id}"');
    expect(notes).toEqual([
      expect.stringContaining('paths of REST API gbulw59f16'),
      expect.stringContaining('stage live of gbulw59f16 is deployed on request'),
    ]);
  });

  /** What is exported of an API whose one stage, of the name that its kind needs, has what a spec declares. */
  const throttled = (kind: 'http-api' | 'rest-api', gatewaySettings: string, routes: string, stage: object) => {
    const [api] = gateway(kind, [route({ key: 'ANY /orders' }), route({ id: 'r2', key: 'GET /orders' })]);
    const gateways = [{ ...api, stages: [{ name: 'live', autoDeploy: kind === 'http-api', ...stage }] }];
    const integration = `gateway: { ${kind === 'rest-api' ? 'restApi' : 'httpApi'}: gbulw59f16${gatewaySettings} }
    routes: ${routes}`;
    const { files, resources, notes } = exported(snapshot({ gateways }), integration);
    const settings = resources.filter(({ address }) => /_stage|_settings/.test(address));
    return { text: files['postern.tf'] ?? '', notes, settings };
  };
  const ROUTES = `{ 'ANY /orders': t, 'GET /orders': { target: t, throttle: { rate: 2.5 } } }`;

  it('writes the throttles of a REST API, one resource for each method, and imports the stage of a certificate', () => {
    const { text, settings } = throttled(
      'rest-api',
      ', stage: live, throttle: { rate: 9, burst: 5 }, clientCertificate: ab12cd',
      `{ 'ANY /orders': { target: t, throttle: { rate: 7, burst: 8 } }, 'GET /orders': { target: t, throttle: { rate: 2.5 } } }`,
      {
        throttle: { rate: 9, burst: 5 },
        throttles: [
          { key: 'GET /orders', throttle: { rate: 2.5 } },
          { key: 'ANY /orders', throttle: { rate: 7, burst: 8 } },
        ],
        clientCertificate: { id: 'ab12cd' },
      },
    );
    const others = ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
    expect(settings.map(({ importId, isWritten }) => [importId, isWritten])).toEqual([
      ['gbulw59f16/live', false],
      ['gbulw59f16/live/*/*', true],
      ...others.map((verb) => [`gbulw59f16/live/~1orders/${verb}`, true]),
      ['gbulw59f16/live/~1orders/GET', true],
    ]);
    expect(text).toContain(`"main_GET_orders" {
  rest_api_id = "gbulw59f16"
  stage_name  = "live"
  method_path = "~1orders/GET"
  settings {
    throttling_rate_limit  = 2.5
    throttling_burst_limit = -1
  }
`);
  });

  it('writes how answers of a REST API are cached, and imports the stage that has the cluster', () => {
    const cache = { size: 0.5, ttlSeconds: 120, encrypted: true };
    const routes = `{ 'ANY /orders': t, 'GET /orders': { target: t, throttle: { rate: 2.5 } } }`;
    const declared = ', stage: live, cache: { size: 0.5, ttl: 2m, encrypted: true }';
    const throttles = [{ key: 'GET /orders', throttle: { rate: 2.5 } }];
    const { text, settings, notes } = throttled('rest-api', declared, routes, { cache, throttle: {}, throttles });
    expect(settings.map(({ importId, isWritten }) => [importId, isWritten])).toEqual([
      ['gbulw59f16/live', false],
      ['gbulw59f16/live/*/*', true],
      ['gbulw59f16/live/~1orders/GET', true],
    ]);
    const cached = `
    caching_enabled        = true
    cache_ttl_in_seconds   = 120
    cache_data_encrypted   = true
  }`;
    expect(text).toContain(`throttling_rate_limit  = -1\n    throttling_burst_limit = -1${cached}`);
    expect(text).toContain(`throttling_rate_limit  = 2.5\n    throttling_burst_limit = -1${cached}`);
    expect(notes.join()).not.toContain('cache');
    const other = throttled('rest-api', declared, routes, { cache: { size: 1.6 }, throttle: {}, throttles });
    expect(other.notes).toContain('the cache of stage live of gbulw59f16 differs from the spec: apply the spec first');
  });

  it('imports the stage of an HTTP API once, whose throttles are declared and applied', () => {
    const declared = [', throttle: { rate: 9 }', ROUTES] as const;
    const is = { throttle: { rate: 9, burst: 1 }, throttles: [{ key: 'GET /orders', throttle: { rate: 2.5 } }] };
    expect(throttled('http-api', ...declared, is).settings).toEqual([
      { address: 'aws_apigatewayv2_stage.main_live', importId: 'gbulw59f16/live', isWritten: false },
    ]);
    expect(throttled('http-api', '', `{ 'ANY /orders': t, 'GET /orders': t }`, is).settings).toEqual([]);
    const { notes, settings } = throttled('http-api', ...declared, { throttle: { rate: 8 }, throttles: [] });
    expect(settings).toEqual([]);
    expect(notes).toEqual([
      'the throttle of stage live of gbulw59f16 differs from the spec: apply the spec first',
      'the throttle of GET /orders on stage live of gbulw59f16 differs from the spec: apply the spec first',
    ]);
  });

  it('writes the URI and the declared parameters of a WebSocket API', () => {
    const settings = { timeoutMs: 29_000, host: 'orders.internal', parameters: { header: { 'x-t': 'query.t' } } };
    const shown = snapshot({
      links: [link({ kind: 'vpc-link-v1', subnetIds: [], loadBalancerIds: [BALANCER] })],
      loadBalancers: [
        { id: BALANCER, name: 'shop', kind: 'network', networkId: 'vpc-1', subnetIds: [], securityGroupIds: [] },
      ],
      gateways: gateway('websocket-api', [
        route({ key: '$connect', tls: {}, settings }),
        route({ id: 'ghi', key: '$default', integrationId: 'jkl', path: 'keep' }),
      ]),
    });
    const socket = `gateway: { webSocketApi: gbulw59f16 }
    routes: { '$connect': t, '$default': t }`;
    const { files, notes } = exported(shown, socket, `kind: vpc-link-v1, loadBalancer: '${BALANCER}'`);
    expect(files['postern.tf']).toContain('integration_uri      = "https://orders.internal:80/"');
    expect(files['postern.tf']).toContain(
      '    request_parameter_key = "route.request.querystring.t"\n    required              = false',
    );
    expect(notes).toEqual([
      'aws_apigatewayv2_integration gbulw59f16/jkl: the host or the path of its backend is not in the snapshot',
    ]);
  });

  it('leaves out what others own or what does not exist, and says so', () => {
    const other = { ...owner, spec: 'other-bbbbbb' };
    const shown = snapshot({ gateways: gateway('http-api', [route({ owner: other })]) });
    const { files, resources, notes } = exported(
      shown,
      HTTP,
      'id: pukn7n, owner: external }\n  main2: { provider: aws, region: eu-west-1, subnets: [subnet-1]',
    );
    expect(resources).toEqual([]);
    expect(notes).toEqual([
      'link main2 does not exist: apply the spec first',
      'route GET /orders of gbulw59f16 does not carry the mark of the spec, so it is not written',
      'the spec owns nothing that exists',
    ]);
    expect(files['postern.tf']).toMatch(/^# link main2/);
  });

  it('gives each region of a cloud an alias, and each resource its provider', () => {
    const shown = snapshot({ gateways: gateway('http-api', [route({})]) });
    const far = snapshot(
      { links: [link({ id: 'farlnk', owner: { ...owner, integration: 'far' } })] },
      { region: 'us-east-1' },
    );
    const spec = parseSpec(`version: 1
project: shop
spec: shop-aaaaaa
links:
  main: { provider: aws, region: eu-west-1, subnets: [subnet-1] }
  far: { provider: aws, region: us-east-1, subnets: [subnet-1] }
`);
    const { files } = exportTerraform({ ...shown, regions: [...shown.regions, ...far.regions] }, spec, {
      clouds: CLOUDS,
      plans: PLANS,
    });
    expect(files['providers.tf']).toContain('  alias               = "us_east_1"\n');
    expect(files['postern.tf']).toContain(
      'resource "aws_apigatewayv2_vpc_link" "far" {\n  provider           = aws.us_east_1\n',
    );
  });

  it('imports what a snapshot has too little of, without arguments, and never lets a plan delete it', () => {
    const place = { provider: 'alibaba', region: 'cn-hangzhou' };
    const access = {
      kind: 'instance',
      id: 'acc-1',
      name: 'postern-t',
      networkId: 'vpc-1',
      resourceId: 'i-1',
      port: 8080,
      owner,
    };
    const api = { id: 'grp1', name: 'shop', kind: 'api-group', linkId: 'apigateway-hz-1', stages: [], tags: {} };
    const shown = snapshot(
      {
        links: [link({ kind: 'integration-instance', id: 'apigateway-hz-1' })],
        targets: [access],
        gateways: [
          {
            ...api,
            routes: [route({ gatewayId: 'grp1', id: 'api9', linkId: 'apigateway-hz-1', targetId: 'acc-1' })],
          },
        ],
      },
      place,
    );
    const spec = parseSpec(`version: 1
project: shop
spec: shop-aaaaaa
links:
  main: { provider: alibaba, region: cn-hangzhou, id: apigateway-hz-1 }
integrations:
  main:
    link: main
    gateway: { apiGroup: grp1, stages: [RELEASE] }
    targets: { t: { instance: i-1, port: 8080 } }
    routes: { 'GET /orders': t }
`);
    const { files, resources, notes } = exportTerraform(shown, spec, { clouds: CLOUDS, plans: PLANS });
    expect(resources).toEqual([
      { address: 'alicloud_api_gateway_instance.main', importId: 'apigateway-hz-1', isWritten: false },
      { address: 'alicloud_api_gateway_vpc_access.main_t', importId: 'postern-t:vpc-1:i-1:8080', isWritten: true },
      { address: 'alicloud_api_gateway_api.main_GET_orders', importId: 'grp1:api9', isWritten: false },
    ]);
    expect(files['providers.tf']).toContain('source = "aliyun/alicloud"');
    expect(notes).toEqual([expect.stringContaining('-generate-config-out')]);
  });

  it('refuses a redacted snapshot', () => {
    expect(() => exported({ ...snapshot({}), redacted: true }, HTTP)).toThrow('redacted');
  });
});
