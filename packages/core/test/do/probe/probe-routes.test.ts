import { CLOUDS } from '../../clouds.js';
import { describe, expect, it } from 'vitest';
import { changingRoutes, probeRoutes, type ProbeRoute } from '../../../src/do/probe/probe-routes.js';
import { liveRoutes } from '../../../src/do/probe/live-routes.js';
import type { ProbeOptions } from '../../../src/do/probe/probe-options.js';
import { alibabaWorld, awsWorld, type World } from '../../check/checks/world.js';
import { restWorld, webSocketWorld } from '../../check/checks/rest-world.js';
import { edit } from '../../check/checks/edits.js';

const routesOf = ({ snapshot, spec }: World, options: ProbeOptions = {}): readonly ProbeRoute[] =>
  probeRoutes(snapshot, spec, { clouds: CLOUDS, ...options });

/** `GET https://…` of what is called, else the reason. */
const linesOf = (world: World, options: ProbeOptions = {}): readonly string[] =>
  routesOf(world, options).map(({ act, method }) => {
    if (act.is === 'call') return `${method} ${act.url}`;
    return act.is === 'test' ? `${method} ${act.call.path}` : act.because;
  });

/** Routes that the spec declares and the gateway has. */
function declare({ integration, region }: World, keys: readonly string[]): void {
  integration.routes = Object.fromEntries(keys.map((key) => [key, 'orders']));
  for (const gateway of region.gateways) {
    const [route] = gateway.routes;
    if (route !== undefined) gateway.routes = keys.map((key, at) => ({ ...route, id: `route-${at}`, key }));
  }
}

const withRoutes = (...keys: readonly string[]): World => awsWorld((world) => declare(world, keys));

const HOST = 'https://api-1.execute-api.eu-west-1.amazonaws.com';

