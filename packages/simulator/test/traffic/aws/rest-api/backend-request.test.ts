import { describe, expect, it } from 'vitest';
import { openShop, restShop } from './rest-shop.js';

const TRACE = expect.stringMatching(/^Self=1-[0-9a-f]{8}-[0-9a-f]{24};Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/);

describe('truth 17: what the backend of HTTP_PROXY gets', () => {
  it('the caller’s headers, with the host of the URI', async () => {
    const shop = await openShop();
    const { headers } = await shop.echo('/prod/pets', {
      method: 'POST',
      headers: {
        Host: 'caller',
        'User-Agent': 'curl',
        'X-One': '1',
        Authorization: 'secret',
        'X-Forwarded-For': '10.1.1.1',
      },
      body: 'hello',
    });
    expect(headers).toEqual({
      host: 'orders.internal',
      'user-agent': 'curl',
      'x-one': '1',
      authorization: 'secret',
      'content-length': '5',
      'x-amzn-apigateway-api-id': shop.restApiId,
      'x-amzn-trace-id': TRACE,
      // The API sends the caller, port 443 and https; the load balancer adds the link's address, and its listener's port.
      'x-forwarded-for': expect.stringMatching(/^10\.1\.1\.1, 203\.0\.113\.10, 172\.31\.\d+\.\d+$/),
      'x-forwarded-port': '80',
      'x-forwarded-proto': 'http',
    });
  });

  it('without those that are dropped', async () => {
    const dropped =
      'Connection Content-Encoding Content-Length Content-MD5 Expect Max-Forwards Proxy-Authenticate Server TE Trailer ' +
      'Transfer-Encoding Upgrade Via WWW-Authenticate';
    const names = dropped.split(' ');
    const headers = Object.fromEntries([...names, 'Accept'].map((name) => [name, 'x']));
    const { headers: got } = await (await openShop()).echo('/prod', { headers });
    expect(names.filter((name) => name.toLowerCase() in got)).toEqual([]);
    expect(got['accept']).toBe('x');
  });

  it('with mapped headers, some of which are dropped otherwise; Host stays', async () => {
    const names = ['Host', 'Via', 'Server', 'Upgrade', 'X-Own', 'x-two'];
    const requestParameters = Object.fromEntries(
      names.map((name) => [`integration.request.header.${name}`, "'mapped'"]),
    );
    const { headers } = await (await openShop({ requestParameters })).echo('/prod', { headers: { 'X-Two': 'sent' } });
    expect(headers).toMatchObject({ host: 'orders.internal', server: 'mapped', upgrade: 'mapped', 'x-own': 'mapped' });
    expect(headers['x-two']).toBe('mapped');
    expect(headers).not.toHaveProperty('via');
  });

  it.each(['Content-Length', 'transfer-encoding', 'x-amzn-trace-id', 'X-Amzn-Apigateway-Api-Id'])(
    'not with a mapped %s: 500 with 36 bytes',
    async (name) => {
      const shop = await openShop({ requestParameters: { [`integration.request.header.${name}`]: "'1'" } });
      const answer = await shop.get('/prod');
      expect([answer.status, answer.body, answer.bytes.length]).toEqual([
        500,
        '{"message": "Internal server error"}',
        36,
      ]);
      expect(answer.outcome).toBe('no-integration');
    },
  );
});

it('truth 17: the backend of HTTP gets only what is mapped', async () => {
  const shop = await restShop();
  const requestParameters = { 'integration.request.header.x-id': 'context.requestId' };
  const at = shop.method('GET /pets', { type: 'HTTP', requestParameters });
  shop.response(at, '200');
  shop.deploy();
  const answer = await shop.get('/prod/pets?a=b', { headers: { 'X-One': '1' } });
  const { headers, query } = JSON.parse(answer.body) as { headers: object; query: string };
  expect(headers).toEqual({
    accept: 'application/json',
    'content-length': '0',
    host: 'orders.internal',
    'user-agent': `AmazonAPIGateway_${shop.restApiId}`,
    'x-amzn-apigateway-api-id': shop.restApiId,
    'x-amzn-trace-id': TRACE,
    // What the load balancer in front adds.
    'x-forwarded-for': expect.stringMatching(/^172\.31\.\d+\.\d+$/),
    'x-forwarded-port': '80',
    'x-forwarded-proto': 'http',
    'x-id': answer.headers['x-amzn-requestid'],
  });
  expect(query).toBe('');
});

describe('truth 18: the path is the one of the rendered URI, without the stage', () => {
  it('with placeholders as the caller escaped them, and the query string', async () => {
    const shop = await restShop();
    shop.method('GET /orders/{id}/{proxy+}', { uri: 'http://orders.internal:80/internal/{id}/x/{proxy}' });
    shop.deploy();
    expect(await shop.echo('/prod/orders/a%2Fb/c/../d%20e?x=1&x=2&y=%26')).toMatchObject({
      method: 'GET',
      path: '/internal/a%2Fb/x/c/../d%20e',
      query: 'x=1&x=2&y=%26',
      headers: { host: 'orders.internal:80' },
    });
  });

  it('with a URI without a path', async () => {
    const shop = await restShop();
    shop.method('GET /orders', { uri: 'http://orders.internal' });
    shop.deploy();
    expect(await shop.echo('/prod/orders')).toMatchObject({ path: '/', query: '' });
  });

  it('with mapped parameters of the query string behind the caller’s', async () => {
    const shop = await restShop();
    const requestParameters = {
      'integration.request.querystring.page': 'method.request.querystring.p',
      'integration.request.querystring.from': "'gateway 1'",
      'integration.request.header.X-Color': 'stageVariables.color',
      'integration.request.header.X-Order': 'method.request.body.order.id',
    };
    const declared = { requestParameters: { 'method.request.querystring.p': false } };
    shop.method('POST /orders', { integrationHttpMethod: 'PUT', requestParameters }, declared);
    shop.deploy('prod', { variables: { color: 'blue' } });
    const body = '{"order":{"id":"o-1"}}';
    expect(await shop.echo('/prod/orders?p=1&p=2', { method: 'POST', body })).toMatchObject({
      method: 'PUT',
      query: 'p=1&p=2&page=2&from=gateway%201',
      headers: { 'x-color': 'blue', 'x-order': 'o-1' },
    });
  });
});
