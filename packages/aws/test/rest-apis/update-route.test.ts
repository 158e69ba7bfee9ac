import { describe, expect, it } from 'vitest';
import { OWNER, refusalOf } from '../world/simulated.js';
import { restWorld } from './write-world.js';

async function withRoute(key = 'GET /orders/{id}', settings = {}) {
  const world = await restWorld();
  const { driver, ctx, request, simulation, gateway } = world;
  const made = await driver.routes.create(request(key, { settings }), ctx);
  let from = simulation.journal().length;
  return {
    ...world,
    made,
    key,
    /** Updates, and returns the calls that wrote something. */
    update: async (more: Parameters<typeof request>[1]) => {
      from = simulation.journal().length;
      const route = await driver.routes.update(made, request(key, more), ctx);
      expect(route).toEqual(await world.newDriver().routes.find(gateway, key, ctx));
      return world.writesSince(from);
    },
  };
}

describe('changing a route of a REST API', () => {
  it('writes nothing where nothing differs', async () => {
    const { update } = await withRoute('GET /orders/{id}', {
      host: 'orders.internal',
      scopes: ['a'],
      timeoutMs: 5_000,
    });
    expect(await update({})).toEqual([]);
    expect(await update({ settings: { host: 'orders.internal', scopes: ['a'], timeoutMs: 5_000 } })).toEqual([]);
  });

  it('to another listener changes the URI alone', async () => {
    const { update, method, key, targets, alb } = await withRoute();
    expect(await update({ use: { target: targets.second, path: 'overwrite' } })).toEqual(['UpdateIntegration']);
    expect(method(key).methodIntegration.uri).toBe(`http://${alb.DNSName}:8080/orders/{id}`);
  });

  it('to another load balancer changes its host as well', async () => {
    const { update, method, key, targets, nlb } = await withRoute();
    await update({ use: { target: targets.tcp, path: 'overwrite' } });
    expect(method(key).methodIntegration).toMatchObject({
      integrationTarget: nlb.LoadBalancerArn,
      uri: `http://${nlb.DNSName}:443/orders/{id}`,
    });
  });

  it('from a V1 link to a V2 link is one list of changes, and back is a new integration with the settings', async () => {
    const { driver, ctx, request, method, v1, targets, nlb, simulation, writesSince, gateway } = await restWorld();
    const use = { target: targets.tcp, path: 'overwrite' } as const;
    const old = request('GET /orders', { link: v1, use, settings: { timeoutMs: 7_000 } });
    const made = await driver.routes.create(old, ctx);
    let from = simulation.journal().length;
    await driver.routes.update(made, request('GET /orders', { use }), ctx);
    expect(writesSince(from)).toEqual(['UpdateIntegration']);
    expect(method('GET /orders').methodIntegration).toMatchObject({
      integrationTarget: nlb.LoadBalancerArn,
      timeoutInMillis: 7_000,
    });
    from = simulation.journal().length;
    const back = await driver.routes.update(made, request('GET /orders', { link: v1, use }), ctx);
    expect(writesSince(from)).toEqual(['PutIntegration']);
    expect(method('GET /orders').methodIntegration).not.toHaveProperty('integrationTarget');
    expect(method('GET /orders').methodIntegration.timeoutInMillis).toBe(7_000);
    expect(await driver.routes.find(gateway, 'GET /orders', ctx)).toEqual(back);
  });

  it('keeps settings that are not declared, also those of another writer', async () => {
    const { update, method, key, rest, apiId, made, targets } = await withRoute();
    const [resourceId, httpMethod] = made.id.split('/');
    const place = { restApiId: apiId, resourceId, httpMethod };
    const replace = (path: string, value: string) => ({ op: 'replace', path, value });
    rest('UpdateMethod', {
      ...place,
      patchOperations: [replace('/apiKeyRequired', 'true'), replace('/authorizationType', 'AWS_IAM')],
    });
    rest('UpdateIntegration', {
      ...place,
      patchOperations: [
        replace('/uri', 'http://own.internal/orders/{id}'),
        replace('/timeoutInMillis', '4000'),
        { op: 'add', path: '/requestParameters/integration.request.header.x-own', value: "'1'" },
      ],
    });
    await update({ use: { target: targets.second, path: 'overwrite' } });
    expect(method(key)).toMatchObject({
      apiKeyRequired: true,
      authorizationType: 'AWS_IAM',
      methodIntegration: {
        uri: 'http://own.internal:8080/orders/{id}',
        timeoutInMillis: 4_000,
        requestParameters: { 'integration.request.header.x-own': "'1'" },
      },
    });
  });

  it('changes declared settings in one list each', async () => {
    const { update, method, key } = await withRoute('GET /orders/{id}', {
      scopes: ['a', 'b'],
      parameters: { header: { 'x-a': "'1'", 'x/b': "'2'" } },
      apiKey: true,
      stream: true,
    });
    const settings = {
      host: 'new.internal',
      authorizer: 'iam',
      scopes: ['b', 'c'],
      parameters: { header: { 'x/b': "'3'" }, query: { q: 'query.q' } },
      apiKey: false,
      stream: false,
      timeoutMs: 9_000,
    };
    expect(await update({ settings })).toEqual(['UpdateMethod', 'UpdateIntegration']);
    const { methodIntegration, ...there } = method(key);
    expect(there).toMatchObject({
      authorizationType: 'AWS_IAM',
      authorizationScopes: ['b', 'c'],
      apiKeyRequired: false,
    });
    expect(methodIntegration).toMatchObject({
      uri: 'http://new.internal/orders/{id}',
      responseTransferMode: 'BUFFERED',
      timeoutInMillis: 9_000,
      requestParameters: {
        'integration.request.path.id': 'method.request.path.id',
        'integration.request.header.x/b': "'3'",
        'integration.request.querystring.q': 'method.request.querystring.q',
      },
    });
    expect(methodIntegration.requestParameters).not.toHaveProperty(['integration.request.header.x-a']);
    expect(await update({ settings })).toEqual([]);
  });

  it('restores a path and an integration that were changed by hand', async () => {
    const { update, method, key, rest, apiId, made, alb } = await withRoute();
    const [resourceId, httpMethod] = made.id.split('/');
    const place = { restApiId: apiId, resourceId, httpMethod };
    rest('UpdateIntegration', {
      ...place,
      patchOperations: [
        { op: 'replace', path: '/uri', value: `http://${alb.DNSName}/elsewhere` },
        { op: 'remove', path: '/requestParameters/integration.request.path.id' },
      ],
    });
    expect(await update({})).toEqual(['UpdateIntegration']);
    expect(method(key).methodIntegration.uri).toBe(`http://${alb.DNSName}/orders/{id}`);
    rest('PutIntegration', { ...place, type: 'MOCK' });
    expect(await update({})).toEqual(['PutIntegration']);
    expect(method(key).methodIntegration).toMatchObject({ type: 'HTTP_PROXY', connectionType: 'VPC_LINK' });
  });

  it('writes the mark of another integration of the spec, and keeps the resources that it names', async () => {
    const { update, method, key, driver, ctx, gateway, resources } = await withRoute();
    const names = (text: string) => /\[.*\]/.exec(text)?.[0];
    const before = names(method(key).operationName);
    const owner = { ...OWNER, integration: 'other', formerly: [OWNER.integration] };
    expect(await update({ owner })).toEqual(['UpdateMethod']);
    expect(method(key).operationName).toMatch(/^postern:shop@shop\/other #/);
    expect(names(method(key).operationName)).toBe(before);
    await driver.routes.delete(gateway, key, owner, ctx);
    expect(Object.keys(resources())).toEqual(['/']);
  });

  it.each([
    ['of another project', 'postern:other@other/orders #12345678'],
    ['copied from another method', undefined],
    ['of no one', 'listOrders'],
  ])('never changes a method with a mark %s', async (_, mark) => {
    const { driver, ctx, request, rest, apiId, made, key, method } = await withRoute();
    const [resourceId, httpMethod] = made.id.split('/');
    const other = await driver.routes.create(request('POST /orders'), ctx);
    const value = mark ?? method(other.key).operationName;
    const patchOperations = [{ op: 'replace', path: '/operationName', value }];
    rest('UpdateMethod', { restApiId: apiId, resourceId, httpMethod, patchOperations });
    const before = method(key);
    const change = driver.routes.update(made, request(key, { settings: { timeoutMs: 5_000 } }), ctx);
    expect(await refusalOf(change)).toMatchObject({ code: 'NOT_OURS' });
    expect(method(key)).toEqual(before);
  });

  it('never changes a method of another spec of the project', async () => {
    const { driver, ctx, request, gateway } = await restWorld();
    const owner = { ...OWNER, spec: 'one' };
    const made = await driver.routes.create(request('GET /orders', { owner }), ctx);
    const theirs = { ...OWNER, spec: 'two' };
    expect(await refusalOf(driver.routes.update(made, request('GET /orders', { owner: theirs }), ctx))).toMatchObject({
      code: 'NOT_OURS',
    });
    expect(await refusalOf(driver.routes.create(request('GET /orders', { owner: theirs }), ctx))).toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    expect(await refusalOf(driver.routes.delete(gateway, 'GET /orders', theirs, ctx))).toMatchObject({
      code: 'NOT_OURS',
    });
    expect((await driver.routes.find(gateway, 'GET /orders', ctx))?.owner).toEqual(owner);
  });
});
