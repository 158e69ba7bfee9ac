import { expect, it } from 'vitest';
import { openShop, shop } from './shop.js';

const CORS = {
  AllowOrigins: ['https://shop.example.com', 'http://*'],
  AllowMethods: ['GET', 'POST'],
  AllowHeaders: ['authorization'],
  ExposeHeaders: ['x-total'],
  AllowCredentials: true,
  MaxAge: 300,
};
const api = { CorsConfiguration: CORS };
const asked = { origin: 'https://shop.example.com', 'access-control-request-method': 'GET' };

/** The headers of CORS in an answer. */
function corsOf(headers: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));
}

it('is answered by the API: preflight requests never reach a backend', async () => {
  const world = await openShop('GET /orders', {}, {}, api);
  const { status, body, headers, outcome, trace } = await world.get('/orders', { method: 'OPTIONS', headers: asked });
  expect([status, body, outcome, trace.link]).toEqual([204, '', 'delivered', '']);
  expect(corsOf(headers)).toEqual({
    'access-control-allow-origin': 'https://shop.example.com',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': 'authorization',
    'access-control-max-age': '300',
  });
  const elsewhere = { ...asked, origin: 'https://evil.example' };
  const other = await world.get('/orders', { method: 'OPTIONS', headers: elsewhere });
  expect([other.status, corsOf(other.headers)]).toEqual([204, {}]);
});

it('adds headers to answers of integrations, in place of the backend’s own', async () => {
  const ResponseParameters = { '200': { 'append:header.x-total': '1' } };
  const world = await openShop('GET /orders', { ResponseParameters }, {}, api);
  const origin = 'http://localhost:3000';
  const { headers } = await world.get('/orders', { headers: { origin } });
  expect(corsOf(headers)).toEqual({
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'x-total',
  });
  expect(corsOf((await world.get('/orders')).headers)).toEqual({});
});

it('leaves OPTIONS to the routes where it is not configured', async () => {
  const world = await openShop('GET /orders');
  expect((await world.get('/orders', { method: 'OPTIONS', headers: asked })).status).toBe(404);
});

it('does not get past a $default route with an authorizer', async () => {
  const world = await shop({}, api);
  world.route('$default', world.integration(), { AuthorizationType: 'AWS_IAM' });
  world.stage();
  const preflight = async () => (await world.get('/orders', { method: 'OPTIONS', headers: asked })).status;
  expect(await preflight()).toBe(403);
  world.route('OPTIONS /{proxy+}', world.integration());
  expect(await preflight()).toBe(204);
});
