import { expect, it } from 'vitest';
import { refusalOf } from '../world/simulated.js';
import { restWorld } from './write-world.js';

const test = (world: Awaited<ReturnType<typeof restWorld>>, key: string, more: object = {}) =>
  world.driver.testCalls.testCall(
    { gateway: world.gateway, key, method: 'GET', path: '/orders', headers: { authorization: 'secret' }, ...more },
    world.ctx,
  );

it('connects where no answer of the gateway itself comes', async () => {
  const world = await restWorld();
  const place = { restApiId: world.apiId, resourceId: world.addPath('/orders'), httpMethod: 'ANY' };
  world.rest('PutMethod', { ...place, authorizationType: 'NONE' });
  const requestTemplates = { 'application/json': '{"statusCode": 404}' };
  world.rest('PutIntegration', { ...place, type: 'MOCK', requestTemplates });
  world.rest('PutMethodResponse', { ...place, statusCode: '404' });
  world.rest('PutIntegrationResponse', { ...place, statusCode: '404' });
  expect(await test(world, 'ANY /orders')).toEqual({
    outcome: 'connected',
    status: 404,
    latencyMs: 5,
    because: 'the backend answered with status 404',
  });
});

it('fails where the listener of the method does not exist, with the reason of the log and no header', async () => {
  const world = await restWorld();
  await world.driver.routes.create(world.request('GET /orders'), world.ctx);
  world.call('elasticloadbalancingv2', 'DeleteListener', { ListenerArn: world.targets.target.id });
  const answer = await test(world, 'GET /orders');
  expect(answer).toEqual({
    outcome: 'failed',
    status: 500,
    latencyMs: expect.any(Number),
    because: expect.stringMatching(/^Execution failed due to /),
  });
  expect(JSON.stringify(answer)).not.toContain('secret');
});

it('of a method that does not exist is NOT_FOUND', async () => {
  const world = await restWorld();
  expect(await refusalOf(test(world, 'GET /nothing')!)).toMatchObject({ code: 'NOT_FOUND' });
});

it('is never repeated where the method may change something', async () => {
  const world = await restWorld();
  await world.driver.routes.create(world.request('POST /orders'), world.ctx);
  const tried: string[] = [];
  const ctx = {
    ...world.ctx,
    trace: ({ operation }: { operation: string }) => {
      tried.push(operation);
      return undefined;
    },
  };
  const testedTimes = async (key: string, method: string): Promise<number> => {
    tried.length = 0;
    world.simulation.faults.add({ kind: 'error', operation: 'TestInvokeMethod', times: 2 });
    await world.driver.testCalls
      .testCall({ gateway: world.gateway, key, method, path: '/orders' }, ctx)
      .catch(() => undefined);
    world.simulation.faults.clear();
    return tried.filter((one) => one === 'TestInvokeMethod').length;
  };
  expect(await testedTimes('POST /orders', 'POST')).toBe(1);
  await world.driver.routes.create(world.request('GET /orders'), world.ctx);
  expect(await testedTimes('GET /orders', 'GET')).toBe(3);
});
