import { networkInterfaces } from 'node:os';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate, type SimulationServer } from '../../src/index.js';
import { get, sendRaw, statusOf } from './raw-http.js';
import { PROVE, runs } from '../../../core/test/runs.js';

const HEALTH = '/_postern/health';
let server: SimulationServer;
beforeAll(async () => {
  server = await simulate().listen();
});
afterAll(() => server.close());

const alive = async () => (await fetch(`${server.url}${HEALTH}`)).status;

it('the simulator is not reachable from the network: listens on both loopback addresses only', async () => {
  const outer = Object.values(networkInterfaces())
    .flat()
    .filter((address) => address !== undefined && !address.internal && address.family === 'IPv4');
  for (const address of outer) {
    const refused = await get(server.port, HEALTH, { host: 'localhost' }).then(
      () =>
        new Promise((resolve) => {
          const socket = connect({ port: server.port, host: address?.address ?? '' });
          socket.once('error', () => resolve(true));
          socket.once('connect', () => {
            socket.destroy();
            resolve(false);
          });
        }),
    );
    expect(refused).toBe(true);
  }
  expect(statusOf(await get(server.port, HEALTH, { host: `127.0.0.1:${server.port}` }))).toBe(200);
});

describe('DNS rebinding', () => {
  it.each([
    ['localhost', true, 'a loopback name'],
    ['LOCALHOST', true, 'names are case-insensitive'],
    ['127.0.0.1', true, 'the loopback address'],
    ['[::1]', true, 'the other loopback address'],
    ['localhost.evil.com', false, 'a name that only starts with localhost'],
    ['127.0.0.1.nip.io', false, 'a name that resolves to loopback'],
    ['localhost.', false, 'a trailing dot is another name'],
    ['evil@localhost', false, 'user information'],
    ['localhost:80@evil.com', false, 'user information again'],
    ['0.0.0.0', false, 'any address'],
    ['127.1', false, 'a short form'],
    ['2130706433', false, 'a number'],
    ['0x7f.0.0.1', false, 'hexadecimal'],
    ['127.0.0.2', false, 'another loopback address, without a listener'],
    ['[::ffff:127.0.0.1]', false, 'a mapped address'],
    ['[::]', false, 'any address'],
    ['localhost/', false, 'a path'],
    ['localhost#', false, 'a fragment'],
    ['lоcalhost', false, 'a Cyrillic o'],
    ['localhost localhost', false, 'two names'],
    ['localhost,evil.com', false, 'a list'],
    ['', false, 'nothing'],
  ])('%s: %s, %s', async (name, allowed) => {
    const withPort = name === '' ? '' : `${name}:${server.port}`;
    const status = statusOf(await get(server.port, HEALTH, { host: withPort }));
    if (allowed) expect(status).toBe(200);
    else expect(status).toBe(403);
  });

  it('serves a loopback name at any port: port mappings of containers and local proxies have others', async () => {
    for (const port of ['80', '4566', '65535']) {
      expect(statusOf(await get(server.port, HEALTH, { host: `localhost:${port}` }))).toBe(200);
    }
  });

  it.each(['0', '4010x', '-1', '', '65536', '123456'])(
    'refuses a loopback name at port "%s", which is not a port',
    async (port) => {
      expect(statusOf(await get(server.port, HEALTH, { host: `localhost:${port}` }))).toBe(403);
    },
  );

  it('serves a name that was allowed, in any case and at any port, and no other', async () => {
    const open = await simulate().listen({ allowHosts: ['Host.docker.internal'] });
    const status = async (host: string) => statusOf(await get(open.port, HEALTH, { host }));
    expect(await status('host.docker.internal:4566')).toBe(200);
    expect(await status('HOST.docker.internal')).toBe(200);
    expect(await status('docker.internal')).toBe(403);
    expect(await status('host.docker.internal.evil.com')).toBe(403);
    const byGet = async (action: string) =>
      get(open.port, `/?Version=1&Action=${action}`, { host: 'host.docker.internal' });
    expect(await byGet('CreateVpc')).toContain('CrossSite');
    expect(await byGet('DescribeVpcs')).not.toContain('CrossSite');
    await open.close();
    await expect(simulate().listen({ allowHosts: ['a:80'] })).rejects.toThrow(RangeError);
    await expect(simulate().listen({ allowHosts: ['http://a'] })).rejects.toThrow(RangeError);
  });

  it('refuses every other name', async () => {
    const allowed = new Set(['localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${server.port}`));
    const arbHost = fc.oneof(
      fc.domain(),
      fc.ipV4Extended(),
      fc.ipV6().map((ip) => `[${ip}]`),
      fc.domain().map((name) => `localhost.${name}`),
      fc.domain().map((name) => `127.0.0.1.${name}`),
    );
    await fc.assert(
      fc.asyncProperty(arbHost, fc.constantFrom('', `:${server.port}`), async (name, port) => {
        fc.pre(!allowed.has(`${name}${port}`));
        expect(statusOf(await get(server.port, HEALTH, { host: `${name}${port}` }))).toBe(403);
      }),
      { numRuns: runs(20, 200) },
    );
  });

  it('serves the host of an API, which is the data path', async () => {
    const host = 'abcdef1234.execute-api.eu-west-1.amazonaws.com';
    expect(await get(server.port, '/orders', { host })).toContain('{"message":"Forbidden"}');
    expect(await get(server.port, '/orders', { host: `${host}.evil.com` })).toContain('ForeignHost');
  });
});

describe('requests that a web page makes', () => {
  it.each<[Readonly<Record<string, string>>, number, string]>([
    [{ origin: 'https://evil.com' }, 403, 'an origin'],
    [{ origin: 'null' }, 403, 'an opaque origin'],
    [{ 'sec-fetch-site': 'cross-site' }, 403, 'another site'],
    [{ 'sec-fetch-site': 'same-site' }, 403, 'a sibling'],
    [{ 'sec-fetch-site': 'same-origin' }, 403, 'the answer of a backend'],
    [{ 'sec-fetch-mode': 'cors' }, 200, "Node's own fetch"],
    [{ 'sec-fetch-site': 'none' }, 200, 'typed by the user'],
  ])('%j: %i, %s', async (headers, status) => {
    const answer = await get(server.port, HEALTH, { host: `localhost:${server.port}`, ...headers });
    expect(statusOf(answer)).toBe(status);
    expect(answer.toLowerCase()).not.toContain('access-control-');
  });

  it('changes nothing for a form of another site, whatever it carries', async () => {
    const host = `localhost:${server.port}`;
    const answer = await sendRaw(
      server.port,
      `POST /_postern/advance HTTP/1.1\r\nHost: ${host}\r\nOrigin: https://evil.com\r\nContent-Type: text/plain\r\nContent-Length: 10\r\nConnection: close\r\n\r\n{"ms":999}`,
    );
    expect(statusOf(answer)).toBe(403);
    expect(server.clock.now()).toBe(Date.parse('2026-06-01T00:00:00Z'));
  });
});

describe('malicious requests', () => {
  const host = () => `Host: localhost:${server.port}\r\n`;
  it.each([
    ['huge headers', () => `GET ${HEALTH} HTTP/1.1\r\n${host()}X: ${'a'.repeat(70_000)}\r\n\r\n`],
    ['a huge body', () => `POST / HTTP/1.1\r\n${host()}Content-Length: 999999999\r\n\r\n`],
    ['CL and TE', () => `POST / HTTP/1.1\r\n${host()}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['TE twice', () => `POST / HTTP/1.1\r\n${host()}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['two lengths', () => `POST / HTTP/1.1\r\n${host()}Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd`],
    ['no host', () => `GET ${HEALTH} HTTP/1.1\r\n\r\n`],
    ['a bare line feed', () => `GET ${HEALTH} HTTP/1.1\n${host()}X: a\nb\n\n`],
    ['bytes that are not HTTP', () => '\u0000\u0001\u0002\r\n\r\n'],
  ])('refuses %s', async (_what, bytes) => {
    const status = statusOf(await sendRaw(server.port, bytes(), { end: true }));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(await alive()).toBe(200);
  });

  it('refuses a body that grows over the limit without a declared length', async () => {
    const chunk = `10000\r\n${'a'.repeat(0x10000)}\r\n`;
    const bytes = `POST / HTTP/1.1\r\n${host()}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(160)}`;
    const answer = await sendRaw(server.port, bytes);
    expect([0, 413]).toContain(statusOf(answer)); // the connection may break while the rest is still being sent
    expect(await alive()).toBe(200);
  });

  it('continues after mutated requests', async () => {
    const valid = `POST /v2/vpclinks?a=b HTTP/1.1\r\n${host()}Authorization: AWS4-HMAC-SHA256 Credential=A/20260601/eu-west-1/apigateway/aws4_request, SignedHeaders=host, Signature=00\r\nContent-Length: 12\r\n\r\n{"name":"a"}`;
    const runs = PROVE ? 20_000 : 60;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(valid.length), fc.string({ unit: 'binary', maxLength: 3 })), { maxLength: 4 }),
        async (edits) => {
          const bytes = edits.reduce((text, [at, insert]) => text.slice(0, at) + insert + text.slice(at + 1), valid);
          const answer = await sendRaw(server.port, bytes, { end: true });
          expect(statusOf(answer)).not.toBe(500);
        },
      ),
      { numRuns: runs },
    );
    expect(await alive()).toBe(200);
  });
});
