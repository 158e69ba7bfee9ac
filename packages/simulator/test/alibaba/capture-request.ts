import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WireRequest } from '../../src/simulation/wire.js';

/** What a client sends: it calls a server that records the request and answers `{}`. */
export async function captureRequest(call: (url: string) => Promise<unknown>): Promise<WireRequest> {
  let captured: WireRequest | undefined;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: target = '', headers } = request;
      const [path = '', query = ''] = target.split('?');
      captured = { method, target, path, query, host: '127.0.0.1', headers, body: Buffer.concat(chunks) };
      response.setHeader('content-type', 'application/json');
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await call(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  if (!captured) throw new Error('The client sent nothing.');
  return captured;
}
