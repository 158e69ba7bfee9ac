import { Agent, request as send, type IncomingHttpHeaders } from 'node:http';
import type { BackendRequest, BackendResult } from './backend.js';

/** More than any gateway passes on. */
const LARGEST_ANSWER = 32 * 1024 * 1024;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);
const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Whether a text is the URL of a server of this machine. Nothing else is ever called. */
export function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, search, hash } = new URL(text);
  return (
    protocol === 'http:' && LOOPBACK.has(hostname) && [username, password, search, hash].every((one) => one === '')
  );
}

/**
 * Sends a request to a server of the user's own. It takes real time, and the gateway's time limit is in real milliseconds here.
 */
export function forward(base: string, request: BackendRequest, timeoutMs: number): Promise<BackendResult> {
  return new Promise((resolve) => exchange(base, request, timeoutMs, resolve));
}

function exchange(
  base: string,
  request: BackendRequest,
  timeoutMs: number,
  resolve: (result: BackendResult) => void,
): void {
  const { hostname, port, pathname } = new URL(base);
  const broke = (because: string): void => resolve({ kind: 'reset', because: `The backend at ${base}: ${because}` });
  const outgoing = send(
    {
      agent,
      host: hostname === '[::1]' ? '::1' : '127.0.0.1',
      port: port === '' ? 80 : Number(port),
      method: request.method,
      path: pathname === '/' ? request.path : `${pathname.replace(/\/$/, '')}${request.path}`,
      headers: headersTo(request),
      setHost: false,
    },
    (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > LARGEST_ANSWER) response.destroy(new Error('the answer is too large'));
      });
      response.on('end', () => {
        clearTimeout(timer);
        if (!response.complete) return broke('the answer ended too early');
        const { statusCode: status = 502, headers } = response;
        resolve({ kind: 'answered', status, headers: headersFrom(headers), body: Buffer.concat(chunks) });
      });
      response.on('error', (error) => broke(error.message));
    },
  );
  const timer = setTimeout(() => {
    resolve({ kind: 'timeout' });
    outgoing.destroy();
  }, timeoutMs);
  outgoing.on('error', (error) => {
    clearTimeout(timer);
    broke(error.message);
  });
  outgoing.end(request.body);
}

function headersTo({
  headers,
  body,
  source,
  link,
  gateway,
  target,
  address,
  port,
}: BackendRequest): Record<string, string> {
  const own = { 'x-postern-source': source, 'x-postern-link': link, 'x-postern-gateway': gateway };
  const length = body.length > 0 ? { 'content-length': `${body.length}` } : {};
  return { host: `${address}:${port}`, ...headers, ...length, ...own, 'x-postern-target': target };
}

function headersFrom(headers: IncomingHttpHeaders): Record<string, string | readonly string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
