import { channel } from 'node:diagnostics_channel';
import { createServer, type ClientRequest, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { simulate } from '../../../../src/index.js';
import { sendRaw, statusOf } from '../../../simulation/raw-http.js';
import { openShop } from './shop.js';

const METADATA = '169.254.169.254';

/** Every request that this process sends as an HTTP client. The tests themselves send theirs over plain sockets. */
const STARTED = channel('http.client.request.start');
let called: string[] = [];
const note = (message: unknown): void => {
  const { request } = message as { readonly request: ClientRequest & { readonly host: string; readonly path: string } };
  const { port } = request as unknown as { readonly port?: number };
  called.push(`${request.host}:${port ?? request.getHeader('host')} ${request.path}`);
};
beforeEach(() => {
  called = [];
  STARTED.subscribe(note);
});
const closing: (() => unknown)[] = [];
afterEach(async () => {
  STARTED.unsubscribe(note);
  for (const close of closing.splice(0)) await close();
});

async function listening(answer: RequestListener): Promise<{ readonly port: number; readonly seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: (server.address() as AddressInfo).port, seen };
}

/** A gateway whose one backend is registered; another server of this machine, which is not. */
async function scene(answer: RequestListener = (_request, response) => void response.end('own')) {
  const world = await openShop('ANY /{proxy+}');
  const own = await listening(answer);
  const secret = await listening((_request, response) => void response.end('secret'));
  world.sim.backends.add({ address: world.server, port: 8080, url: `http://127.0.0.1:${own.port}` });
  const door = await world.sim.listen();
  closing.push(() => door.close());
  const ask = (line: string, headers: Readonly<Record<string, string>> = {}): Promise<string> => {
    const lines = Object.entries({ Host: world.host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    return sendRaw(door.port, `${line} HTTP/1.1\r\n${lines.join('')}Connection: close\r\n\r\n`);
  };
  return { ...world, own, secret, ask, door };
}

describe('the data path as an open proxy', () => {
  it.each([
    `http://${METADATA}`,
    `http://127.0.0.1@${METADATA}/`,
    `http://user:pw@127.0.0.1:9001`,
    `http://localhost.evil.com`,
    `http://127.0.0.1.nip.io`,
    `http://[::ffff:${METADATA}]`,
    'http://[::]',
    'http://0.0.0.0:9001',
    'http://127.0.0.2:9001',
    'http://localhost.:9001',
    'https://127.0.0.1:9001',
    'http://127.0.0.1:9001/?to=x',
    'http://127.0.0.1:9001/#x',
    'file:///etc/passwd',
    'unix:/var/run/docker.sock',
    '//127.0.0.1:9001',
    '127.0.0.1:9001',
    '',
  ])('a backend with the URL "%s" is refused', (url) => {
    const { backends } = simulate();
    expect(() => backends.add({ address: '10.0.0.1', port: 80, url })).toThrow(RangeError);
    expect(backends.list()).toEqual([]);
  });

  it('targets, hosts and headers that name another server reach only the registered backend', async () => {
    const { ask, own, secret, host, door } = await scene();
    const hosts = [METADATA, `${METADATA}:80`, `127.0.0.1:${secret.port}`, `localhost:${secret.port}`];
    const targets = hosts.flatMap((other) => [
      `GET http://${other}/latest/meta-data`,
      `GET //${other}/latest/meta-data`,
      `GET /http://${other}/`,
      `GET /@${other}/`,
      `GET /..//${other}/`,
      `GET \\\\${other}\\`,
      `GET ?url=http://${other}/`,
      `CONNECT ${other}`,
      `OPTIONS http://${other}/`,
      `GET /_postern/gateways/${other}/latest/meta-data`,
      `GET /_postern/gateways/${host}@${other}/`,
      `GET /_postern/gateways/${host}/http://${other}/`,
    ]);
    for (const line of targets) expect([line, await ask(line)]).toEqual([line, expect.not.stringContaining('secret')]);
    for (const other of hosts) {
      for (const name of ['X-Forwarded-Host', 'X-Postern-Target', 'X-Postern-Link', 'Forwarded', 'X-Original-URL']) {
        expect(await ask('GET /orders', { [name]: name === 'Forwarded' ? `host=${other}` : other })).toContain('own');
      }
      const answer = await ask('GET /latest/meta-data', { Host: other });
      expect(answer).not.toMatch(/secret|own$/);
      if (other.startsWith(METADATA)) expect(statusOf(answer)).toBe(403);
    }
    expect(statusOf(await ask(`GET http://${host}/orders?a=1`, { Host: 'localhost' }))).toBe(400);
    const absolute = await ask(`GET http://${host}/orders?a=1`);
    expect([absolute.endsWith('own'), own.seen.at(-1)]).toEqual([true, '/orders?a=1']);
    await ask('GET /orders', { 'X-A': `b\r\nHost: ${METADATA}` });
    expect(secret.seen).toEqual([]);
    expect(own.seen.length).toBeGreaterThan(20);
    // A server that is asked for an absolute address may be a proxy itself: paths begin with a slash.
    expect(own.seen.filter((url) => !url.startsWith('/'))).toEqual([]);
    expect(called.length).toBeGreaterThanOrEqual(own.seen.length);
    expect(called.filter((to) => !to.startsWith('127.0.0.1:'))).toEqual([]);
    expect(door.port).not.toBe(secret.port);
  });

  it('a redirect of the backend is the answer to the caller, and is not followed', async () => {
    let to = `http://${METADATA}/latest/meta-data`;
    const { ask, own, secret } = await scene(
      (_request, response) => void response.writeHead(302, { location: to }).end(),
    );
    for (const location of [to, `http://127.0.0.1:${'secret'}`, '//localhost/']) {
      to = location.replace('secret', String(secret.port));
      const answer = await ask('GET /orders');
      expect(statusOf(answer)).toBe(302);
      expect(answer).toContain(to);
    }
    expect([own.seen, secret.seen]).toEqual([['/orders', '/orders', '/orders'], []]);
    expect(called).toHaveLength(3);
  });

  it('an integration or a target with the address of another server calls nothing', async () => {
    const { ask, integration, route, elb, targetGroupArn, sim, secret, own } = await scene();
    const urls = [`http://${METADATA}/latest`, `http://127.0.0.1:${secret.port}/`, `http://localhost:${secret.port}/`];
    for (const [at, IntegrationUri] of urls.entries()) {
      const open = { ConnectionType: 'INTERNET', ConnectionId: undefined, IntegrationUri };
      route(`GET /open/${at}`, integration(open));
      expect(statusOf(await ask(`GET /open/${at}`))).toBe(501);
    }
    sim.backends.remove();
    for (const Id of [METADATA, '127.0.0.1']) {
      try {
        elb('RegisterTargets', { TargetGroupArn: targetGroupArn, Targets: [{ Id, Port: secret.port }] });
      } catch {
        // the cloud refuses addresses outside of private networks
      }
    }
    for (let calls = 0; calls < 10; calls += 1) await ask('GET /orders');
    expect([secret.seen, own.seen, called]).toEqual([[], [], []]);
  });
});
