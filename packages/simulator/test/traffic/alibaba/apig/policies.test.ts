import { describe, expect, it } from 'vitest';
import { apigShop } from './apig-shop.js';

const seen = ({ body }: { body: string }) => JSON.parse(body) as Record<string, any>;

describe('a policy', () => {
  it('limits the rate of a route', async () => {
    const { call, policy, sim } = await apigShop({ throttle: true });
    await policy('RateLimit', { unit: 'Minute', limit: 3, responseStatusCode: 430 });
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await call('/orders')).status);
    expect(statuses).toEqual([200, 200, 200, 430]);
    await sim.advance(20_000);
    expect((await call('/orders')).status).toBe(200);
  });

  it.each([
    [{ unit: 'Minute', limit: 3 }, 3],
    [{ unit: 'Minute', limit: 1, responseStatusCode: '' }, 1],
  ])('of a rate %j answers 429 to what is above it, until a minute has passed', async (config, taken) => {
    const { call, policy, sim } = await apigShop({ throttle: true });
    expect(await policy('RateLimit', config)).toMatchObject({ code: 'Ok' });
    const statuses: number[] = [];
    for (let count = 0; count < taken + 2; count += 1) statuses.push((await call('/orders')).status);
    expect(statuses).toEqual([...Array.from({ length: taken }, () => 200), 429, 429]);
    expect(await call('/orders')).toMatchObject({ outcome: 'throttled', body: 'Too Many Requests' });
    await sim.advance(60_000);
    expect((await call('/orders')).status).toBe(200);
  });

  it('whose configuration is an object, and no text of JSON, is refused', async () => {
    const { post, get, gatewayId, routeId } = await apigShop();
    const on = { attachResourceType: 'GatewayRoute', attachResourceIds: [routeId], gatewayId };
    for (const config of [{ unit: 'Minute', limit: 3 }, ['x'], 3, 'unit: Minute', '[1]']) {
      const given = { className: 'RateLimit', name: 'rate', config, ...on };
      await expect(post('/v1/policies', given), JSON.stringify(config)).rejects.toMatchObject({
        code: 'InvalidParameter',
        statusCode: 400,
      });
    }
    expect((await get('/v1/policies'))['data'].items).toEqual([]);
  });

  it('changes headers of requests and of answers', async () => {
    const { call, policy } = await apigShop();
    const item = (directionType: string, opType: string, key: string, value = '') => ({
      directionType,
      opType,
      key,
      value,
    });
    await policy('HeaderModify', {
      headerOpItems: [
        item('Request', 'Add', 'x-added', 'a'),
        item('Request', 'Add', 'x-more', 'b'),
        item('Request', 'Update', 'x-set', 'c'),
        item('Request', 'Delete', 'x-gone'),
        item('Response', 'Add', 'x-answer', 'd'),
      ],
    });
    const answer = await call('/orders', { headers: { 'x-more': 'a', 'x-set': 'a', 'x-gone': 'a' } });
    expect(seen(answer)['headers']).toMatchObject({ 'x-added': 'a', 'x-more': 'a,b', 'x-set': 'c' });
    expect(seen(answer)['headers']).not.toHaveProperty('x-gone');
    expect(answer.headers['x-answer']).toBe('d');
  });

  it.each([
    ['the prefix', { pathType: 'PRE', path: '/v2' }, '/v2/7'],
    ['the prefix by nothing', { pathType: 'PRE', path: '/' }, '/7'],
    ['all of the path', { pathType: 'EXACT', path: '/all' }, '/all'],
    ['what an expression finds', { pathType: 'REGEX', pattern: '/orders/(\\d)', path: '/one/\\1' }, '/one/7'],
    ['nothing where it is off', { pathType: 'PRE', path: '/v2', status: 'off' }, '/orders/7'],
  ])('rewrites %s', async (_what, config, path) => {
    const { call, policy } = await apigShop();
    await policy('HttpRewrite', { ...config, host: 'backend.internal' });
    const given = seen(await call('/orders/7'));
    expect(given['path']).toBe(path);
    if (!('status' in config)) expect(given['headers'].host).toBe('backend.internal');
  });

  it('stops addresses at a route, an API, a domain or a gateway', async () => {
    for (const type of ['GatewayRoute', 'HttpApi', 'Domain', 'Gateway'] as const) {
      const { call, policy, routeId, apiId, domainId, gatewayId } = await apigShop();
      const id = { GatewayRoute: routeId, HttpApi: apiId, Domain: domainId, Gateway: gatewayId }[type];
      await policy('IpAccessControl', { type: 'BLACK', ipBlackWhiteList: ['203.0.113.0/24'] }, type, id);
      expect(await call('/orders')).toMatchObject({
        status: 403,
        body: 'RBAC: access denied',
        outcome: 'unauthorized',
      });
    }
    const { call, policy } = await apigShop();
    await policy('IpAccessControl', { type: 'WHITE', ipBlackWhiteList: '203.0.113.10,192.0.2.1' });
    expect((await call('/orders')).status).toBe(200);
  });

  it('answers preflight requests of allowed origins', async () => {
    const { call, policy } = await apigShop();
    await policy('Cors', {
      allowOrigins: 'https://shop.example.com',
      allowMethods: 'GET,POST',
      allowCredentials: true,
      unitNum: 1,
      timeUnit: 'h',
    });
    const preflight = (origin: string) =>
      call('/orders', { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'GET' } });
    expect((await preflight('https://shop.example.com')).headers).toMatchObject({
      'access-control-allow-origin': 'https://shop.example.com',
      'access-control-allow-methods': 'GET,POST',
      'access-control-max-age': '3600',
    });
    expect((await preflight('https://other.example.com')).headers).not.toHaveProperty('access-control-allow-origin');
    const answer = await call('/orders', { headers: { origin: 'https://shop.example.com' } });
    expect(answer.headers).toMatchObject({ 'access-control-allow-credentials': 'true' });
  });

  it('answers in the place of a backend, or redirects; and says where it is not simulated', async () => {
    const shop = await apigShop();
    await shop.policy('DirectResponse', { code: 418, body: 'tea' });
    expect(await shop.call('/orders')).toMatchObject({ status: 418, body: 'tea', outcome: 'delivered' });
    const routeId = await shop.publish('Exact /old');
    await shop.policy('Redirect', { code: 308, host: 'new.example.com', path: '/new' }, 'GatewayRoute', routeId);
    expect((await shop.call('/old')).headers['location']).toBe('https://new.example.com/new');
    await shop.policy('JWTAuth', {}, 'Gateway', shop.gatewayId);
    expect(await shop.call('/orders')).toMatchObject({ status: 501, outcome: 'unauthorized' });
  });
});
