import { createServer, request, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { SimulationServer } from '../../../src/index.js';
import { publish, shop, type Shop } from './shop.js';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Seen {
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server of the user's own, and what it has seen. */
async function ownServer(): Promise<{
  readonly url: string;
  readonly seen: Seen[];
  readonly stop: () => Promise<void>;
}> {
  const seen: Seen[] = [];
  const server: Server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      seen.push({ url: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(201, { 'x-own': 'yes', 'set-cookie': ['a=1', 'b=2'] });
      response.end('own answer');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  open.push(stop);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, stop };
}

async function served(): Promise<Shop & { readonly server: SimulationServer }> {
  const world = await shop();
  const server = await world.sim.listen();
  open.push(server.close);
  return { ...world, server };
}

describe('API groups over HTTP', () => {
  // Which of two IDs a caller gets is [U]; an answer has one.
  it('answer with one request ID, also where the backend sends its own', async () => {
    const { server, sim, host, groupId, serverId, cloud } = await served();
    publish(cloud, groupId, { path: '/own', access: 'server' });
    const own = createServer((_, response) => response.writeHead(200, { 'X-Ca-Request-Id': 'of-the-backend' }).end());
    await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
    open.push(async () => void own.close());
    const { port } = own.address() as AddressInfo;
    sim.backends.add({ instance: serverId, port: 80, url: `http://127.0.0.1:${port}` });
    const answer = await fetch(`${server.url}/_postern/gateways/${host}/own`);
    expect(answer.headers.get('x-ca-request-id')).toMatch(/^[0-9A-F-]{36}$/);
  });

  it('reach a server of the user’s own, which sees the source of the call', async () => {
    const { server, sim, host, groupId, linkId, serverId, cloud } = await served();
    publish(cloud, groupId, { path: '/upload', method: 'POST', access: 'server' });
    const own = await ownServer();
    sim.backends.add({ instance: serverId, port: 80, url: own.url });
    const url = `${server.url}/_postern/gateways/${host}/upload?a=1`;
    const answer = await fetch(url, { method: 'POST', body: 'goods', headers: { 'x-mine': 'me' } });
    expect([answer.status, await answer.text()]).toEqual([201, 'own answer']);
    expect(answer.headers.get('x-own')).toBe('yes');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(answer.headers.get('x-ca-request-id')).toMatch(/^[0-9A-F-]{36}$/);
    expect(answer.headers.get('x-postern-outcome')).toBe('delivered');
    const [{ url: path, headers, body } = { url: '', headers: {} as IncomingHttpHeaders, body: '' }] = own.seen;
    expect([path, body, headers['x-mine'], headers.host]).toEqual(['/upload?a=1', 'goods', 'me', serverId]);
    expect(headers['x-postern-source']).toMatch(/^10\.0\.[12]\.\d+$/);
    expect(headers['x-postern-link']).toBe(linkId);
    expect(headers['x-postern-gateway']).toBe(groupId);
    expect(headers['x-postern-target']).toBe(`${serverId}:80`);
  });

  it('answer as the gateway does where that server stops, or where its group is closed', async () => {
    const { server, sim, host, serverId, cloud, groups } = await served();
    const own = await ownServer();
    sim.backends.add({ instance: serverId, port: 80, url: own.url });
    await own.stop();
    const get = async () => {
      const answer = await fetch(`${server.url}/_postern/gateways/${host}/orders/1`);
      const { status, headers } = answer;
      const said = ['x-postern-outcome', 'x-ca-error-code', 'x-ca-error-message'].map((name) => headers.get(name));
      return [status, ...said, await answer.text()];
    };
    const closed = 'Backend service connect failed `Connection is closed`';
    expect(await get()).toEqual([504, 'reset', 'D504CO', closed, '']);
    cloud.ecs('RevokeSecurityGroup', {
      SecurityGroupId: groups.server,
      IpProtocol: 'tcp',
      PortRange: '80/80',
      SourceCidrIp: '10.0.0.0/16',
    });
    const late = `Backend service connect failed \`Timeout connecting to [/${serverId}:80]\``;
    expect(await get()).toEqual([504, 'unreachable', 'D504CO', late, '']);
  });

  it('take bodies of 32 MB, and refuse larger ones themselves', async () => {
    const { server, host, groupId, cloud } = await served();
    publish(cloud, groupId, { path: '/upload', method: 'POST', access: 'server' });
    const url = `${server.url}/_postern/gateways/${host}/upload`;
    const most = 32 * 1024 * 1024;
    const send = async (size: number) => {
      const { status, headers } = await fetch(url, { method: 'POST', body: new Uint8Array(size) });
      return [status, headers.get('x-ca-error-code')];
    };
    expect(await send(most)).toEqual([200, null]);
    expect(await send(most + 1)).toEqual([413, 'I413RL']);
  });

  it('are called by their Host header', async () => {
    const { server, host } = await served();
    const call = (name: string) =>
      new Promise<string>((resolve, reject) => {
        const outgoing = request({ host: '127.0.0.1', port: server.port, path: '/orders/1', headers: { host: name } });
        outgoing.on('response', (response) => {
          response.resume();
          resolve(`${response.statusCode} ${String(response.headers['x-postern-outcome'])}`);
        });
        outgoing.on('error', reject);
        outgoing.end();
      });
    expect(await call(host)).toBe('200 delivered');
    expect(await call(`${host}:8443`)).toBe('200 delivered');
    expect(await call(`x${host}`)).toBe('404 undefined');
  });

  it('take the place of the real domains in this process', async () => {
    const { sim, host } = await shop();
    const interception = await sim.intercept();
    try {
      const answer = await fetch(`https://${host}/orders/1`);
      expect(answer.headers.get('x-postern-outcome')).toBe('delivered');
    } finally {
      interception.restore();
    }
  });
});
