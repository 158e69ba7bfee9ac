import { createContext } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { OWNER, REGION, refusalOf } from '../world/simulated.js';
import { MARK, restWorld } from './write-world.js';

const FAULTS = ['lost', 'reset', 'throttle', 'error'] as const;
const CREATES = ['CreateResource', 'PutMethod', 'PutIntegration', 'GetResources'] as const;
const key = 'GET /orders/{id}';

describe('writes of routes that fail on the way', () => {
  it.each(CREATES.flatMap((operation) => FAULTS.map((kind) => [operation, kind] as const)))(
    'create one route where the answer of %s fails once: %s',
    async (operation, kind) => {
      const { driver, ctx, request, simulation, method, resources, gateway } = await restWorld();
      simulation.faults.add({ operation, kind, times: 1 });
      const made = await driver.routes.create(request(key, { settings: { timeoutMs: 5_000 } }), ctx);
      expect(await driver.routes.find(gateway, key, ctx)).toEqual(made);
      expect(method(key)).toMatchObject({ methodIntegration: { timeoutInMillis: 5_000 } });
      expect(Object.keys(resources()).toSorted()).toEqual(['/', '/orders', '/orders/{id}']);
    },
  );

  it.each(
    ['UpdateMethod', 'UpdateIntegration', 'PutIntegration'].flatMap((name) =>
      FAULTS.map((kind) => [name, kind] as const),
    ),
  )('change a route where the answer of %s fails once: %s', async (operation, kind) => {
    const { driver, ctx, request, simulation, method, v1, targets, gateway } = await restWorld();
    const use = { target: targets.tcp, path: 'overwrite' } as const;
    const made = await driver.routes.create(request(key, { use }), ctx);
    simulation.faults.add({ operation, kind, times: 1 });
    const settings = { scopes: ['a'], timeoutMs: 5_000, parameters: { header: { 'x-a': 'header.a' } } };
    const link = operation === 'PutIntegration' ? { link: v1 } : {};
    const after = await driver.routes.update(made, request(key, { use, settings, ...link }), ctx);
    expect(await driver.routes.find(gateway, key, ctx)).toEqual(after);
    expect(method(key)).toMatchObject({ authorizationScopes: ['a'], methodIntegration: { timeoutInMillis: 5_000 } });
  });

  it.each(['DeleteMethod', 'DeleteResource'].flatMap((name) => FAULTS.map((kind) => [name, kind] as const)))(
    'delete a route where the answer of %s fails once: %s',
    async (operation, kind) => {
      const { driver, ctx, request, simulation, resources, gateway } = await restWorld();
      await driver.routes.create(request(key), ctx);
      const other = key.replace(/^\w+/, 'PUT'); // a method that is the only one of its path is deleted with the path
      if (operation === 'DeleteMethod') await driver.routes.create(request(other), ctx);
      simulation.faults.add({ operation, kind, times: 1 });
      await driver.routes.delete(gateway, key, OWNER, ctx);
      if (operation === 'DeleteMethod') await driver.routes.delete(gateway, other, OWNER, ctx);
      expect(Object.keys(resources())).toEqual(['/']);
    },
  );

  it.each(['CreateResource', 'PutMethod', 'PutIntegration'])(
    'complete a route of a run that ended before %s',
    async (operation) => {
      const { driver, newDriver, ctx, request, simulation, method, resources, gateway } = await restWorld();
      simulation.faults.add({ operation, kind: 'deny', times: 1, after: operation === 'CreateResource' ? 1 : 0 });
      expect(await refusalOf(driver.routes.create(request(key), ctx))).toMatchObject({ code: 'PERMISSION_DENIED' });
      const found = await newDriver().routes.find(gateway, key, ctx);
      expect(found?.linkId).toBeUndefined();
      const again = newDriver();
      const made = await (found === undefined
        ? again.routes.create(request(key), ctx)
        : again.routes.update(found, request(key), ctx));
      expect(await newDriver().routes.find(gateway, key, ctx)).toEqual(made);
      expect(made.owner).toEqual(OWNER);
      expect(method(key).methodIntegration.connectionType).toBe('VPC_LINK');
      expect(Object.keys(resources()).toSorted()).toEqual(['/', '/orders', '/orders/{id}']);
    },
  );

  it('complete a method with the mark by creating the route again', async () => {
    const { driver, newDriver, ctx, request, simulation, method } = await restWorld();
    simulation.faults.add({ operation: 'PutIntegration', kind: 'deny', times: 1 });
    await refusalOf(driver.routes.create(request(key), ctx));
    const settings = { apiKey: true, timeoutMs: 5_000 };
    await newDriver().routes.create(request(key, { settings }), ctx);
    expect(method(key)).toMatchObject({ apiKeyRequired: true, methodIntegration: { timeoutInMillis: 5_000 } });
  });

  it('use a resource that another writer creates at the same time, also while lists do not show it', async () => {
    const { driver, ctx, request, simulation, addPath, method, resources, gateway } = await restWorld();
    await driver.routes.create(request('GET /a'), ctx);
    addPath('/orders');
    simulation.faults.add({ kind: 'stale', operation: 'GetResources', ms: 5_000, leastMs: 5_000, times: 2 });
    await driver.routes.create(request(key), ctx);
    expect(method(key).methodIntegration.type).toBe('HTTP_PROXY');
    simulation.faults.clear();
    await driver.routes.delete(gateway, key, OWNER, ctx);
    expect(Object.keys(resources()).toSorted()).toEqual(['/', '/a', '/orders']);
  });

  it('create a resource again that another writer deleted a moment ago', async () => {
    const { driver, ctx, request, rest, apiId, resources, method } = await restWorld();
    await driver.routes.create(request('GET /orders'), ctx);
    rest('DeleteResource', { restApiId: apiId, resourceId: resources()['/orders'].id });
    await driver.routes.create(request('GET /orders/{id}'), ctx);
    expect(method('GET /orders/{id}').methodIntegration.type).toBe('HTTP_PROXY');
  });

  it.each(['createResource', 'putMethod', 'putIntegration', 'createDeployment', 'deleteResource'] as const)(
    'are repeated where another write to the API is in progress: %s',
    async (name) => {
      const { newDriver, ctx, request, simulation, resources, gateway } = await restWorld();
      const clients = simulation.clients(REGION);
      let refusals = 0;
      const busy = (...args: readonly unknown[]): unknown => {
        if (refusals === 2) return (clients.apiGateway[name] as (...rest: readonly unknown[]) => unknown)(...args);
        refusals += 1;
        return Promise.reject(
          Object.assign(
            new Error('Unable to complete operation due to concurrent modification. Please try again later.'),
            { name: 'ConflictException', $metadata: { httpStatusCode: 409 } },
          ),
        );
      };
      const apiGateway = Object.assign(Object.create(clients.apiGateway) as typeof clients.apiGateway, {
        [name]: busy,
      });
      const { routes, stages } = newDriver({ ...clients, apiGateway });
      const made = await routes.create(request(key), ctx);
      expect(await routes.find(gateway, key, ctx)).toEqual(made);
      expect((await stages.deploy(gateway, 'prod', MARK, ctx)).deploymentId).not.toBe('');
      await routes.delete(gateway, key, OWNER, ctx);
      expect(Object.keys(resources())).toEqual(['/']);
      expect(refusals).toBe(2);
    },
  );

  it('end at once when the caller aborts', async () => {
    const { driver, ctx, request, simulation, method } = await restWorld();
    const controller = new AbortController();
    simulation.faults.add({ operation: 'PutIntegration', kind: 'slow', ms: 60_000, times: 1 });
    const creating = driver.routes.create(request(key), createContext({ ...ctx, signal: controller.signal }));
    const refusal = refusalOf(creating);
    while (method(key) === undefined) await new Promise(setImmediate);
    controller.abort();
    expect(await refusal).toMatchObject({ code: 'ABORTED' });
  });
});
