import { defined, type Scope, type Gateway } from '@postern/core/internal/adapter';
import { describe, expect, it } from 'vitest';
import { uriPath } from '../../src/cloud/backend-paths.js';
import { formatMethodMark } from '../../src/rest-apis/rest-owner.js';
import { deployedTag } from '../../src/rest-apis/rest-stage.js';
import { OWNER } from '../world/simulated.js';
import { readWorld } from './read-world.js';

const both = { linkKinds: ['vpc-link-v2', 'vpc-link-v1'] } as const;

async function linkedWorld() {
  const cloud = await readWorld();
  const v2 = (await cloud.link()).id;
  const v1 = cloud.v1(cloud.edge.arn);
  await cloud.settle();
  const apiId = cloud.api('shop', { tags: { team: 'orders' } });
  const read = async (more: Partial<Scope> = {}): Promise<Gateway> => {
    const { gateways, gaps } = await cloud.driver.observe(
      { ...both, gateways: [{ restApi: apiId }], targets: [{ listener: cloud.edge.listener }], ...more },
      cloud.ctx,
    );
    expect(gaps).toEqual([]);
    return gateways.find(({ id }) => id === apiId)!;
  };
  const route = async (key: string, more: Partial<Scope> = {}) =>
    (await read(more)).routes.find((one) => one.key === key);
  return { ...cloud, v2, v1, apiId, read, route };
}

