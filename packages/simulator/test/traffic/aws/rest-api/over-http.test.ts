import { createServer, get, type IncomingMessage, type RequestListener } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openShop } from './rest-shop.js';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A REST API over HTTP, whose backend is a server of the test's own. */
async function served(listener: RequestListener, integration: object = {}) {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  closing.push(() => server.close().closeAllConnections());
  const shop = await openShop(integration);
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  shop.sim.backends.add({ address: shop.server, port: 8080, url });
  const listening = await shop.sim.listen();
  closing.push(() => listening.close());
  return { ...shop, url: `${listening.url}/_postern/gateways/${shop.host}` };
}

describe('over HTTP', () => {
  it('a server of the user’s own gets the headers of the gateway, and where the call came from', async () => {
    let got: IncomingMessage['headers'] = {};
    const shop = await served((request, response) => {
      got = request.headers;
      response.writeHead(201, { 'X-Own': 'yes' }).end('made');
    });
    const answer = await fetch(`${shop.url}/prod/pets?a=b`, {
      method: 'POST',
      headers: { 'x-one': '1', te: 'trailers' },
      body: 'hello',
    });
    expect([answer.status, await answer.text()]).toEqual([201, 'made']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'x-own': 'yes',
      'x-postern-outcome': 'delivered',
      'x-amzn-requestid': expect.any(String),
      'x-amz-apigw-id': expect.any(String),
    });
    expect(got).toMatchObject({
      host: 'orders.internal',
      'content-length': '5',
      'x-one': '1',
      'x-amzn-apigateway-api-id': shop.restApiId,
      'x-amzn-trace-id': expect.any(String),
      'x-forwarded-for': expect.stringMatching(/^127\.0\.0\.1, 172\.31\.\d+\.\d+$/),
      'x-postern-link': shop.v2,
      'x-postern-gateway': shop.restApiId,
      'x-postern-target': `${shop.server}:8080`,
    });
    expect(got).not.toHaveProperty('te');
  });

  it('the answers of the gateway itself have their exact length', async () => {
    const shop = await served((_request, response) => response.end());
    const answer = await fetch(`${shop.url}/test/pets`);
    expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([
      403,
      '23',
      '{"message":"Forbidden"}',
    ]);
    expect(answer.headers.get('x-postern-outcome')).toBe('no-stage');
  });
});

/** Reads an answer chunk by chunk. */
function open(url: string): Promise<{ response: IncomingMessage; chunk: () => Promise<string> }> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      const chunks = response[Symbol.asyncIterator]();
      resolve({ response, chunk: async () => String((await chunks.next()).value) });
    }).on('error', reject);
  });
}

describe('truth 24: STREAM', () => {
  it('passes headers and each part on at once', async () => {
    const parts: ((text?: string) => void)[] = [];
    const shop = await served(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        parts.push((text) => (text === undefined ? response.end() : response.write(text)));
      },
      { responseTransferMode: 'STREAM', timeoutInMillis: 900_000 },
    );
    const { response, chunk } = await open(`${shop.url}/prod/events`);
    expect([response.statusCode, response.headers['content-type']]).toEqual([200, 'text/event-stream']);
    expect(response.headers['content-length']).toBeUndefined();
    parts[0]?.('one');
    expect(await chunk()).toBe('one');
    parts[0]?.('two');
    expect(await chunk()).toBe('two');
    parts[0]?.();
    expect(await chunk()).toBe('undefined');
    expect(shop.sim.traffic.counters()).toMatchObject({ calls: 1, delivered: 1 });
  });

  it('has no limit of 10 MB, and BUFFERED does', async () => {
    const megabyte = Buffer.alloc(1024 * 1024);
    const listener: RequestListener = (_request, response) => {
      for (let part = 0; part < 11; part += 1) response.write(megabyte);
      response.end();
    };
    const streamed = await served(listener, { responseTransferMode: 'STREAM' });
    expect((await streamed.get('/prod')).bytes).toHaveLength(11 * megabyte.length);
    const buffered = await served(listener);
    expect(await buffered.get('/prod')).toMatchObject({ status: 500, outcome: 'too-large' });
  });

  it('ends where the backend breaks off', async () => {
    const shop = await served(
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => setImmediate(() => response.destroy()));
      },
      { responseTransferMode: 'STREAM' },
    );
    const answer = await fetch(`${shop.url}/prod`);
    expect(answer.status).toBe(200);
    await expect(answer.text()).rejects.toThrow();
    expect(await shop.get('/prod')).toMatchObject({ status: 200, body: 'half' });
  });
});
