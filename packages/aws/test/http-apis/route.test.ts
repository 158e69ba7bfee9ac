import { type RouteRequest, userHash } from '@postern/core/internal/adapter';
import { expect, it } from 'vitest';
import { aws } from '../../src/index.js';
import { OWNER, REGION, refusalOf, simulated } from '../world/simulated.js';
import { httpApi, vpcLink } from '../world/refs.js';

async function ready() {
  const cloud = await simulated({ throttle: false });
  const { id: linkId } = await cloud.link();
  await cloud.settle();
  const { driver, ctx, world, call } = cloud;
  const target = await driver.targets.resolve(world.targets[0], {}, ctx);
  const request = (more: Partial<RouteRequest> = {}): RouteRequest => ({
    gateway: httpApi(world.gateway.id),
    key: 'ANY /orders/{proxy+}',
    link: vpcLink(linkId),
    use: { target, path: 'overwrite' },
    owner: { ...OWNER, name: 'orders' },
    ...more,
  });
  const integrations = (): Record<string, any>[] =>
    call('apigatewayv2', 'GetIntegrations', { ApiId: world.gateway.id }).Items;
  return { ...cloud, request, integrations, target, linkId };
}

it('are created with one marked integration that sends the path unchanged', async () => {
  const { driver, ctx, request, integrations, linkId, target } = await ready();
  await driver.routes.create(request(), ctx);
  expect(integrations()).toMatchObject([
    {
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: linkId,
      IntegrationUri: target.id,
      PayloadFormatVersion: '1.0',
      Description: expect.stringMatching(/^postern:shop@shop\/orders\/orders #[0-9a-f]{8}$/),
      RequestParameters: { 'overwrite:path': '$request.path' },
    },
  ]);
  expect(integrations()[0]).not.toHaveProperty('TlsConfig');
});

it('apply D6: are kept where another owner points them to another integration meanwhile', async () => {
  const { driver, ctx, request, call, world, simulation, calledSince } = await ready();
  const { id } = await driver.routes.create(request(), ctx);
  const ApiId = world.gateway.id;
  const foreign = call('apigatewayv2', 'CreateIntegration', {
    ApiId,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: 'https://emergency.example.com',
    PayloadFormatVersion: '1.0',
  }).IntegrationId as string;
  call('apigatewayv2', 'UpdateRoute', { ApiId, RouteId: id, Target: `integrations/${foreign}` });
  const from = simulation.journal().length;
  expect(await refusalOf(driver.routes.update({ id }, request(), ctx))).toMatchObject({ code: 'NOT_OURS' });
  expect(calledSince(from).filter((name) => !name.startsWith('Get'))).toEqual([]);
  expect(call('apigatewayv2', 'GetRoute', { ApiId, RouteId: id }).Target).toBe(`integrations/${foreign}`);
});

it('are not done when the answer shows another target', async () => {
  const { ctx, request, simulation } = await ready();
  const clients = simulation.clients(REGION);
  const createRoute = async (input: Parameters<typeof clients.apiGatewayV2.createRoute>[0]) => ({
    ...(await clients.apiGatewayV2.createRoute(input)),
    Target: 'integrations/another',
  });
  const apiGatewayV2 = Object.assign(Object.create(clients.apiGatewayV2) as typeof clients.apiGatewayV2, {
    createRoute,
  });
  const driver = aws({ region: REGION, clients: { ...clients, apiGatewayV2 } });
  expect(await refusalOf(driver.routes.create(request(), ctx))).toMatchObject({
    code: 'OUTCOME_UNKNOWN',
    outcomeUnknown: true,
  });
});

it('carry a mark of their own, which only the call that creates or changes them writes', async () => {
  const { driver, ctx, request, call, world, simulation, calledSince } = await ready();
  const shown = () =>
    call('apigatewayv2', 'GetRoutes', { ApiId: world.gateway.id }).Items.map((one: any) => one.OperationName);
  const routes = [];
  for (const key of ['GET /a', 'GET /b']) routes.push(await driver.routes.create(request({ key }), ctx));
  const marks = shown();
  expect(new Set(marks).size).toBe(2);
  expect(marks).toEqual(Array(2).fill(expect.stringMatching(/^postern:[0-9a-f]{16}$/)));
  const from = simulation.journal().length;
  const next = await driver.targets.resolve(world.targets[1]!, {}, ctx);
  const use = { target: next, path: 'overwrite' } as const;
  for (const one of routes) await driver.routes.update(one, request({ key: one.key, use }), ctx);
  expect(shown()).toEqual(marks);
  expect(calledSince(from)).not.toContain('UpdateIntegration');
});

it('share the integration that was just created, while lists do not show it', async () => {
  const { driver, ctx, request, integrations, simulation } = await ready();
  simulation.faults.add({ kind: 'stale', operation: 'GetIntegrations', ms: 30_000, leastMs: 30_000 });
  for (const key of ['GET /a', 'GET /b', 'GET /c']) await driver.routes.create(request({ key }), ctx);
  expect(integrations()).toHaveLength(1);
});

it('are not treated as unmanaged while their integration is not listed', async () => {
  const { driver, ctx, request, simulation, world } = await ready();
  const { key } = await driver.routes.create(request(), ctx);
  for (const operation of ['GetIntegration', 'GetIntegrations'])
    simulation.faults.add({ kind: 'stale', operation, ms: 20_000, leastMs: 20_000 });
  await driver.routes.create(request({ key: 'GET /slow', owner: { ...OWNER, integration: 'slow' } }), ctx);
  const slow = await driver.routes.find(httpApi(world.gateway.id), 'GET /slow', ctx);
  expect(slow?.owner).toEqual({ project: 'shop', spec: 'shop', integration: 'slow' });
  await driver.routes.create(request({ key: 'GET /new', owner: { ...OWNER, integration: 'new' } }), ctx);
  const { gateways } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
  const owners = gateways[0]?.routes.map((route) => [route.key, route.owner?.integration]);
  expect(owners).toEqual(
    expect.arrayContaining([
      [key, 'orders'],
      ['GET /new', 'new'],
    ]),
  );
});

it('are deleted by their ID while lists do not show them, with their integration', async () => {
  const { driver, ctx, request, call, integrations, simulation, world } = await ready();
  simulation.faults.add({ kind: 'stale', operation: 'GetRoutes', ms: 30_000, leastMs: 30_000 });
  const { id, key } = await driver.routes.create(request(), ctx);
  await driver.routes.delete(httpApi(world.gateway.id), key, OWNER, ctx, { id });
  expect(call('apigatewayv2', 'GetRoutes', { ApiId: world.gateway.id }).Items).toEqual([]);
  expect(integrations()).toEqual([]);
});

it('that keep the path or use TLS have integrations of their own', async () => {
  const { driver, ctx, request, integrations, target } = await ready();
  await driver.routes.create(request(), ctx);
  await driver.routes.create(request({ key: 'GET /kept', use: { target, path: 'keep' } }), ctx);
  const tcp = { ...target, protocol: 'TCP' };
  await driver.routes.create(
    request({ key: 'GET /tls', use: { target: tcp, path: 'keep', tls: { serverName: 'orders.internal' } } }),
    ctx,
  );
  await driver.routes.create(request({ key: 'GET /kept/too', use: { target, path: 'keep' } }), ctx);
  expect(integrations()).toHaveLength(3);
  expect(
    integrations().filter(({ RequestParameters }) => RequestParameters?.['overwrite:path'] !== undefined),
  ).toHaveLength(1);
  expect(integrations().filter(({ TlsConfig }) => TlsConfig?.ServerNameToVerify === 'orders.internal')).toHaveLength(1);
});

it('never use an integration without their mark', async () => {
  const { driver, ctx, request, call, world, linkId, target, integrations } = await ready();
  const foreign = {
    ApiId: world.gateway.id,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    ConnectionType: 'VPC_LINK',
    ConnectionId: linkId,
    IntegrationUri: target.id,
    PayloadFormatVersion: '1.0',
    RequestParameters: { 'overwrite:path': '$request.path' },
  };
  const byHand: string = call('apigatewayv2', 'CreateIntegration', foreign).IntegrationId;
  const made = await driver.routes.create(request(), ctx);
  expect(made.integrationId).not.toBe(byHand);
  await driver.routes.delete(httpApi(world.gateway.id), made.key, OWNER, ctx);
  expect(integrations().map(({ IntegrationId }) => IntegrationId)).toEqual([byHand]);
});

it('delete their integration when they get another target', async () => {
  const { driver, ctx, request, world, integrations } = await ready();
  const route = await driver.routes.create(request(), ctx);
  const next = await driver.targets.resolve(world.targets[1]!, {}, ctx);
  await driver.routes.update(route, request({ use: { target: next, path: 'overwrite' } }), ctx);
  expect(integrations()).toMatchObject([{ IntegrationUri: next.id }]);
});

it('delete what a run left between two calls, and nothing of other owners', async () => {
  const { driver, ctx, request, world, simulation, integrations } = await ready();
  simulation.faults.add({ operation: 'CreateRoute', kind: 'deny', times: 1 });
  expect((await refusalOf(driver.routes.create(request(), ctx))).code).toBe('PERMISSION_DENIED');
  expect(integrations()).toHaveLength(1);
  await driver.sweeping.sweep(httpApi(world.gateway.id), 'somebody', ctx);
  expect(integrations()).toHaveLength(1);
  await driver.sweeping.sweep(httpApi(world.gateway.id), OWNER.project, ctx, OWNER.spec);
  expect(integrations()).toEqual([]);
});

it('are named by the mark of their former integration until a sweep, where that mark could not be written', async () => {
  const { driver, ctx, request, world, simulation, integrations, call } = await ready();
  const [kept, moved] = ['GET /kept', 'GET /moved'];
  await driver.routes.create(request({ key: kept }), ctx);
  const route = await driver.routes.create(request({ key: moved }), ctx);
  const next = await driver.targets.resolve(world.targets[1]!, {}, ctx);
  // As older versions wrote it.
  const [{ IntegrationId, Description }] = integrations() as [Record<string, string>];
  const named = `${Description} [${[kept, moved].map(userHash).join('.')}]`;
  call('apigatewayv2', 'UpdateIntegration', { ApiId: world.gateway.id, IntegrationId, Description: named });
  simulation.faults.add({ operation: 'UpdateIntegration', kind: 'deny', times: 1 });
  const elsewhere = request({ key: moved, use: { target: next, path: 'overwrite' } });
  expect((await refusalOf(driver.routes.update(route, elsewhere, ctx))).code).toBe('PERMISSION_DENIED');
  const former = (): string => integrations().find((one) => one['IntegrationUri'] !== next.id)?.['Description'];
  const names = (): readonly string[] => [kept, moved].filter((key) => former().includes(userHash(key)));
  const shown = async () => {
    const { gateways } = await driver.observe({ gateways: [{ httpApi: world.gateway.id }] }, ctx);
    return gateways[0]?.integrations?.map(({ namesOthers }) => namesOthers === true).toSorted();
  };
  expect([names(), await shown()]).toEqual([
    [kept, moved],
    [false, true],
  ]);
  await driver.sweeping.sweep(httpApi(world.gateway.id), 'somebody', ctx);
  expect(names()).toEqual([kept, moved]);
  await driver.sweeping.sweep(httpApi(world.gateway.id), OWNER.project, ctx, OWNER.spec);
  expect([names(), await shown()]).toEqual([[kept], [false, false]]);
});

it('complete a deletion that ended halfway', async () => {
  const { driver, ctx, request, world, simulation, integrations } = await ready();
  const { key } = await driver.routes.create(request(), ctx);
  simulation.faults.add({ operation: 'DeleteIntegration', kind: 'deny', times: 1 });
  expect((await refusalOf(driver.routes.delete(httpApi(world.gateway.id), key, OWNER, ctx))).code).toBe(
    'PERMISSION_DENIED',
  );
  expect(integrations()).toHaveLength(1);
  await driver.routes.delete(httpApi(world.gateway.id), key, OWNER, ctx);
  expect(integrations()).toEqual([]);
});

it('are not deleted without a mark', async () => {
  const { driver, ctx, world, call } = await ready();
  call('apigatewayv2', 'CreateRoute', { ApiId: world.gateway.id, RouteKey: 'GET /by-hand' });
  expect((await refusalOf(driver.routes.delete(httpApi(world.gateway.id), 'GET /by-hand', OWNER, ctx))).code).toBe(
    'NOT_OURS',
  );
});

it.each([
  ['HTTPS', undefined, /Add tls/],
  ['TLS', undefined, /Add tls/],
  ['HTTP', { serverName: 'orders.internal' }, /Remove tls/],
])('refuse a listener for %s with tls %j, before anything is created', async (protocol, tls, remedy) => {
  const { driver, ctx, request, target, integrations } = await ready();
  const use = { target: { ...target, protocol }, path: 'overwrite', tls } as const;
  const error = await refusalOf(driver.routes.create(request({ use }), ctx));
  expect(error).toMatchObject({ code: 'INVALID_INPUT', remedy: expect.stringMatching(remedy) });
  expect(integrations()).toEqual([]);
});

it('deploy nothing after the last route is deleted', async () => {
  const { driver, ctx, world } = await ready();
  expect(await driver.stages.deploy(httpApi(world.gateway.id), 'prod', 'postern:shop@shop/abcd', ctx)).toEqual({
    deploymentId: '',
  });
});

it('may have keys and marks that are names of inherited members', async () => {
  const { driver, ctx, request, world } = await ready();
  for (const key of ['GET /__proto__', 'GET /constructor', 'GET /toString'])
    await driver.routes.create(request({ key }), ctx);
  const { gateways } = await driver.observe({ gateways: [world.gateway.ref] }, ctx);
  expect(gateways[0]?.routes).toHaveLength(3);
  expect(({} as Record<string, unknown>)['x']).toBeUndefined();
});
