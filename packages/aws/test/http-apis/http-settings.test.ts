import type { Spec, RouteRequest } from '@postern/core/internal/library';
import { describe, expect, it } from 'vitest';
import { applied, planOf, stepsOf } from '../../../testing/src/conformance/apply/spec-runs.js';
import { httpApi, vpcLink } from '../world/refs.js';
import { OWNER, refusalOf, simulated, specOver } from '../world/simulated.js';

const JWT = {
  Name: 'tokens',
  AuthorizerType: 'JWT',
  IdentitySource: ['$request.header.Authorization'],
  JwtConfiguration: { Issuer: 'https://login.example.com', Audience: ['orders'] },
};
const FUNCTION = {
  Name: 'function',
  AuthorizerType: 'REQUEST',
  AuthorizerPayloadFormatVersion: '2.0',
  AuthorizerUri:
    'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:a/invocations',
};
const PARAMETERS = {
  header: { 'x-tenant': 'query.tenant', 'x-order': 'path.id', 'x-caller': 'context.identity.sourceIp' },
  query: { region: "'eu'", language: 'header.Accept-Language' },
};

async function ready() {
  const cloud = await simulated({ throttle: false });
  const { id: linkId } = await cloud.link();
  await cloud.settle();
  const { driver, ctx, world, call } = cloud;
  const [target, other] = [
    await driver.targets.resolve(world.targets[0], {}, ctx),
    await driver.targets.resolve(world.targets[1], {}, ctx),
  ];
  const ApiId = world.gateway.id;
  const request = (settings?: RouteRequest['settings'], more: Partial<RouteRequest> = {}): RouteRequest => ({
    gateway: httpApi(ApiId),
    key: 'GET /orders/{id}',
    link: vpcLink(linkId),
    use: { target, path: 'overwrite' },
    owner: OWNER,
    settings,
    ...more,
  });
  return {
    ...cloud,
    request,
    other,
    ApiId,
    integrations: (): Record<string, any>[] => call('apigatewayv2', 'GetIntegrations', { ApiId }).Items,
    route: (RouteId: string): Record<string, any> => call('apigatewayv2', 'GetRoute', { ApiId, RouteId }),
    authorizer: (input: object): string => call('apigatewayv2', 'CreateAuthorizer', { ApiId, ...input }).AuthorizerId,
    found: async (key = 'GET /orders/{id}') => driver.routes.find(httpApi(ApiId), key, ctx),
  };
}

