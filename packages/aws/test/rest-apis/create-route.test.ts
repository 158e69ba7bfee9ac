import { describe, expect, it } from 'vitest';
import { OWNER, refusalOf } from '../world/simulated.js';
import { restWorld } from './write-world.js';

describe('creating a route of a REST API', () => {
  it('creates the missing resources, the method with its mark, and the integration', async () => {
    const { driver, ctx, request, resources, method, alb, v2, targets } = await restWorld();
    const route = await driver.routes.create(request('GET /orders/{id}/items/{proxy+}'), ctx);
    expect(Object.keys(resources()).toSorted()).toEqual([
      '/',
      '/orders',
      '/orders/{id}',
      '/orders/{id}/items',
      '/orders/{id}/items/{proxy+}',
    ]);
    const { methodIntegration, ...made } = method('GET /orders/{id}/items/{proxy+}');
    expect(made).toEqual({
      httpMethod: 'GET',
      authorizationType: 'NONE',
      apiKeyRequired: false,
      operationName: expect.stringMatching(/^postern:shop@shop\/orders #[0-9a-f]{8} \[(?:[0-9a-f]{6}\.?){4}\]$/),
      requestParameters: { 'method.request.path.id': true, 'method.request.path.proxy': true },
    });
    expect(methodIntegration).toMatchObject({
      type: 'HTTP_PROXY',
      httpMethod: 'GET',
      connectionType: 'VPC_LINK',
      connectionId: v2.id,
      integrationTarget: alb.LoadBalancerArn,
      uri: `http://${alb.DNSName}/orders/{id}/items/{proxy}`,
      requestParameters: {
        'integration.request.path.id': 'method.request.path.id',
        'integration.request.path.proxy': 'method.request.path.proxy',
      },
    });
    expect(route).toMatchObject({
      key: 'GET /orders/{id}/items/{proxy+}',
      linkId: v2.id,
      targetId: targets.target.id,
      path: 'overwrite',
      owner: OWNER,
      open: true,
    });
  });

  it('is found and listed as it was created', async () => {
    const { driver, newDriver, ctx, request, gateway } = await restWorld();
    const made = await driver.routes.create(request('ANY /orders/{proxy+}'), ctx);
    const found = await newDriver().routes.find(gateway, made.key, ctx);
    expect({ ...found, raw: null }).toEqual({ ...made, raw: null });
    expect(await newDriver().listing.list(gateway, ctx)).toEqual([found]);
    expect(await driver.routes.find(gateway, 'GET /orders', ctx)).toBeUndefined();
    expect(await driver.routes.find({ kind: 'rest-api', id: 'zzzzzzzzzz' }, 'GET /orders', ctx)).toBeUndefined();
  });

  it('of the root needs no resource', async () => {
    const { driver, ctx, request, method, alb, simulation, writesSince } = await restWorld();
    const from = simulation.journal().length;
    await driver.routes.create(request('GET /'), ctx);
    expect(method('GET /').methodIntegration.uri).toBe(`http://${alb.DNSName}/`);
    expect(writesSince(from)).toEqual(['PutMethod', 'PutIntegration']);
  });

  it('over a V1 link names no load balancer', async () => {
    const { driver, ctx, request, method, nlb, v1, targets, gateway } = await restWorld();
    const use = { target: targets.tcp, path: 'overwrite', tls: { serverName: 'orders.internal' } } as const;
    const made = await driver.routes.create(request('POST /orders', { link: v1, use }), ctx);
    expect(method('POST /orders').methodIntegration).toMatchObject({
      connectionId: v1.id,
      uri: 'https://orders.internal/orders',
    });
    expect(method('POST /orders').methodIntegration).not.toHaveProperty('integrationTarget');
    expect(made).toMatchObject({ linkId: v1.id, targetId: targets.tcp.id, tls: { serverName: 'orders.internal' } });
    expect(await driver.routes.find(gateway, 'POST /orders', ctx)).toEqual(made);
    const plain = { target: targets.tcp, path: 'overwrite' } as const;
    await driver.routes.create(request('GET /plain', { link: v1, use: plain }), ctx);
    expect(method('GET /plain').methodIntegration.uri).toBe(`http://${nlb.DNSName}:443/plain`);
  });

  it('has its settings', async () => {
    const { driver, ctx, request, method, apiId, rest, gateway } = await restWorld();
    const { id: authorizer } = rest('CreateAuthorizer', {
      restApiId: apiId,
      name: 'users',
      type: 'COGNITO_USER_POOLS',
      providerARNs: ['arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_abc'],
      identitySource: 'method.request.header.Authorization',
    });
    const settings = {
      host: 'orders.internal',
      timeoutMs: 60_000,
      parameters: {
        query: { region: "'eu'", page: 'query.p' },
        header: { 'x-tenant': 'header.tenant', 'x-caller': 'context.identity.sourceIp' },
      },
      authorizer,
      scopes: ['orders/read'],
      apiKey: true,
      stream: true,
    };
    const made = await driver.routes.create(request('GET /orders/{id}', { settings }), ctx);
    const { methodIntegration: integration, ...there } = method('GET /orders/{id}');
    expect(there).toMatchObject({
      authorizationType: 'COGNITO_USER_POOLS',
      authorizerId: authorizer,
      authorizationScopes: ['orders/read'],
      apiKeyRequired: true,
      requestParameters: {
        'method.request.path.id': true,
        'method.request.querystring.p': false,
        'method.request.header.tenant': false,
      },
    });
    expect(integration).toMatchObject({
      uri: 'http://orders.internal/orders/{id}',
      timeoutInMillis: 60_000,
      responseTransferMode: 'STREAM',
      requestParameters: {
        'integration.request.path.id': 'method.request.path.id',
        'integration.request.querystring.region': "'eu'",
        'integration.request.querystring.page': 'method.request.querystring.p',
        'integration.request.header.x-tenant': 'method.request.header.tenant',
        'integration.request.header.x-caller': 'context.identity.sourceIp',
      },
    });
    expect(made.settings).toEqual(settings);
    expect((await driver.routes.find(gateway, made.key, ctx))?.settings).toEqual(settings);
  });

  it.each([
    ['none', 'NONE'],
    ['iam', 'AWS_IAM'],
  ])('with authorizer %s is %s', async (authorizer, type) => {
    const { driver, ctx, request, method } = await restWorld();
    await driver.routes.create(request('GET /orders', { settings: { authorizer } }), ctx);
    expect(method('GET /orders').authorizationType).toBe(type);
  });

  it('of a Lambda authorizer is CUSTOM', async () => {
    const { driver, ctx, request, method, apiId, rest } = await restWorld();
    const { id: authorizer } = rest('CreateAuthorizer', {
      restApiId: apiId,
      name: 'tokens',
      type: 'TOKEN',
      authorizerUri: `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:123456789012:function:a/invocations`,
      identitySource: 'method.request.header.Authorization',
    });
    await driver.routes.create(request('GET /orders', { settings: { authorizer } }), ctx);
    expect(method('GET /orders')).toMatchObject({ authorizationType: 'CUSTOM', authorizerId: authorizer });
  });

  it.each([
    ['an authorizer that the API does not have', { settings: { authorizer: 'zzzzzz' } }, 'NOT_FOUND', /authorizer/],
    ['an authorizer that cannot be one', { settings: { authorizer: '..' } }, 'NOT_FOUND', /authorizer/],
    [
      'a variable that the path has not',
      { settings: { parameters: { path: { order: 'path.id' } } } },
      'INVALID_INPUT',
      /\{order\}/,
    ],
    [
      'a variable of the path that is passed on anyway',
      { settings: { parameters: { path: { id: 'path.id' } } } },
      'INVALID_INPUT',
      /Remove parameters\.path\.id/,
    ],
    ['the header Host', { settings: { parameters: { header: { Host: "'a'" } } } }, 'INVALID_INPUT', /host: <name>/],
    ['a timeout out of range', { settings: { timeoutMs: 600_000 } }, 'INVALID_INPUT', /L-E5AE38E3/],
  ])('refuses %s', async (_, more, code, remedy) => {
    const { driver, ctx, request } = await restWorld();
    const error = await refusalOf(driver.routes.create(request('GET /orders/{id}', more), ctx));
    expect(error).toMatchObject({ code, remedy: expect.stringMatching(remedy) });
  });

  it('refuses a host that the certificate is not checked for, and a target that is no listener', async () => {
    const { driver, ctx, request, resources, v1, targets } = await restWorld();
    const use = { target: targets.tcp, path: 'overwrite', tls: {} } as const;
    const settings = { host: 'orders.internal' };
    expect(await refusalOf(driver.routes.create(request('GET /a', { link: v1, use, settings }), ctx))).toMatchObject({
      code: 'INVALID_INPUT',
      remedy: expect.stringContaining('tls: { serverName: orders.internal }'),
    });
    const name = 'internal-orders-1a2b.elb.eu-west-1.amazonaws.com';
    const named = { ...use, tls: { serverName: name } };
    expect(await refusalOf(driver.routes.create(request('GET /a', { link: v1, use: named }), ctx))).toMatchObject({
      code: 'INVALID_INPUT',
      remedy: expect.stringContaining('tls: {}'),
    });
    const service = { kind: 'service', id: 'arn:aws:servicediscovery:eu-west-1:1:service/srv-1', raw: null } as const;
    const cloudMap = driver.routes.create(request('GET /a', { use: { target: service, path: 'overwrite' } }), ctx);
    expect(await refusalOf(cloudMap)).toMatchObject({ code: 'UNSUPPORTED' });
    expect(Object.keys(resources())).toEqual(['/']);
  });

  it('refuses a method that exists without the mark, and does not change it', async () => {
    const { driver, ctx, request, method, addPath, addMethod } = await restWorld();
    addMethod(addPath('/orders'), 'GET', { operationName: 'listOrders' });
    const before = method('GET /orders');
    expect(await refusalOf(driver.routes.create(request('GET /orders'), ctx))).toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    expect(method('GET /orders')).toEqual(before);
    await driver.routes.create(request('POST /orders'), ctx);
    expect(method('POST /orders').methodIntegration.type).toBe('HTTP_PROXY');
  });

  it('refuses /a/{x} beside /a/{y}, and names the other variable', async () => {
    const { driver, ctx, request, addPath, resources } = await restWorld();
    addPath('/a/{y}');
    const error = await refusalOf(driver.routes.create(request('GET /a/{x}/b'), ctx));
    expect(error).toMatchObject({ code: 'ALREADY_EXISTS', remedy: expect.stringContaining('{y}') });
    expect(Object.keys(resources()).toSorted()).toEqual(['/', '/a', '/a/{y}']);
  });

  it.each([
    ['is deleted where its method is refused', false, ['/']],
    ['stays where the deletion is refused, too: the error says so, and a later call knows it', true, ['/', '/a']],
  ])('of a path that %s', async (_, unfinished, paths) => {
    const { driver, ctx, request, resources, simulation } = await restWorld();
    const operations = unfinished ? ['PutMethod', 'DeleteResource'] : ['PutMethod'];
    for (const operation of operations) simulation.faults.add({ operation, kind: 'deny', times: 1 });
    const error = await refusalOf(driver.routes.create(request('GET /a'), ctx));
    expect(error).toMatchObject({ code: 'PERMISSION_DENIED', operation: 'PutMethod', unfinished });
    expect(Object.keys(resources())).toEqual(paths);
    await driver.routes.create({ ...request('GET /a'), resumes: unfinished }, ctx);
    await driver.routes.delete(request('GET /a').gateway, 'GET /a', request('GET /a').owner, ctx);
    expect(Object.keys(resources())).toEqual(['/']);
  });

  it('keeps the resources of a path where the answer about its method is lost, though the list lags', async () => {
    const { driver, ctx, request, resources, simulation } = await restWorld();
    simulation.faults.add({ operation: 'PutMethod', kind: 'truncate', times: 1 });
    const creation = driver.routes.create(request('GET /a'), ctx);
    simulation.faults.add({ kind: 'stale', operation: 'GetResources', ms: 5_000, leastMs: 5_000 });
    expect(await refusalOf(creation)).toMatchObject({ operation: 'PutMethod', outcomeUnknown: true });
    expect(Object.keys(resources())).toEqual(['/', '/a']);
  });

  it('reports a full quota of resources', async () => {
    const { driver, ctx, request } = await restWorld({ quotas: { 'resources-per-rest-api': 2 } });
    const error = await refusalOf(driver.routes.create(request('GET /a/b'), ctx));
    expect(error).toMatchObject({ code: 'QUOTA_EXCEEDED', details: { quotaCode: 'L-01C8A9E0' } });
  });

  it('reads the resources once for several routes', async () => {
    const { driver, ctx, request, calledSince, simulation } = await restWorld();
    const from = simulation.journal().length;
    for (const key of ['GET /a', 'POST /a', 'GET /a/b', 'GET /c']) await driver.routes.create(request(key), ctx);
    const calls = calledSince(from);
    expect(calls.filter((name) => name === 'GetResources')).toHaveLength(1);
    expect(calls.filter((name) => name === 'CreateResource')).toHaveLength(3);
    expect(calls.filter((name) => name === 'DescribeLoadBalancers')).toHaveLength(1);
  });
});