describe('where a declared route is called', () => {
  it('an HTTP API by its own name, the stage first unless it is $default', () => {
    const world = awsWorld(edit({ 'gateways.api-1.stages.+': { name: 'v1', autoDeploy: true } }));
    expect(linesOf(world)).toEqual([`GET ${HOST}/orders`, `GET ${HOST}/v1/orders`]);
    expect(linesOf(world, { stages: ['v1'] })).toEqual([`GET ${HOST}/v1/orders`]);
    expect(linesOf(world, { stages: ['v2'] })).toEqual(['no stage of the route is v2']);
  });

  it('a REST API on the stage that the spec names', () => {
    expect(linesOf(restWorld())).toEqual([`GET ${HOST}/prod/orders`]);
  });

  it.each([
    ['cn-north-1', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'amazonaws.com'],
  ])('an API in %s under %s', (region, domain) => {
    const world = awsWorld((one) => {
      one.region.region = region;
      one.linkSpec.region = region;
    });
    expect(linesOf(world)).toEqual([`GET https://api-1.execute-api.${region}.${domain}/orders`]);
  });

  it('an API group by its public domain and base path, with its stage as a header', () => {
    const world = alibabaWorld(({ the }) => {
      const group = the('gateways', 'group-1');
      const domains = [
        { name: 'api.example.com', kind: 'custom' as const },
        { name: 'group-1-cn-hangzhou.alicloudapi.com', kind: 'public' as const },
      ];
      group.settings = { ...group.settings, domains, basePath: '/shop' };
    });
    const [first] = routesOf(world);
    expect(first?.act).toEqual({
      is: 'call',
      url: 'https://group-1-cn-hangzhou.alicloudapi.com/shop/orders',
      headers: { 'x-ca-stage': 'RELEASE' },
    });
  });

  it('by another name that is given for its gateway, without a stage', () => {
    const world = awsWorld(edit({ 'gateways.api-1.stages.+': { name: 'v1', autoDeploy: true } }));
    expect(linesOf(world, { hosts: { 'api-1': 'api.example.com/base/' } })).toEqual([
      'GET https://api.example.com/base/orders',
    ]);
    expect(linesOf(world, { hosts: { 'api-1': 'http://api.example.com:8080' } })).toEqual([
      'GET http://api.example.com:8080/orders',
    ]);
  });

  it.each([
    ['disabled', 'the default endpoint of the API is disabled'],
    ['private', 'the API is private: only callers inside of a VPC reach it'],
  ] as const)('not by its own name where that is %s', (endpoint, because) => {
    const world = awsWorld(edit({ 'gateways.api-1.endpoint': endpoint }));
    expect(linesOf(world)).toEqual([because]);
    expect(linesOf(world, { hosts: { 'api-1': 'api.example.com' } })).toEqual(['GET https://api.example.com/orders']);
  });

  it('by a custom domain that leads to the stage, where its own name is disabled', () => {
    const mapped = (change: object) =>
      awsWorld(
        edit({
          'gateways.api-1.endpoint': 'disabled',
          'customDomains.0': { mappings: [{ path: 'shop', gatewayId: 'api-1', stage: '$default' }], ...change },
        }),
      );
    expect(linesOf(mapped({}))).toEqual(['GET https://orders.internal/shop/orders']);
    const because = 'the default endpoint of the API is disabled';
    expect(linesOf(mapped({ mutualTls: true }))).toEqual([because]);
    expect(linesOf(mapped({ usable: false }))).toEqual([because]);
    const mappings = [
      { path: '', gatewayId: 'api-1', stage: '$default' },
      { path: 'orders', gatewayId: 'api-9', stage: 'v1' },
    ];
    // Another mapping takes the path.
    expect(linesOf(mapped({ mappings }))).toEqual([because]);
  });

  it('not on a WebSocket API, on a gateway without a stage, a name or the route, and on one that does not exist', () => {
    const early = awsWorld(edit({ 'gateways.api-1.routes': [] }));
    expect(routesOf(early)[0]?.act).toMatchObject({ is: 'missing', because: 'gateway api-1 has no route ANY /orders' });
    expect(linesOf(webSocketWorld())).toEqual([expect.stringContaining('WebSocket API receive messages')]);
    expect(linesOf(awsWorld(edit({ 'gateways.api-1.stages': [] })))).toEqual(['gateway api-1 has no stage']);
    const nameless = alibabaWorld(edit({ 'gateways.group-1.settings': { domains: [] } }));
    expect(linesOf(nameless)[0]).toBe('the API group has no public domain');
    const gone = awsWorld(edit({ gateways: [] }));
    gone.region.whole = [...(gone.region.whole ?? []), 'gateways'];
    expect(routesOf(gone)[0]?.act.is).toBe('missing');
  });
});

