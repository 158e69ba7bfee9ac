import { plans } from '@postern/aws/plans';
import { judgeTerraform, readTerraform } from '@postern/core/internal/overlay';
import { describe, expect, it } from 'vitest';
import { balanced, EMPTY, id, planText, shop, stageOf, type Resource } from './shop-plan.js';

const API = 'aws_api_gateway_rest_api.shop';
const INTEGRATION = 'aws_api_gateway_integration.orders';
const DNS = id('aws_lb.shop', 'dns_name');
const LINK = id('aws_api_gateway_vpc_link.shop');
const api = id(API);

/** A REST API with one route, whose integration has `integration` and the references `refs`. */
const rest = (
  { after, refs }: { readonly after?: object; readonly refs?: Resource['refs'] },
  ...more: readonly Resource[]
): readonly Resource[] =>
  balanced(
    {
      address: 'aws_api_gateway_vpc_link.shop',
      after: { name: 'shop' },
      refs: { target_arns: id('aws_lb.shop', 'arn') },
    },
    { address: API, after: { name: 'shop' } },
    ...(more.some(({ address }) => address.startsWith('aws_api_gateway_stage')) ? [] : [stageOf(API)]),
    {
      address: 'aws_api_gateway_resource.orders',
      after: { path_part: 'orders' },
      refs: { rest_api_id: api, parent_id: id(API, 'root_resource_id') },
    },
    {
      address: INTEGRATION,
      after: { http_method: 'GET', type: 'HTTP_PROXY', connection_type: 'VPC_LINK', ...after },
      refs: { rest_api_id: api, resource_id: id('aws_api_gateway_resource.orders'), ...refs },
    },
    ...more,
  );
const listener = (name: string, port: number, group = 'aws_lb_target_group.shop'): Resource => ({
  address: `aws_lb_listener.${name}`,
  after: { port, protocol: 'TCP', default_action: [{ type: 'forward' }] },
  refs: { load_balancer_arn: id('aws_lb.shop', 'arn'), 'default_action.0.target_group_arn': id(group, 'arn') },
});
/** A group of which no target answers. */
const closed: readonly Resource[] = [
  {
    address: 'aws_lb_target_group.closed',
    after: { name: 'closed', port: 9090, protocol: 'TCP', target_type: 'ip', preserve_client_ip: 'false' },
    refs: { vpc_id: id('aws_vpc.shop') },
  },
  {
    address: 'aws_lb_target_group_attachment.closed',
    after: { port: 9090 },
    refs: {
      target_group_arn: id('aws_lb_target_group.closed', 'arn'),
      target_id: id('aws_network_interface.backend', 'private_ip'),
    },
  },
];

function judged(resources: readonly Resource[]) {
  return judgeTerraform(readTerraform(planText(resources)), EMPTY, { plans: [plans], region: 'eu-west-1' });
}
const route = (resources: readonly Resource[]) =>
  judged(resources).integrations.find(({ address }) => address === INTEGRATION);

describe('a URI with the name of a load balancer that the plan creates', () => {
  const byName = { refs: { connection_id: LINK, uri: DNS } };

  it('leads to the only port with a listener, and the report names what the verdict depends on', () => {
    expect(route(rest(byName))).toMatchObject({
      route: 'GET /orders',
      before: 'absent',
      after: 'pass',
      because: `${INTEGRATION}.uri is known after the apply, and with it the port: the verdict is for 80, where the load balancer has a listener, and holds if the URI names no other port, no variable that the stage lacks and no placeholder without a value`,
    });
  });

  it('fails where the targets of that port do not answer', () => {
    const resources = rest(byName, ...closed, listener('shop', 80, 'aws_lb_target_group.closed'));
    expect(route(resources)?.after).toBe('fail');
  });

  it.each([
    ['passes where all listeners lead to targets that answer', [listener('more', 8080)], 'pass'],
    [
      'fails where no listener does',
      [
        ...closed,
        listener('shop', 80, 'aws_lb_target_group.closed'),
        listener('more', 81, 'aws_lb_target_group.closed'),
      ],
      'fail',
    ],
    [
      'is unknown where one of two does, with what helps',
      [...closed, listener('more', 8080, 'aws_lb_target_group.closed')],
      'unknown',
    ],
  ] as const)('%s', (_, more, verdict) => {
    const one = route(rest(byName, ...more));
    expect(one?.after).toBe(verdict);
    if (verdict !== 'unknown') return;
    expect(one?.because).toContain('the load balancer has listeners on 80 and 8080, and it depends on which');
    expect(one?.because).toContain("Name the port by the listener's attribute `port`");
  });

  it.each([
    ['aws_lb_listener.shop', 'pass'],
    ['aws_lb_listener.more', 'fail'],
  ])('has the port of %s, which it names: %s', (name, verdict) => {
    const uri = [...DNS, ...id(name, 'port')];
    const resources = rest(
      { refs: { connection_id: LINK, uri } },
      ...closed,
      listener('more', 8080, 'aws_lb_target_group.closed'),
    );
    expect(route(resources)?.after).toBe(verdict);
  });

  it('of each route depends on its own port alone', () => {
    const methods = ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
    const others = methods.map((method): Resource => ({
      address: `aws_api_gateway_integration.${method}`,
      after: { http_method: method, type: 'HTTP_PROXY', connection_type: 'VPC_LINK' },
      refs: { rest_api_id: api, resource_id: id('aws_api_gateway_resource.orders'), connection_id: LINK, uri: DNS },
    }));
    const { integrations } = judged(rest(byName, listener('more', 8080), ...others));
    expect(integrations.map(({ after }) => after)).toEqual([...methods, 'GET'].map(() => 'pass'));
  });
});

