import { describe, expect, it } from 'vitest';
import { OWNER, refusalOf } from '../world/simulated.js';
import { restWorld } from './write-world.js';

/** A document of another writer with `GET /orders`, and what else it has. */
function document(operationId?: string, more: object = {}) {
  const integration = { type: 'mock', requestTemplates: { 'application/json': '{"statusCode": 200}' } };
  const get = { responses: {}, 'x-amazon-apigateway-integration': integration, ...(operationId && { operationId }) };
  const text = JSON.stringify({
    openapi: '3.0.1',
    info: { title: 'shop', version: '1' },
    paths: { '/orders': { get } },
    ...more,
  });
  return new TextEncoder().encode(text);
}

async function imported(mode: 'merge' | 'overwrite', operationId?: string) {
  const world = await restWorld();
  const { driver, ctx, request, rest, apiId } = world;
  for (const key of ['GET /orders', 'GET /orders/{id}']) await driver.routes.create(request(key), ctx);
  rest('PutRestApi', { restApiId: apiId, mode, body: document(operationId) });
  return world;
}

describe('an import of an OpenAPI document by another writer', () => {
  it.each(['merge', 'overwrite'] as const)(
    'with %s makes a method that it names unmanaged, which is reported and kept',
    async (mode) => {
      const { newDriver, ctx, request, gateway, method } = await imported(mode, 'listOrders');
      const driver = newDriver();
      const found = await driver.routes.find(gateway, 'GET /orders', ctx);
      expect(found).toBeDefined();
      expect(found?.owner).toBeUndefined();
      const before = method('GET /orders');
      const change = driver.routes.update(found!, request('GET /orders'), ctx);
      expect(await refusalOf(change)).toMatchObject({ code: 'NOT_OURS' });
      expect(await refusalOf(driver.routes.create(request('GET /orders'), ctx))).toMatchObject({
        code: 'ALREADY_EXISTS',
      });
      const deletion = driver.routes.delete(gateway, 'GET /orders', OWNER, ctx);
      expect(await refusalOf(deletion)).toMatchObject({ code: 'NOT_OURS' });
      expect(method('GET /orders')).toEqual(before);
    },
  );

  it('with merge keeps methods that it does not name', async () => {
    const { newDriver, ctx, gateway } = await imported('merge');
    expect((await newDriver().routes.find(gateway, 'GET /orders/{id}', ctx))?.owner).toEqual(OWNER);
  });

  it('with overwrite deletes methods that it does not name: they are created again', async () => {
    const { driver, newDriver, ctx, gateway, request, resources } = await imported('overwrite');
    expect(await newDriver().routes.find(gateway, 'GET /orders/{id}', ctx)).toBeUndefined();
    // The driver remembers resources that the import replaced.
    const made = await driver.routes.create(request('GET /orders/{id}'), ctx);
    expect(await newDriver().routes.find(gateway, 'GET /orders/{id}', ctx)).toEqual(made);
    await driver.routes.delete(gateway, 'GET /orders/{id}', OWNER, ctx);
    expect(Object.keys(resources()).toSorted()).toEqual(['/', '/orders']);
  });

  it('of the mark itself keeps the route: an export has it as operationId', async () => {
    const { driver, newDriver, ctx, request, gateway, rest, apiId, method } = await restWorld();
    await driver.routes.create(request('GET /orders'), ctx);
    const mark = method('GET /orders').operationName as string;
    rest('PutRestApi', { restApiId: apiId, mode: 'overwrite', body: document(mark) });
    const found = await newDriver().routes.find(gateway, 'GET /orders', ctx);
    expect(found).toMatchObject({ owner: OWNER });
    expect(found?.linkId).toBeUndefined();
    await newDriver().routes.update(found!, request('GET /orders'), ctx);
    expect(method('GET /orders').methodIntegration.connectionType).toBe('VPC_LINK');
  });

  it('of the mark into another API does not make its method managed', async () => {
    const { driver, newDriver, ctx, request, rest, method } = await restWorld();
    await driver.routes.create(request('GET /orders'), ctx);
    const mark = method('GET /orders').operationName as string;
    const other = rest('CreateRestApi', { name: 'copy', endpointConfiguration: { types: ['REGIONAL'] } }).id as string;
    rest('PutRestApi', { restApiId: other, mode: 'overwrite', body: document(mark) });
    const found = await newDriver().routes.find({ kind: 'rest-api', id: other }, 'GET /orders', ctx);
    expect(found).toBeDefined();
    expect(found?.owner).toBeUndefined();
  });
});