describe('settings of the integration of an HTTP API', () => {
  it('are written as mappings of the request, and read back as declared', async () => {
    const { driver, ctx, request, integrations, found } = await ready();
    const settings = { host: 'orders.internal', timeoutMs: 10_000, parameters: PARAMETERS };
    const made = await driver.routes.create(request(settings), ctx);
    expect(integrations()).toMatchObject([
      {
        TimeoutInMillis: 10_000,
        RequestParameters: {
          'overwrite:path': '$request.path',
          'overwrite:header.host': 'orders.internal',
          'overwrite:header.x-tenant': '$request.querystring.tenant',
          'overwrite:header.x-order': '$request.path.id',
          'overwrite:header.x-caller': '$context.identity.sourceIp',
          'overwrite:querystring.region': 'eu',
          'overwrite:querystring.language': '$request.header.Accept-Language',
        },
      },
    ]);
    expect(made.settings).toEqual({ ...settings, authorizer: 'none' });
    expect((await found())?.settings).toEqual(made.settings);
  });

  it('have the defaults of the API where none are declared', async () => {
    const { driver, ctx, request } = await ready();
    expect((await driver.routes.create(request(), ctx)).settings).toEqual({ timeoutMs: 30_000, authorizer: 'none' });
  });

  it('are shared by routes with the same values only', async () => {
    const { driver, ctx, request, integrations } = await ready();
    const slow = { timeoutMs: 10_000 };
    await driver.routes.create(request(slow, { key: 'GET /a' }), ctx);
    await driver.routes.create(request(slow, { key: 'GET /b' }), ctx);
    await driver.routes.create(request(undefined, { key: 'GET /c' }), ctx);
    await driver.routes.create(request({ ...slow, host: 'b.internal' }, { key: 'GET /d' }), ctx);
    await driver.routes.create(request({ timeoutMs: 30_000 }, { key: 'GET /e' }), ctx);
    expect(integrations().map((one) => [one['TimeoutInMillis'], one['RequestParameters']['overwrite:header.host']]))
      // The last route has what an undeclared timeout means, and shares with the third.
      .toEqual([
        [10_000, undefined],
        [30_000, undefined],
        [10_000, 'b.internal'],
      ]);
  });

  it('of one route change without those of another that shared its integration', async () => {
    const { driver, ctx, request, found, integrations } = await ready();
    const one = await driver.routes.create(request(undefined, { key: 'GET /a' }), ctx);
    await driver.routes.create(request(undefined, { key: 'GET /b' }), ctx);
    await driver.routes.update(one, request({ timeoutMs: 5_000 }, { key: 'GET /a' }), ctx);
    expect((await found('GET /a'))?.settings?.timeoutMs).toBe(5_000);
    expect((await found('GET /b'))?.settings?.timeoutMs).toBe(30_000);
    expect(integrations()).toHaveLength(2);
  });

  it('that are not declared stay as another writer set them when the target changes', async () => {
    const { driver, ctx, request, other, integrations, found, ApiId, call } = await ready();
    const made = await driver.routes.create(request({ parameters: PARAMETERS }), ctx);
    call('apigatewayv2', 'UpdateIntegration', {
      ApiId,
      IntegrationId: made.integrationId,
      TimeoutInMillis: 7_000,
      RequestParameters: { 'overwrite:header.Host': 'by.hand', 'append:header.x-hand': 'a' },
    });
    await driver.routes.update(made, request(undefined, { use: { target: other, path: 'overwrite' } }), ctx);
    const route = await found();
    expect(route).toMatchObject({ targetId: other.id, settings: { timeoutMs: 7_000, host: 'by.hand' } });
    expect(route?.settings?.parameters).toMatchObject(PARAMETERS);
    expect(integrations()).toMatchObject([{ RequestParameters: { 'append:header.x-hand': 'a' } }]);
  });

  it('show a mapping that no spec can name, and lose it when parameters are declared', async () => {
    const { driver, ctx, request, found, ApiId, call, integrations } = await ready();
    const made = await driver.routes.create(request({ parameters: { header: { 'x-a': "'1'" } } }), ctx);
    call('apigatewayv2', 'UpdateIntegration', {
      ApiId,
      IntegrationId: made.integrationId,
      RequestParameters: { 'append:header.x-b': 'c', 'overwrite:header.x-d': '${request.path}/e' },
    });
    expect((await found())?.settings?.parameters).toEqual({
      header: { 'x-a': "'1'", 'append:header.x-b': "'c'", 'x-d': "'${request.path}/e'" },
    });
    await driver.routes.update(made, request({ parameters: { header: { 'x-a': "'1'" } } }), ctx);
    expect(integrations()).toHaveLength(1);
    expect((await found())?.settings?.parameters).toEqual({ header: { 'x-a': "'1'" } });
  });

  it.each([
    ['a timeout under 50 ms', { timeoutMs: 49 }, /49 ms/, /50 ms to 30 s/],
    ['a timeout over 30 s', { timeoutMs: 30_001 }, /30001 ms/, /50 ms to 30 s/],
    ['a variable of the path', { parameters: { path: { id: 'path.id' } } }, /path of the backend/, /parameters\.path/],
    ['the header Host', { parameters: { header: { Host: "'a'" } } }, /Host/, /host: <name>/],
    ['a constant that begins a variable', { parameters: { header: { a: "'$request.path'" } } }, /constant/, /dollar/],
    ['an empty constant', { parameters: { query: { a: "''" } } }, /constant/, /not empty/],
  ])('refuse %s before anything is created', async (_, settings, message, remedy) => {
    const { driver, ctx, request, integrations } = await ready();
    const error = await refusalOf(driver.routes.create(request(settings), ctx));
    expect(error.code).toBe('INVALID_INPUT');
    expect(error.message).toMatch(message);
    expect(error.remedy).toMatch(remedy);
    expect(integrations()).toEqual([]);
  });
});