describe('with which method and path a declared route is called', () => {
  it('so that no other route takes the call, as far as one is known', () => {
    const world = withRoutes('ANY /{proxy+}', 'GET /{one}', 'GET /users/me');
    expect(linesOf(world, { only: ['ANY /{proxy+}'] })).toEqual([`GET ${HOST}/postern-probe/postern-probe`]);
    const paths = { 'ANY /{proxy+}': '/users/me?x=1' };
    expect(linesOf(world, { only: ['ANY /{proxy+}'], paths })).toEqual([
      'route GET /users/me of gateway api-1 takes GET /users/me?x=1, not ANY /{proxy+}',
    ]);
    const hosts = { 'api-1': 'orders.internal' };
    const mapped = (path: string, gatewayId: string) =>
      awsWorld((one) => {
        declare(one, ['GET /{one}', 'GET /orders/{one}']);
        one.region.customDomains = [{ id: 'orders.internal', mappings: [{ path, gatewayId, stage: '$default' }] }];
      });
    const only = ['GET /orders/{one}'];
    expect(linesOf(mapped('', 'api-1'), { hosts, only })).toEqual(['GET https://orders.internal/orders/postern-probe']);
    expect(linesOf(mapped('orders', 'api-1'), { hosts, only })[0]).toMatch(
      /^route GET \/{one} .* takes GET \/postern-probe,/,
    );
    expect(linesOf(mapped('', 'api-9'), { hosts, only })).toEqual([
      'orders.internal leads calls of /orders/postern-probe to gateway api-9',
    ]);
  });

  it('its own where that changes nothing, and placeholders in place of variables', () => {
    const world = withRoutes(
      'GET /orders/{id}/items/{item}',
      'ANY /files/{proxy+}',
      'HEAD /x',
      '$default',
      'POST /orders',
    );
    expect(linesOf(world)).toEqual([
      `GET ${HOST}/orders/postern-probe/items/postern-probe`,
      `GET ${HOST}/files/postern-probe`,
      `HEAD ${HOST}/x`,
      `GET ${HOST}/postern-probe`,
      'POST may change something',
    ]);
    expect(changingRoutes(routesOf(world), CLOUDS)).toEqual([]);
  });

  it('another one where it is allowed', () => {
    const world = withRoutes('ANY /any', 'POST /orders', 'DELETE /orders');
    expect(linesOf(world, { methods: ['POST'] })).toEqual([
      `POST ${HOST}/any`,
      `POST ${HOST}/orders`,
      'DELETE may change something',
    ]);
    const all = routesOf(world, { methods: 'all' });
    expect(all.map(({ method }) => method)).toEqual(['GET', 'POST', 'DELETE']);
    expect(changingRoutes(all, CLOUDS).map(({ method }) => method)).toEqual(['POST', 'DELETE']);
  });

  it('the path that is given for it', () => {
    const paths = { 'GET /orders/{id}': '/orders/7?page=2' };
    expect(linesOf(withRoutes('GET /orders/{id}'), { paths })).toEqual([`GET ${HOST}/orders/7?page=2`]);
  });

  it('a path that a route for all of a beginning matches', () => {
    const world = withRoutes('GET /orders*', 'GET /files/*');
    expect(linesOf(world)).toEqual([`GET ${HOST}/orders`, `GET ${HOST}/files/postern-probe`]);
    const paths = { 'GET /orders*': '/orders/7', 'GET /files/*': '/files/a/b' };
    expect(linesOf(world, { paths })).toEqual([`GET ${HOST}/orders/7`, `GET ${HOST}/files/a/b`]);
  });

  it('and headers of the caller', () => {
    expect(routesOf(awsWorld(), { headers: { 'x-api-key': 'k' } })[0]?.act).toMatchObject({
      headers: { 'x-api-key': 'k' },
    });
  });
});

describe('which routes are called', () => {
  it('those of a name: an integration or a route', () => {
    const world = withRoutes('GET /a', 'GET /b');
    expect(routesOf(world, { only: ['GET /b'] }).map(({ route }) => route)).toEqual(['GET /b']);
    expect(routesOf(world, { only: ['orders'] })).toHaveLength(2);
  });

  it.each<[ProbeOptions, string, string]>([
    [{ only: ['order'] }, 'UNKNOWN_REFERENCE', 'Did you mean orders?'],
    [{ only: ['nothing at all'] }, 'UNKNOWN_REFERENCE', 'orders, GET /orders/{id}'],
    [{ paths: { 'GET /orders/{ID}': '/orders/7' } }, 'UNKNOWN_REFERENCE', 'Did you mean GET /orders/{id}?'],
    [{ paths: { 'GET /orders/{id}': '/stock/7' } }, 'INVALID_INPUT', '/orders/postern-probe'],
    [{ paths: { 'GET /orders/{id}': '/orders/7/items' } }, 'INVALID_INPUT', '/orders/postern-probe'],
    [{ paths: { 'GET /orders/{id}': 'orders/7' } }, 'INVALID_INPUT', '/orders/7'],
    [{ paths: { 'GET /orders/{id}': '/orders/7#a' } }, 'INVALID_INPUT', 'percent-encoded'],
    [{ methods: ['get'] }, 'INVALID_INPUT', 'GET, HEAD'],
    [{ methods: ['TRACE'] }, 'INVALID_INPUT', 'GET, HEAD'],
    [{ hosts: { 'api-2': 'x' } }, 'UNKNOWN_REFERENCE', 'api-1'],
    [{ hosts: { 'api-1': 'a b' } }, 'INVALID_INPUT', 'api.example.com'],
    [{ headers: { host: 'secret' } }, 'INVALID_INPUT', 'Leave it out'],
    [{ headers: { 'Bearer secret': '' } }, 'INVALID_INPUT', 'x-api-key'],
    [{ headers: { 'x-a': 'secret\r\nx-b: 1' } }, 'INVALID_INPUT', 'Remove line breaks'],
  ])('refuses %o', (options, code, remedy) => {
    const refusal = (): unknown => {
      try {
        return routesOf(withRoutes('GET /orders/{id}'), options);
      } catch (error) {
        return error;
      }
    };
    expect(refusal()).toMatchObject({ code, remedy: expect.stringContaining(remedy) });
    expect(String(refusal())).not.toContain('secret');
  });
});

