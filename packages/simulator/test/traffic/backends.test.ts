import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { simulate } from '../../src/index.js';
import type { BackendRequest } from '../../src/simulation/traffic/backends/backend.js';
import { Backends } from '../../src/simulation/traffic/backends/backends.js';

const request: BackendRequest = {
  address: '10.0.1.10',
  port: 8080,
  network: 'vpc-1',
  method: 'GET',
  path: '/orders?page=2',
  headers: { accept: '*/*' },
  body: new Uint8Array(),
  source: '10.0.0.4',
  link: 'link1',
  gateway: 'api1',
  target: '10.0.1.10:8080',
};
const newBackends = () => new Backends({ now: () => 1000, changed: () => undefined });
const servers: Server[] = [];

async function served(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer ?? (() => undefined));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

describe('a backend', () => {
  it.each([
    ['neither address nor instance', { port: 80, behavior: {} }, 'either an "address", an "instance" or a "service"'],
    ['an address that is none', { address: '10.0.0', port: 80, behavior: {} }, 'is an IP address'],
    ['a port that is none', { address: '10.0.0.1', port: 0, behavior: {} }, '"port"'],
    ['neither url nor behavior', { address: '10.0.0.1', port: 80 }, 'either a "url" or a "behavior"'],
    ['a server elsewhere', { address: '10.0.0.1', port: 80, url: 'http://192.0.2.1:80' }, 'loopback address'],
    [
      'a name that looks like this machine',
      { address: '10.0.0.1', port: 80, url: 'http://127.0.0.1.nip.io' },
      'loopback',
    ],
    ['TLS', { address: '10.0.0.1', port: 80, url: 'https://127.0.0.1:8443' }, 'loopback'],
    ['credentials in a URL', { address: '10.0.0.1', port: 80, url: 'http://a:b@127.0.0.1' }, 'loopback'],
    ['an unknown member', { address: '10.0.0.1', port: 80, behavior: {}, host: 'x' }, 'no "host"'],
    ['a status that is none', { address: '10.0.0.1', port: 80, behavior: { status: 99 } }, '"status"'],
    ['a delay that is none', { address: '10.0.0.1', port: 80, behavior: { delayMs: -1 } }, '"delayMs"'],
  ])('is refused with %s', (_what, spec, message) => {
    expect(() => newBackends().add(spec as never)).toThrow(message);
  });

  it('answers at its address and port, in its network', () => {
    const backends = newBackends();
    backends.add({ address: '10.0.1.10', port: 8080, network: 'vpc-1', behavior: { status: 503 } });
    expect(backends.at(request)?.behavior?.status).toBe(503);
    expect(backends.at({ ...request, network: 'vpc-2' })).toBeUndefined();
    expect(backends.at({ ...request, port: 81 })).toBeUndefined();
  });

  it('replaces one of the same place, and is removed by its number', () => {
    const backends = newBackends();
    backends.add({ instance: 'i-1', port: 80, behavior: { status: 500 } });
    const { number } = backends.add({ instance: 'i-1', port: 80, behavior: { status: 501 } });
    expect(backends.list()).toHaveLength(1);
    expect(backends.remove(number)).toBe(true);
    expect(backends.remove(number)).toBe(false);
  });

  it('of a url gets the request with the addresses that only the simulation knows', async () => {
    let seen: Record<string, unknown> = {};
    const url = await served((incoming, response) => {
      seen = { url: incoming.url, method: incoming.method, ...incoming.headers };
      response.setHeader('set-cookie', ['a=1', 'b=2']).end('hello');
    });
    const backends = newBackends();
    backends.add({ address: '10.0.1.10', port: 8080, url });
    const result = await backends.forwarded(request, 1000);
    expect(result).toMatchObject({ kind: 'answered', status: 200, headers: { 'set-cookie': ['a=1', 'b=2'] } });
    expect(seen).toMatchObject({
      url: '/orders?page=2',
      'x-postern-source': '10.0.0.4',
      'x-postern-link': 'link1',
      'x-postern-gateway': 'api1',
      'x-postern-target': '10.0.1.10:8080',
    });
  });

  it.each([
    ['never answers', () => undefined, 'timeout'],
    ['breaks the connection', (socket: { destroy: () => void }) => socket.destroy(), 'reset'],
  ] as const)('that %s is reported so', async (_what, act, kind) => {
    const url = await served((incoming) => act(incoming.socket));
    const backends = newBackends();
    backends.add({ address: '10.0.1.10', port: 8080, url });
    expect(await backends.forwarded(request, 100)).toMatchObject({ kind });
  });

  it('that promises more than it sends breaks the connection', async () => {
    const url = await served((_incoming, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('short');
      setImmediate(() => response.destroy());
    });
    const backends = newBackends();
    backends.add({ address: '10.0.1.10', port: 8080, url });
    expect(await backends.forwarded(request, 1000)).toMatchObject({ kind: 'reset' });
  });

  it('is silent for health checks from its first broken connection', async () => {
    const url = await served((incoming) => incoming.socket.destroy());
    const backends = newBackends();
    backends.add({ address: '10.0.1.10', port: 8080, url });
    expect(backends.conditionAt(request).answers).toBe(true);
    await backends.forwarded(request, 1000);
    expect(backends.conditionAt(request)).toMatchObject({ answers: false, since: 1000 });
    backends.reset();
  });
});

describe('over HTTP', () => {
  it('backends are added, listed and removed', async () => {
    const server = await simulate().listen();
    const at = `${server.url}/_postern/backends`;
    const post = (body: unknown) => fetch(at, { method: 'POST', body: JSON.stringify(body) });
    const { number } = (await (await post({ address: '10.0.1.10', port: 80, behavior: { status: 503 } })).json()) as {
      number: number;
    };
    expect(await (await fetch(at)).json()).toMatchObject({ backends: [{ number, port: 80 }] });
    expect((await post({ address: '10.0.1.10', port: 80, url: 'http://192.0.2.1/' })).status).toBe(400);
    // The refused one has not taken the place of the other.
    expect(await (await fetch(at)).json()).toMatchObject({ backends: [{ number, behavior: { status: 503 } }] });
    expect((await fetch(`${at}/${number}`, { method: 'DELETE' })).status).toBe(200);
    expect((await fetch(`${at}/${number}`, { method: 'DELETE' })).status).toBe(404);
    expect((await fetch(at, { method: 'PUT' })).status).toBe(405);
    await server.close();
  });

  it('an unknown gateway is 404, and is not counted', async () => {
    const server = await simulate().listen();
    const name = 'nothing000.execute-api.eu-west-1.amazonaws.com';
    const answer = await fetch(`${server.url}/_postern/gateways/${name}/orders`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'UnknownGateway' });
    const load = { gateway: name, paths: ['/'], perSecond: 1, seconds: 1 };
    const refused = await fetch(`${server.url}/_postern/load`, { method: 'POST', body: JSON.stringify(load) });
    expect(refused.status).toBe(400);
    expect(await (await fetch(`${server.url}/_postern/traffic`)).json()).toMatchObject({ calls: 0, by: [] });
    await server.close();
  });
});