describe('the authorization of a route of an HTTP API', () => {
  it.each([
    ['JWT', JWT],
    ['CUSTOM', FUNCTION],
  ])('has the type %s, by the type of the authorizer', async (type, input) => {
    const { driver, ctx, request, authorizer, route } = await ready();
    const authorizerId = authorizer(input);
    const made = await driver.routes.create(request({ authorizer: authorizerId }), ctx);
    expect(route(made.id)).toMatchObject({ AuthorizationType: type, AuthorizerId: authorizerId });
    expect(made).toMatchObject({ open: false, authorization: type, settings: { authorizer: authorizerId } });
  });

  it('changes with one UpdateRoute, and its integration stays', async () => {
    const { driver, ctx, request, authorizer, route, simulation, calledSince } = await ready();
    const made = await driver.routes.create(request(), ctx);
    const settings = { authorizer: authorizer(JWT), scopes: ['orders/read', 'orders/write'] };
    const from = simulation.journal().length;
    const changed = await driver.routes.update(made, request(settings), ctx);
    expect(calledSince(from).filter((name) => !name.startsWith('Get'))).toEqual(['UpdateRoute']);
    expect(changed).toMatchObject({ integrationId: made.integrationId, settings });
    expect(route(made.id)).toMatchObject({ AuthorizationType: 'JWT', AuthorizationScopes: settings.scopes });
    const again = simulation.journal().length;
    await driver.routes.update(made, request({ ...settings, scopes: settings.scopes.toReversed() }), ctx);
    expect(calledSince(again).filter((name) => !name.startsWith('Get'))).toEqual([]);
  });

  it('loses the authorizer and its scopes when it becomes iam', async () => {
    const { driver, ctx, request, authorizer, route } = await ready();
    const made = await driver.routes.create(request({ authorizer: authorizer(JWT), scopes: ['orders'] }), ctx);
    const changed = await driver.routes.update(made, request({ authorizer: 'iam' }), ctx);
    expect(changed.settings).toEqual({ timeoutMs: 30_000, authorizer: 'iam' });
    expect(route(made.id)).toMatchObject({ AuthorizationType: 'AWS_IAM', AuthorizationScopes: [] });
    expect(route(made.id)).not.toHaveProperty('AuthorizerId');
  });

  it('stays where it is not declared', async () => {
    const { driver, ctx, request, authorizer, other } = await ready();
    const made = await driver.routes.create(request({ authorizer: authorizer(JWT) }), ctx);
    const moved = await driver.routes.update(
      made,
      request(undefined, { use: { target: other, path: 'overwrite' } }),
      ctx,
    );
    expect(moved).toMatchObject({ targetId: other.id, authorization: 'JWT' });
  });

  it.each(['zzzzzz', '../x'])('is not guessed for the authorizer %s, which does not exist', async (id) => {
    const { driver, ctx, request, integrations } = await ready();
    const error = await refusalOf(driver.routes.create(request({ authorizer: id }), ctx));
    expect(error).toMatchObject({ code: 'NOT_FOUND', remedy: expect.stringMatching(/none, iam/) });
    expect(integrations()).toEqual([]);
  });
});

describe('settings of a route in a spec', () => {
  const specOf = (cloud: Awaited<ReturnType<typeof simulated>>, route: string): Spec =>
    specOver(cloud, `'GET /a': ${route}, 'GET /b': t`);

  it('are applied, show drift, and are not planned again', async () => {
    const cloud = await simulated();
    const fields = async (spec: Spec) =>
      stepsOf(await planOf(cloud, spec)).flatMap(({ resource, changes = [] }) =>
        resource.type === 'route' ? changes.map(({ field }) => field) : [],
      );
    const ApiId = cloud.world.gateway.id;
    const spec = specOf(
      cloud,
      '{ target: t, host: orders.internal, timeout: 10s, parameters: { header: { x-a: header.b } }, authorizer: iam }',
    );
    await applied(cloud, spec);
    expect(await fields(spec)).toEqual([]);
    const slow = cloud
      .call('apigatewayv2', 'GetIntegrations', { ApiId })
      .Items.find((one: any) => one.TimeoutInMillis === 10_000);
    cloud.call('apigatewayv2', 'UpdateIntegration', { ApiId, IntegrationId: slow.IntegrationId, TimeoutInMillis: 60 });
    const [route] = cloud
      .call('apigatewayv2', 'GetRoutes', { ApiId })
      .Items.filter((one: any) => one.RouteKey === 'GET /a');
    cloud.call('apigatewayv2', 'UpdateRoute', { ApiId, RouteId: route.RouteId, AuthorizationType: 'NONE' });
    expect((await fields(spec)).toSorted()).toEqual(['authorizer', 'timeoutMs']);
    await applied(cloud, spec);
    expect(await fields(spec)).toEqual([]);
    expect(await fields(specOf(cloud, 't'))).toEqual([]);
  });
});