describe('a variable of a URI', () => {
  const uriOf = (uri: string, request_parameters?: Readonly<Record<string, string>>) =>
    rest(
      { after: { uri, request_parameters }, refs: { connection_id: LINK } },
      {
        ...(rest({}).find(({ address }) => address === 'aws_api_gateway_resource.orders') as Resource),
        after: { path_part: '{proxy+}' },
      },
    );
  const mapping = { 'integration.request.path.proxy': 'method.request.path.proxy' };

  it.each([
    ['http://shop.internal/{proxy}', mapping, undefined],
    ['http://shop.internal/{proxy+}', mapping, undefined],
    ['http://shop.internal/{proxy}', undefined, 'Add integration.request.path.proxy = method.request.path.proxy to'],
    ['http://shop.internal/{proxy+}', {}, 'Add integration.request.path.proxy = method.request.path.proxy to'],
    ['http://shop.internal/v/{other}/x', mapping, 'Add a value for integration.request.path.other to'],
  ])('%s with %j: %s', (uri, parameters, remedy) => {
    const { integrations, findings } = judged(uriOf(uri, parameters));
    const one = integrations.find(({ address }) => address === INTEGRATION);
    expect(one?.after, JSON.stringify(findings)).toBe(remedy === undefined ? 'pass' : 'fail');
    if (remedy !== undefined)
      expect(findings).toMatchObject([{ code: 'VALUE_LACKING', remedy: expect.stringContaining(remedy) }]);
  });
});