describe('a REST API', () => {
  it('has its routes, with the resources that they share, and its tags', async () => {
    const { method, apiId, v2, alb, read } = await linkedWorld();
    const id = method(apiId, 'GET /orders/{id}', {
      connectionId: v2,
      integrationTarget: alb,
      uri: 'http://orders.internal/orders/{id}',
      requestParameters: { 'integration.request.path.id': 'method.request.path.id' },
    });
    const gateway = await read({ targets: [{ listener: { loadBalancer: 'orders-alb', port: 80 } }] });
    const targetId = gateway.routes[0]?.targetId;
    expect(gateway).toMatchObject({ id: apiId, name: 'shop', kind: 'rest-api', tags: { team: 'orders' }, stages: [] });
    expect({ ...gateway.routes[0], raw: null }).toEqual({
      id,
      gatewayId: apiId,
      key: 'GET /orders/{id}',
      linkId: v2,
      targetId: expect.stringMatching(/:listener\/app\/orders-alb\//),
      tls: undefined,
      path: 'overwrite',
      integrationId: id,
      settings: { host: 'orders.internal', timeoutMs: 29_000, authorizer: 'none', apiKey: false, stream: false },
      open: true,
      authorization: 'NONE',
      owner: undefined,
      raw: null,
    });
    expect(gateway.integrations).toEqual([{ id, linkId: v2, targetId, owner: undefined }]);
  });

  it('leads through a V1 link to the listener of its load balancer', async () => {
    const { method, apiId, v1, edge, route } = await linkedWorld();
    method(apiId, 'ANY /{proxy+}', {
      connectionId: v1,
      uri: 'https://shop.internal/{proxy}',
      requestParameters: { 'integration.request.path.proxy': 'method.request.path.proxy' },
    });
    expect(await route('ANY /{proxy+}')).toMatchObject({
      linkId: v1,
      targetId: edge.listener,
      tls: { serverName: 'shop.internal' },
      path: 'overwrite',
    });
    // Links V1 are read for it, also where the scope has none of them.
    expect(await route('ANY /{proxy+}', { linkKinds: ['vpc-link-v2'] })).toMatchObject({ targetId: edge.listener });
    // Where no listener is known, the load balancer and the port are.
    expect(await route('ANY /{proxy+}', { targets: [] })).toMatchObject({ targetId: `${edge.arn}:443` });
    // A full read knows all listeners of its targets.
    expect(await route('ANY /{proxy+}', { targets: [], all: true })).toMatchObject({ targetId: edge.listener });
  });

  const mapped = (source: string, name = 'id') => ({ [`integration.request.path.${name}`]: source });
  const proxy = mapped('method.request.path.proxy', 'proxy');

  it.each<[string, string, Record<string, string>, 'overwrite' | 'keep', sent?: string]>([
    ['/a', 'http://x.internal/a', {}, 'overwrite'],
    ['/a', 'http://x.internal/a/', {}, 'overwrite', '/a/'],
    ['/', 'http://x.internal', {}, 'overwrite'],
    ['/a', 'http://x.internal/internal/a', {}, 'keep', '/internal/a'],
    ['/a', 'http://x.internal:8080/b?c=/d', {}, 'keep', '/b'],
    ['/{id}', 'http://x.internal/{id}', {}, 'keep'],
    ['/{id}', 'http://x.internal/{id}', mapped('method.request.path.id'), 'overwrite'],
    ['/{id}', 'http://x.internal/{id}', mapped("'7'"), 'overwrite', '/7'],
    ['/{id}', 'http://x.internal/{id}', mapped('method.request.header.id'), 'overwrite', '/{id+}'],
    ['/shop/{proxy+}', 'http://x.internal/svc/{proxy}', proxy, 'keep', '/svc/{proxy+}'],
    ['/shop/{proxy+}', 'http://x.internal/svc', proxy, 'keep', '/svc'],
    ['/a', 'http://x.internal/${stageVariables.base}/a', {}, 'keep'],
  ])('%s with the URI %s and the parameters %j has the path %s', (route, uri, parameters, path, writtenPath) => {
    expect(uriPath(route, uri, parameters)).toEqual(defined({ path, writtenPath }));
  });

  it('has no name for TLS where the host is that of the load balancer', async () => {
    const { method, apiId, v1, route, elb, edge } = await linkedWorld();
    const { DNSName } = elb('DescribeLoadBalancers', { LoadBalancerArns: [edge.arn] }).LoadBalancers[0];
    method(apiId, 'GET /a', { connectionId: v1, uri: `https://${DNSName}/a` });
    expect(await route('GET /a')).toMatchObject({ tls: {}, settings: { host: DNSName } });
  });

  it('has the settings of its methods and integrations', async () => {
    const { method, apiId, v1, route, rest } = await linkedWorld();
    const { id: authorizerId } = rest('CreateAuthorizer', {
      restApiId: apiId,
      name: 'users',
      type: 'COGNITO_USER_POOLS',
      providerARNs: ['arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_a1b2c3'],
      identitySource: 'method.request.header.Authorization',
    });
    method(
      apiId,
      'GET /orders/{id}',
      {
        connectionId: v1,
        uri: 'http://orders.internal/orders/{id}',
        timeoutInMillis: 10_000,
        responseTransferMode: 'STREAM',
        requestParameters: {
          'integration.request.path.id': 'method.request.path.id',
          'integration.request.path.order': 'method.request.path.id',
          'integration.request.header.x-tenant': 'method.request.header.tenant',
          'integration.request.header.x-region': "'eu'",
          'integration.request.querystring.page': 'method.request.querystring.p',
          'integration.request.header.x-stage': 'context.stage',
        },
      },
      {
        authorizationType: 'COGNITO_USER_POOLS',
        authorizerId,
        authorizationScopes: ['orders/read'],
        apiKeyRequired: true,
        requestParameters: { 'method.request.header.tenant': true, 'method.request.querystring.p': false },
      },
    );
    expect(await route('GET /orders/{id}')).toMatchObject({
      open: false,
      authorization: 'COGNITO_USER_POOLS',
      settings: {
        host: 'orders.internal',
        timeoutMs: 10_000,
        parameters: {
          path: { order: 'path.id' },
          header: { 'x-tenant': 'header.tenant', 'x-region': "'eu'", 'x-stage': 'context.stage' },
          query: { page: 'query.p' },
        },
        authorizer: authorizerId,
        scopes: ['orders/read'],
        apiKey: true,
        stream: true,
      },
    });
  });

  it.each([
    [{ authorizationType: 'AWS_IAM' }, { open: false, authorization: 'AWS_IAM', settings: { authorizer: 'iam' } }],
    [
      { apiKeyRequired: true },
      { open: false, authorization: 'API_KEY', settings: { authorizer: 'none', apiKey: true } },
    ],
  ])('with the method %j is not open', async (more, expected) => {
    const { method, apiId, v1, route } = await linkedWorld();
    method(apiId, 'GET /a', { connectionId: v1, uri: 'http://a.internal/a' }, more);
    expect(await route('GET /a')).toMatchObject(expected);
  });

  it('has owners by the mark of a method, and not by one that was copied', async () => {
    const { method, apiId, v1, read } = await linkedWorld();
    const operationName = formatMethodMark(OWNER, { apiId, path: '/a', verb: 'GET' });
    for (const key of ['GET /a', 'POST /a', 'GET /b']) {
      method(apiId, key, { connectionId: v1, uri: 'http://a.internal/a' }, { operationName });
    }
    const { routes, integrations } = await read();
    expect(routes.map(({ key, owner }) => [key, owner])).toEqual([
      ['GET /a', OWNER],
      ['POST /a', undefined],
      ['GET /b', undefined],
    ]);
    expect(integrations?.map(({ owner }) => owner)).toEqual([OWNER, undefined, undefined]);
  });

  it('has routes outside of every network, without link and target', async () => {
    const { apiId, resource, rest, read } = await linkedWorld();
    const resourceId = resource(apiId, '/public');
    const place = { restApiId: apiId, resourceId, httpMethod: 'GET' };
    rest('PutMethod', { ...place, authorizationType: 'NONE' });
    expect((await read()).routes[0]).toMatchObject({ key: 'GET /public', open: true });
    rest('PutIntegration', { ...place, type: 'HTTP_PROXY', integrationHttpMethod: 'GET', uri: 'https://example.com/' });
    const { routes, integrations } = await read();
    expect(routes[0]?.linkId).toBeUndefined();
    expect(routes[0]?.targetId).toBeUndefined();
    expect(integrations).toEqual([]);
  });
});

describe('the stages of a REST API', () => {
  async function deployed() {
    const cloud = await linkedWorld();
    const { rest, method, apiId, v1 } = cloud;
    method(apiId, 'GET /a', { connectionId: v1, uri: 'http://a.internal/a' });
    const deploy = (description: string): string => rest('CreateDeployment', { restApiId: apiId, description }).id;
    const mark = 'postern:shop@orders/1a2b3c';
    const first = deploy(mark);
    rest('CreateStage', {
      restApiId: apiId,
      stageName: 'prod',
      deploymentId: first,
      variables: { color: 'blue' },
      tags: deployedTag(mark, first),
    });
    return { ...cloud, deploy, mark, first };
  }
  const mine = { project: 'shop', spec: 'orders' };

  it('show what they serve by their tag, without a list of deployments', async () => {
    const { read, mark, first, simulation, calledSince } = await deployed();
    const from = simulation.journal().length;
    expect((await read(mine)).stages).toEqual([
      {
        name: 'prod',
        autoDeploy: false,
        deploymentId: first,
        deployed: mark,
        variables: { color: 'blue' },
        accessLog: {},
        cache: {},
        clientCertificate: {},
        throttle: {},
        throttles: [],
      },
    ]);
    expect(calledSince(from)).not.toContain('GetDeployments');
    expect((await read({ project: 'shop', spec: 'other' })).stages[0]?.deployed).toBeUndefined();
  });

  it('show the mark after a later deployment of others, and not after a rollback before it', async () => {
    const { read, deploy, mark, rest, apiId, simulation, calledSince } = await deployed();
    await simulation.advance(10_000);
    const later = deploy('by hand');
    const point = (value: string) =>
      rest('UpdateStage', {
        restApiId: apiId,
        stageName: 'prod',
        patchOperations: [{ op: 'replace', path: '/deploymentId', value }],
      });
    point(later);
    const from = simulation.journal().length;
    expect((await read(mine)).stages[0]).toMatchObject({ deploymentId: later, deployed: mark });
    expect(calledSince(from).filter((one) => one === 'GetDeployments')).toHaveLength(1);
  });
});

it('the cache of a stage: is read as what it answers, call by call', async () => {
  const { method, rest, apiId, v2, alb, read } = await linkedWorld();
  const lead = { connectionId: v2, integrationTarget: alb, uri: 'http://orders.internal/' };
  for (const key of ['ANY /a', 'GET /b', 'POST /b', 'GET /c', 'GET /d']) method(apiId, key, lead);
  method(apiId, 'GET /stream', { ...lead, responseTransferMode: 'STREAM' });
  rest('CreateDeployment', { restApiId: apiId, stageName: 'prod' });
  const set = (...changes: readonly (readonly [path: string, value: string])[]) =>
    rest('UpdateStage', {
      restApiId: apiId,
      stageName: 'prod',
      patchOperations: changes.map(([path, value]) => ({ op: 'replace', path, value })),
    });
  set(['/*/*/caching/enabled', 'true'], ['/*/*/caching/dataEncrypted', 'true']);
  expect((await read()).stages[0]?.cache).toEqual({}); // settings without a cluster cache nothing
  set(
    ['/cacheClusterEnabled', 'true'],
    ['/cacheClusterSize', '1.6'],
    ['/~1b/POST/caching/ttlInSeconds', '60'],
    ['/~1b/POST/caching/requireAuthorizationForCacheControl', 'false'],
    ['/~1c/GET/caching/enabled', 'false'],
    ['/~1d/GET/caching/ttlInSeconds', '0'],
  );
  expect((await read()).stages[0]?.cache).toEqual({
    size: 1.6,
    ttlSeconds: 300,
    encrypted: true,
    calls: [
      { key: 'GET /a', ttlSeconds: 300 },
      { key: 'GET /b', ttlSeconds: 300 },
      { key: 'POST /b', ttlSeconds: 60, passable: true },
    ],
  });
});

it('stage variables: give a route its link and target where all stages agree, and otherwise each integration', async () => {
  const { method, rest, apiId, v1, edge, read, balancer, settle } = await linkedWorld();
  const other = balancer('other-nlb');
  await settle();
  const second = rest('CreateVpcLink', { name: 'other', targetArns: [other.arn] }).id;
  await settle();
  const id = method(apiId, 'GET /a', {
    connectionId: '${stageVariables.link}',
    uri: 'http://${stageVariables.host}:443/a',
  });
  const deploymentId = rest('CreateDeployment', { restApiId: apiId }).id;
  const stage = (stageName: string, variables: Record<string, string>) =>
    rest('CreateStage', { restApiId: apiId, stageName, deploymentId, variables });
  const all = { all: true };
  expect((await read(all)).routes[0]).toMatchObject({ variables: ['host', 'link'], linkId: undefined });
  stage('prod', { link: v1, host: 'a.internal' });
  stage('empty', {});
  expect((await read(all)).routes[0]).toMatchObject({ linkId: v1, targetId: edge.listener });
  stage('test', { link: second, host: 'b.internal' });
  const { routes, integrations } = await read(all);
  expect(routes[0]).toMatchObject({ linkId: undefined, targetId: undefined });
  expect(integrations).toEqual([
    { id, linkId: v1, targetId: edge.listener, owner: undefined },
    { id, linkId: second, targetId: other.listener, owner: undefined },
  ]);
});

it('the usage plans of a stage: are read by one list, where a private route needs an API key', async () => {
  const { method, apiId, v2, alb, read, call, driver, ctx, simulation } = await linkedWorld();
  const rest = (operation: string, input: object): any => call('apigateway', operation, input as never);
  method(apiId, 'GET /orders', { connectionId: v2, integrationTarget: alb, uri: 'http://orders.internal/' });
  for (const stageName of ['prod', 'beta']) rest('CreateDeployment', { restApiId: apiId, stageName });
  const { id } = rest('CreateUsagePlan', { name: 'partners', apiStages: [{ apiId, stage: 'prod' }] });
  const plans = async () => (await read({ checks: true })).stages.map((one) => [one.name, one.usagePlans]).toSorted();
  expect(await plans()).toEqual([
    ['beta', undefined],
    ['prod', undefined],
  ]);
  const { items } = rest('GetResources', { restApiId: apiId });
  const { id: resourceId } = items.find(({ path }: { readonly path: string }) => path === '/orders');
  const patchOperations = [{ op: 'replace', path: '/apiKeyRequired', value: 'true' }];
  rest('UpdateMethod', { restApiId: apiId, resourceId, httpMethod: 'GET', patchOperations });
  expect(await plans()).toEqual([
    ['beta', []],
    ['prod', [id]],
  ]);
  simulation.faults.add({ operation: 'GetUsagePlans', kind: 'deny' });
  const { gateways, gaps } = await driver.observe({ gateways: [{ restApi: apiId }], checks: true }, ctx);
  expect(gateways[0]?.stages.map(({ usagePlans }) => usagePlans)).toEqual([undefined, undefined]);
  expect(gaps).toMatchObject([{ of: 'quotas', id: 'usage plans', permission: 'apigateway:GET' }]);
});