describe('the cache of a stage', () => {
  const BY_CACHE = 'the answer may come from the cache of stage prod, which keeps it for 60 s';
  const NOT_READ = 'whether stage prod has a cache was not read';

  it.each([
    ['a call that is not cached is proof', { calls: [{ key: 'POST /orders', ttlSeconds: 60 }] }, undefined, {}],
    ['a cached call is none', { calls: [{ key: 'GET /orders', ttlSeconds: 60 }] }, BY_CACHE, {}],
    [
      'a call that passes the cache is proof',
      { calls: [{ key: 'GET /orders', ttlSeconds: 60, passable: true }] },
      undefined,
      { 'cache-control': 'max-age=0' },
    ],
    ['a cache that was not read leaves it open', undefined, NOT_READ, {}],
  ])('%s', (_, cache, because, headers) => {
    const world = restWorld(edit({ 'gateways.api-1.stages.0.cache': cache }));
    const [route] = routesOf(world);
    expect(route?.doubt?.because).toBe(because);
    expect(route?.act).toEqual({ is: 'call', url: `${HOST}/prod/orders`, headers });
    const [live] = liveRoutes(world.snapshot, CLOUDS);
    expect(live?.act).toMatchObject(because === undefined ? { is: 'call', headers } : { is: 'none', because });
  });

  it('leaves a call by another name open, whose stage is not known', () => {
    const world = restWorld(edit({ 'gateways.api-1.stages.0.cache': undefined }));
    const [route] = routesOf(world, { hosts: { 'api-1': 'api.example.com' } });
    expect(route).toMatchObject({ doubt: { because: NOT_READ }, act: { url: 'https://api.example.com/orders' } });
    expect(route?.stage).toBeUndefined();
  });
});

describe('through the cloud’s own test call', () => {
  const via = 'test-call';

  it('a REST API tests each route once, with its own path', () => {
    expect(routesOf(restWorld(), { via })).toMatchObject([
      {
        act: {
          is: 'test',
          call: { gateway: { kind: 'rest-api', id: 'api-1' }, key: 'ANY /orders', method: 'GET', path: '/orders' },
        },
      },
    ]);
  });

  it('a route with stage variables is tested with those of each stage', () => {
    const world = restWorld(({ the }) => {
      const api = the('gateways', 'api-1');
      Object.assign(api.routes[0] ?? {}, { variables: ['link'] });
      Object.assign(api.stages[0] ?? {}, { variables: { link: 'vlink-1' } });
    });
    expect(routesOf(world, { via })).toMatchObject([
      { stage: 'prod', act: { call: { stageVariables: { link: 'vlink-1' } } } },
    ]);
  });

  it('what sends no request is allowed for each method', () => {
    const world = alibabaWorld((one) => declare(one, ['POST /orders']));
    const routes = routesOf(world, { via });
    expect(routes).toMatchObject([{ method: 'POST', act: { is: 'test', call: { link: { id: 'apigateway-hz-1' } } } }]);
    expect(changingRoutes(routes, CLOUDS)).toEqual([]);
    expect(linesOf(world)).toEqual(['POST may change something']);
  });

  it('an HTTP API has none', () => {
    expect(linesOf(awsWorld(), { via })).toEqual(['the cloud has no test call for an HTTP API']);
  });
});
