import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { TrafficCall } from '../../../src/internal/simulation.js';
import { publish, shop } from './shop.js';

/** A call, as its backend and its caller saw it. */
interface Seen {
  readonly status: number;
  readonly outcome: string;
  /** The headers of the answer. */
  readonly answered: Readonly<Record<string, unknown>>;
  /** What the backend got; empty where it was not called. */
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An API `ANY /p/[id]` in front of a server of its own, which sees `/s/[id]`, with the lists of parameters that it declares. */
export async function newWorldWith(
  lists: Readonly<Record<string, readonly object[]>>,
  request: Readonly<Record<string, unknown>> = {},
) {
  const world = await shop();
  const more = Object.fromEntries(Object.entries(lists).map(([name, rows]) => [name, JSON.stringify(rows)]));
  publish(world.cloud, world.groupId, {
    path: '/p/[id]',
    method: 'ANY',
    access: 'server',
    service: { ServicePath: '/s/[id]' },
    request,
    more,
  });
  let got: Pick<Seen, 'path' | 'query' | 'headers' | 'body'> | undefined;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const [path = '', query = ''] = (incoming.url ?? '').split('?');
      got = { path, query, headers: incoming.headers, body: Buffer.concat(chunks).toString() };
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  world.sim.backends.add({ instance: world.serverId, port: 80, url: `http://127.0.0.1:${port}` });
  const send = async (call: Partial<TrafficCall>): Promise<Seen> => {
    got = undefined;
    const { status, outcome, headers: answered } = await world.call({ host: world.host, path: '/p/7', ...call });
    return { status, outcome, answered, ...(got ?? { path: '', query: '', headers: {}, body: '' }) };
  };
  return { world, send };
}
