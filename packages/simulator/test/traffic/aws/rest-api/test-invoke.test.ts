import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { INTERNAL, REGION, restShop, type RestShop } from './rest-shop.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The lines of a log without their times and without the two that name the request. */
const linesOf = ({ log = '' }: { log?: string | undefined }) =>
  log
    .trimEnd()
    .split('\n')
    .slice(2)
    .map((line) => line.replace(/^.* UTC \d{4} : /, ''));

async function invoked(shop: RestShop, at: { resourceId: string; httpMethod: string }, more: object = {}) {
  const { apiGateway } = shop.sim.clients(REGION);
  return apiGateway.testInvokeMethod({ restApiId: shop.restApiId, ...at, ...more });
}

describe.each(['V1', 'V2'])('truth 22: a test that reaches its backend through a %s link', (kind) => {
  async function tested(integration: object = {}) {
    const shop = await restShop();
    const link = kind === 'V1' ? { connectionId: shop.v1 } : {};
    const at = shop.method('GET /pets', { ...link, ...integration });
    return { ...shop, at };
  }

  it('runs the working copy and logs what was sent and received', async () => {
    const shop = await tested();
    shop.sim.backends.add({ address: shop.server, port: 8080, behavior: { status: 404, body: 'none', delayMs: 120 } });
    const before = shop.sim.clock.now();
    const answer = await invoked(shop, shop.at, { pathWithQueryString: '/pets?a=b', headers: { 'X-One': '1' } });
    expect(shop.sim.clock.now()).toBe(before);
    expect(answer).toMatchObject({
      status: 404,
      body: 'none',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      multiValueHeaders: { 'content-type': ['text/plain; charset=utf-8'] },
      latency: 120,
      $metadata: { httpStatusCode: 200 },
    });
    const uri = 'http://orders.internal/pets?a=b';
    const id = shop.restApiId;
    expect(linesOf(answer)).toEqual([
      'HTTP Method: GET, Resource Path: /pets',
      'Method request path: {}',
      'Method request query string: {a=b}',
      'Method request headers: {X-One=1}',
      'Method request body before transformations: ',
      `Endpoint request URI: ${uri}`,
      `Endpoint request headers: {X-One=1, x-amzn-apigateway-api-id=${id}, User-Agent=AmazonAPIGateway_${id}, Host=orders.internal}`,
      'Endpoint request body after transformations: ',
      `Sending request to ${uri}`,
      'Received response. Status: 404, Integration latency: 120 ms',
      'Endpoint response headers: {content-type=text/plain; charset=utf-8}',
      'Endpoint response body before transformations: none',
      'Method response body after transformations: none',
      'Method response headers: {content-type=text/plain; charset=utf-8}',
      'Successfully completed execution',
      'Method completed with status: 404',
    ]);
    expect(shop.sim.traffic.counters().calls).toBe(0);
  });

  it('answers as a server of the user’s own does, in process and over HTTP', async () => {
    const shop = await tested();
    const server = createServer((request, response) =>
      response.writeHead(200, { 'X-Link': request.headers['x-postern-link'] }).end('own'),
    );
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    closing.push(() => server.close().closeAllConnections());
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    shop.sim.backends.add({ address: shop.server, port: 8080, url });
    const link = kind === 'V1' ? shop.v1 : shop.v2;
    expect(await invoked(shop, shop.at)).toMatchObject({ status: 200, body: 'own', headers: { 'x-link': link } });
    const listening = await shop.sim.listen();
    closing.push(() => listening.close());
    const credential =
      'AWS4-HMAC-SHA256 Credential=AKIA/20260601/eu-west-1/apigateway/aws4_request, SignedHeaders=host, Signature=0';
    const path = `/restapis/${shop.restApiId}/resources/${shop.at.resourceId}/methods/GET`;
    const answer = await fetch(`${listening.url}${path}`, {
      method: 'POST',
      headers: { authorization: credential, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 200, body: 'own' });
    const calls = shop.sim.journal().filter(({ operation }) => operation === 'TestInvokeMethod');
    expect(calls.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('maps the answer of HTTP', async () => {
    const shop = await tested({ type: 'HTTP' });
    const failed = await invoked(shop, shop.at);
    expect([failed.status, failed.body]).toEqual([500, INTERNAL]);
    shop.response(shop.at, '202', { responseTemplates: { 'application/json': '{"ok":true}' } });
    const answer = await invoked(shop, shop.at);
    expect([answer.status, answer.body]).toEqual([202, '{"ok":true}']);
    expect(linesOf(answer)).toContain('Received response. Status: 200, Integration latency: 0 ms');
  });
});

it('truth 22: a backend that breaks the connection is 504 of the method', async () => {
  const shop = await restShop();
  const at = shop.method('GET /pets', { connectionId: shop.v1 });
  shop.sim.backends.add({ address: shop.server, port: 8080, behavior: { reset: true } });
  expect(await invoked(shop, at)).toMatchObject({
    status: 504,
    body: '{"message": "Network error communicating with endpoint"}',
    $metadata: { httpStatusCode: 200 },
  });
});