describe('an integration that is named by variables of stages', () => {
  const named = {
    after: { connection_id: '${stageVariables.link}', uri: 'http://${stageVariables.host}/orders' },
  };
  const stage = (name: string, variables: object, open: object, refs: readonly string[]): Resource => ({
    address: `aws_api_gateway_stage.${name}`,
    after: { stage_name: name, variables, deployment_id: 'abc123' },
    refs: { rest_api_id: api, ...(refs.length === 0 ? {} : { variables: refs }) },
    ...(refs.length === 0 ? {} : { unknown: { variables: open } }),
  });
  const BOTH = { link: true, host: true };
  const prod = stage('prod', {}, BOTH, [...LINK, ...DNS]);

  it('leads where the stage of the plan says, by reference', () => {
    expect(route(rest(named, prod))).toMatchObject({
      after: 'pass',
      because: expect.stringContaining('the verdict is for 80'),
    });
  });

  it('has a port that its text names', () => {
    const uri = 'http://${stageVariables.host}:81/orders';
    expect(route(rest({ after: { ...named.after, uri } }, prod))?.after).toBe('fail');
    const right = { after: { ...named.after, uri: 'http://${stageVariables.host}:80/${stageVariables.path}' } };
    const values = stage('prod', { path: 'v1' }, { link: true, host: true, path: false }, [...LINK, ...DNS]);
    expect(route(rest(right, values))).toMatchObject({ after: 'pass' });
    expect(route(rest(right, values))?.because).toBeUndefined();
  });

  it('is judged on each of several stages: the worst one counts', () => {
    const same = stage('beta', {}, BOTH, [...LINK, ...DNS]);
    expect(route(rest(named, prod, same))?.after).toBe('pass');
    const gone = stage('beta', { link: 'gone12' }, { host: true, link: false }, DNS);
    const found = route(rest(named, prod, gone));
    expect(found).toMatchObject({
      after: 'fail',
      because: expect.stringContaining('on stage beta: link gone12 does not exist'),
    });
  });

  it('is judged on a canary, with the variables that it overrides', () => {
    const canary = (port: string): Resource => ({
      ...prod,
      after: {
        ...prod.after,
        variables: { port: '80' },
        canary_settings: [{ percent_traffic: 20, stage_variable_overrides: { port } }],
      },
    });
    const byPort = { after: { ...named.after, uri: 'http://orders.internal:${stageVariables.port}/orders' } };
    expect(route(rest(byPort, canary('80')))?.after).toBe('pass');
    expect(route(rest(byPort, canary('81')))?.after).toBe('fail');
  });

  it('fails on a stage that lacks a variable', () => {
    const lacking = stage('beta', {}, { host: true }, DNS);
    expect(route(rest(named, prod, lacking))).toMatchObject({
      after: 'fail',
      because:
        'on stage beta: stage beta has no variable link, by which the integration is named: calls get status 500',
    });
    expect(route(rest(named, stage('prod', {}, {}, [])))).toMatchObject({
      after: 'fail',
      because: 'stage prod has no variable host, link, by which the integration is named: calls get status 500',
    });
  });

  it('is unknown without a stage, and is the one link of the module where a value is a local', () => {
    const without = rest(named).filter(({ address }) => !address.startsWith('aws_api_gateway_stage'));
    expect(route(without)).toMatchObject({
      after: 'unknown',
      because: expect.stringContaining('no stage that has a value of host, link'),
    });
    const local = stage('prod', {}, BOTH, ['local.link', ...DNS]);
    expect(route(rest(named, local))).toMatchObject({ after: 'pass' });
  });

  it('is not confused by other variables beside it', () => {
    const values = stage('prod', { env: 'production' }, { ...BOTH, env: false, pool: true }, [
      ...LINK,
      ...DNS,
      ...id('aws_cognito_user_pool.a'),
    ]);
    const pool = { address: 'aws_cognito_user_pool.a', after: { name: 'a' } };
    expect(route(rest(named, pool, values))?.after).toBe('pass');
  });

  it('of a document leads there as well', () => {
    const body = JSON.stringify({
      openapi: '3.0.1',
      paths: {
        '/orders': {
          get: {
            'x-amazon-apigateway-integration': {
              type: 'http_proxy',
              connectionType: 'VPC_LINK',
              connectionId: '${stageVariables.link}',
              uri: 'http://${stageVariables.host}/orders',
            },
          },
        },
      },
    });
    const resources = rest(named, prod, { address: API, after: { name: 'shop', body } }).filter(
      ({ address }) => !/^aws_api_gateway_(?:resource|integration)/.test(address),
    );
    expect(judged(resources).integrations).toMatchObject([{ address: `${API} GET /orders`, after: 'pass' }]);
  });

  it('of an HTTP API is unknown: it is documented for URLs alone', () => {
    const { integrations } = judged([
      ...balanced(prod),
      { address: 'aws_apigatewayv2_api.shop', after: { name: 'shop', protocol_type: 'HTTP' } },
      {
        address: 'aws_apigatewayv2_integration.shop',
        after: {
          connection_type: 'VPC_LINK',
          integration_uri: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/a/1/2',
          connection_id: '${stageVariables.link}',
        },
        refs: { api_id: id('aws_apigatewayv2_api.shop') },
      },
      {
        address: 'aws_apigatewayv2_route.shop',
        after: { route_key: 'GET /orders' },
        refs: { api_id: id('aws_apigatewayv2_api.shop'), target: id('aws_apigatewayv2_integration.shop') },
      },
    ]);
    expect(integrations).toMatchObject([
      { after: 'unknown', because: expect.stringContaining('not documented for an HTTP API') },
    ]);
  });
});

describe('a listener rule on a host or a path', () => {
  const integration = (uri: string, condition: object): readonly Resource[] =>
    shop(
      ...['api', 'integration', 'route', 'stage'].map((name): Resource => ({
        address: `aws_apigatewayv2_${name}.shop`,
        actions: ['none'],
      })),
      {
        address: 'aws_lb_listener.shop',
        after: {
          port: 80,
          protocol: 'HTTP',
          default_action: [{ type: 'fixed-response', fixed_response: [{ status_code: '404' }] }],
        },
        refs: { load_balancer_arn: id('aws_lb.shop', 'arn') },
      },
      {
        address: 'aws_lb_listener_rule.shop',
        after: {
          priority: 1,
          condition: [condition],
          action: [{ type: 'forward' }],
        },
        refs: {
          listener_arn: id('aws_lb_listener.shop', 'arn'),
          'action.0.target_group_arn': id('aws_lb_target_group.shop', 'arn'),
        },
      },
      ...rest({ after: { uri }, refs: { connection_id: id('aws_apigatewayv2_vpc_link.shop') } })
        .filter(({ address }) => address.startsWith('aws_api_gateway_') && !address.includes('vpc_link'))
        .map((one) =>
          one.address === INTEGRATION
            ? { ...one, refs: { ...one.refs, integration_target: id('aws_lb.shop', 'arn') } }
            : one,
        ),
    );

  const host = { host_header: [{ values: ['orders.internal'] }] };
  const path = { path_pattern: [{ values: ['/v2/*'] }] };
  it.each([
    [host, 'http://orders.internal/orders', 'pass'],
    [host, 'http://wrong.internal/orders', 'fail'],
    [path, 'http://orders.internal/v2/orders', 'pass'],
    [path, 'http://orders.internal/orders', 'fail'],
    [path, 'http://orders.internal/v1/orders', 'fail'],
  ])('decides %j by the URI %s: %s', (condition, uri, verdict) => {
    expect(route(integration(uri, condition))?.after).toBe(verdict);
  });
});
