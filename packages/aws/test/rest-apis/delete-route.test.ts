import { describe, expect, it } from 'vitest';
import { OWNER, refusalOf } from '../world/simulated.js';
import { restWorld } from './write-world.js';

describe('deleting a route of a REST API', () => {
  it('deletes the method and the resources that were created for it, and succeeds again', async () => {
    const { driver, ctx, request, resources, gateway, newDriver, simulation, writesSince } = await restWorld();
    await driver.routes.create(request('GET /orders/{id}/items'), ctx);
    const from = simulation.journal().length;
    await newDriver().routes.delete(gateway, 'GET /orders/{id}/items', OWNER, ctx);
    expect(writesSince(from)).toEqual(['DeleteResource']);
    expect(Object.keys(resources())).toEqual(['/']);
    await newDriver().routes.delete(gateway, 'GET /orders/{id}/items', OWNER, ctx);
    await newDriver().routes.delete({ kind: 'rest-api', id: 'zzzzzzzzzz' }, 'GET /orders', OWNER, ctx);
  });

  it('keeps resources of other writers, also empty ones', async () => {
    const { driver, ctx, request, resources, gateway, addPath } = await restWorld();
    addPath('/orders/{id}');
    await driver.routes.create(request('GET /orders/{id}/items'), ctx);
    await driver.routes.delete(gateway, 'GET /orders/{id}/items', OWNER, ctx);
    expect(Object.keys(resources()).toSorted()).toEqual(['/', '/orders', '/orders/{id}']);
  });

  it('keeps a resource that another writer uses now', async () => {
    const { driver, ctx, request, resources, gateway, addPath, addMethod } = await restWorld();
    await driver.routes.create(request('GET /orders/{id}'), ctx);
    addMethod(addPath('/orders/{id}'), 'OPTIONS');
    addPath('/orders/open');
    await driver.routes.delete(gateway, 'GET /orders/{id}', OWNER, ctx);
    expect(Object.keys(resources()).toSorted()).toEqual(['/', '/orders', '/orders/open', '/orders/{id}']);
    expect(Object.keys(resources()['/orders/{id}'].resourceMethods)).toEqual(['OPTIONS']);
  });

  it.each([
    ['in the order of their creation', ['GET /orders', 'GET /orders/{id}', 'POST /orders/{id}']],
    ['from the last one', ['POST /orders/{id}', 'GET /orders/{id}', 'GET /orders']],
    ['in another order', ['GET /orders/{id}', 'GET /orders', 'POST /orders/{id}']],
  ])('leaves no resource when routes are deleted %s', async (_, order) => {
    const { driver, newDriver, ctx, request, resources, gateway } = await restWorld();
    for (const key of ['GET /orders', 'GET /orders/{id}', 'POST /orders/{id}']) {
      await newDriver().routes.create(request(key), ctx);
    }
    for (const key of order) await driver.routes.delete(gateway, key, OWNER, ctx);
    expect(Object.keys(resources())).toEqual(['/']);
  });

  it('of two specs deletes a shared resource with the last method', async () => {
    const { driver, newDriver, ctx, request, resources, gateway } = await restWorld();
    const one = { ...OWNER, spec: 'one' };
    const two = { project: 'other', spec: 'two', integration: 'pay' };
    await driver.routes.create(request('GET /orders', { owner: one }), ctx);
    await newDriver().routes.create(request('POST /orders', { owner: two }), ctx);
    await driver.routes.delete(gateway, 'GET /orders', one, ctx);
    expect(Object.keys(resources()['/orders'].resourceMethods)).toEqual(['POST']);
    await newDriver().routes.delete(gateway, 'POST /orders', two, ctx);
    expect(Object.keys(resources())).toEqual(['/']);
  });

  it('never deletes a method without the mark', async () => {
    const { driver, ctx, gateway, addPath, addMethod, method } = await restWorld();
    addMethod(addPath('/orders'), 'GET');
    expect(await refusalOf(driver.routes.delete(gateway, 'GET /orders', OWNER, ctx))).toMatchObject({
      code: 'NOT_OURS',
    });
    expect(method('GET /orders')).toBeDefined();
  });

  it('keeps a resource whose new route the list does not show yet', async () => {
    const { driver, ctx, request, gateway, resources, simulation } = await restWorld();
    await driver.routes.create(request('GET /orders'), ctx);
    await simulation.advance(60_000);
    simulation.faults.add({ kind: 'stale', operation: 'GetResources', ms: 20_000, leastMs: 20_000 });
    await driver.routes.create(request('GET /orders/{id}'), ctx);
    await driver.routes.delete(gateway, 'GET /orders', OWNER, ctx);
    simulation.faults.clear();
    expect(resources()['/orders/{id}'].resourceMethods.GET.methodIntegration.type).toBe('HTTP_PROXY');
  });

  it('deletes a resource whose deleted method the list still shows', async () => {
    const { driver, ctx, request, gateway, resources, simulation } = await restWorld();
    await driver.routes.create(request('GET /orders'), ctx);
    await simulation.advance(60_000);
    simulation.faults.add({ kind: 'stale', operation: 'GetResources', ms: 20_000, leastMs: 20_000 });
    await driver.routes.delete(gateway, 'GET /orders', OWNER, ctx);
    simulation.faults.clear();
    expect(Object.keys(resources())).toEqual(['/']);
  });

  it('does not sweep a method whose integration the list does not show yet', async () => {
    const { driver, ctx, request, gateway, method, simulation } = await restWorld();
    simulation.faults.add({ kind: 'stale', operation: 'GetResources', ms: 5_000, leastMs: 5_000 });
    simulation.faults.add({ operation: 'PutIntegration', kind: 'deny', times: 1 });
    await refusalOf(driver.routes.create(request('GET /orders'), ctx));
    await simulation.advance(10_000);
    await driver.routes.create(request('GET /orders'), ctx);
    const stale = await driver.routes.find(gateway, 'GET /orders', ctx);
    expect(stale).toMatchObject({ owner: OWNER });
    expect(stale?.integrationId).toBeUndefined();
    await driver.sweeping.sweep(gateway, OWNER.project, ctx, OWNER.spec);
    expect(method('GET /orders').methodIntegration.type).toBe('HTTP_PROXY');
  });

  it('sweeps methods that a run left without an integration, and nothing else', async () => {
    const { driver, ctx, request, gateway, resources, simulation, addPath, rest, apiId } = await restWorld();
    await driver.routes.create(request('GET /kept'), ctx);
    rest('PutMethod', {
      restApiId: apiId,
      resourceId: addPath('/foreign'),
      httpMethod: 'GET',
      authorizationType: 'NONE',
    });
    simulation.faults.add({ operation: 'PutIntegration', kind: 'deny', times: 1 });
    await refusalOf(driver.routes.create(request('GET /orders/{id}'), ctx));
    expect(resources()['/orders/{id}'].resourceMethods.GET).not.toHaveProperty('methodIntegration');
    await driver.sweeping.sweep(gateway, 'other', ctx);
    await driver.sweeping.sweep(gateway, OWNER.project, ctx, 'another-spec');
    expect(resources()).toHaveProperty(['/orders/{id}']);
    await driver.sweeping.sweep(gateway, OWNER.project, ctx, OWNER.spec);
    expect(Object.keys(resources()).toSorted()).toEqual(['/', '/foreign', '/kept']);
    expect(Object.keys(resources()['/foreign'].resourceMethods)).toEqual(['GET']);
  });
});
