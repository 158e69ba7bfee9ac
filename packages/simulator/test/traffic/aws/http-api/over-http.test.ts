import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { PROVE } from '../../../../../core/test/runs.js';
import { openShop } from './shop.js';

interface Seen {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A call over HTTP/1.1 with a `Host` of its own. */
function send(port: number, path: string, headers: Record<string, string> = {}, body?: Uint8Array): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const method = body ? 'POST' : 'GET';
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

const closing: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A user's own server. */
async function backend(answer: NonNullable<Parameters<typeof createServer>[1]>): Promise<string> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function served(more: object = {}) {
  const world = await openShop('ANY /{proxy+}', more);
  const server = await world.sim.listen();
  closing.push(() => server.close());
  return { ...world, port: server.port };
}

describe('an HTTP API over HTTP', () => {
  it('calls a server of the user’s own, by its host name or by a path', async () => {
    const world = await served();
    const seen: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[] = [];
    const url = await backend((incoming, response) => {
      let body = '';
      incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
      incoming.on('end', () => {
        seen.push({ url: incoming.url, headers: incoming.headers, body });
        response.writeHead(201, { 'x-own': ['a', 'b'], 'content-type': 'text/plain' }).end('made');
      });
    });
    world.sim.backends.add({ address: world.server, port: 8080, url });
    const byHost = await send(world.port, '/orders?a=1', { host: world.host }, Buffer.from('hello'));
    const byPath = await send(world.port, `/_postern/gateways/${world.host}/orders?a=1`, {}, Buffer.from('hello'));
    for (const { status, headers, body } of [byHost, byPath]) {
      expect([status, body]).toEqual([201, 'made']);
      expect(headers).toMatchObject({
        'content-type': 'text/plain',
        'content-length': '4',
        'x-own': 'a, b',
        'x-postern-outcome': 'delivered',
        'apigw-requestid': expect.stringMatching(/^.{15}=$/),
      });
    }
    expect(seen).toHaveLength(2);
    for (const { url: path, headers, body } of seen) {
      expect([path, body]).toEqual(['/orders?a=1', 'hello']);
      expect(headers).toMatchObject({
        host: world.host,
        forwarded: `for=127.0.0.1;host=${world.host};proto=https`,
        via: 'HTTP/1.1 AmazonAPIGateway',
        'content-length': '5',
        'x-postern-link': world.linkId,
        'x-postern-gateway': world.ApiId,
        'x-postern-target': `${world.server}:8080`,
      });
    }
  });

  it('answers by itself with exactly its own bytes', async () => {
    const world = await served();
    world.gateway('DeleteRoute', { ApiId: world.ApiId, RouteId: world.routeId });
    world.route('GET /orders', world.integrationId);
    const none = await send(world.port, '/payments', { host: world.host });
    expect([none.status, none.body]).toEqual([404, '{"message":"Not Found"}']);
    expect(Object.keys(none.headers).sort()).toEqual([
      'apigw-requestid',
      'connection',
      'content-length',
      'content-type',
      'date',
      'keep-alive',
      'x-postern-because',
      'x-postern-outcome',
    ]);
  });

  it.runIf(PROVE)('passes bodies of up to 10 MB, and refuses more', async () => {
    const world = await served();
    let received = 0;
    const url = await backend((incoming, response) => {
      incoming.on('data', (chunk: Buffer) => (received += chunk.length));
      incoming.on('end', () => response.end());
    });
    world.sim.backends.add({ address: world.server, port: 8080, url });
    const most = 10 * 1024 * 1024;
    expect((await send(world.port, '/a', { host: world.host }, Buffer.alloc(most))).status).toBe(200);
    expect(received).toBe(most);
    const { status, body, headers } = await send(world.port, '/a', { host: world.host }, Buffer.alloc(most + 1));
    expect([status, body]).toEqual([413, '{"message":"Request Entity Too Large"}']);
    expect(headers['x-postern-outcome']).toBe('too-large');
    expect(received).toBe(most);
  });

  it('gives up a server of the user’s own after the timeout', async () => {
    const world = await served({ TimeoutInMillis: 50 });
    const url = await backend(() => undefined); // it never answers
    world.sim.backends.add({ address: world.server, port: 8080, url });
    const { status, body, headers } = await send(world.port, '/a', { host: world.host });
    expect([status, body]).toEqual([503, '{"message":"Service Unavailable"}']);
    expect(headers['x-postern-outcome']).toBe('timeout');
  });
});
