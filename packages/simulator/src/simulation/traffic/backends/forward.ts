import { Agent, request as send, type IncomingHttpHeaders, type IncomingMessage, type RequestOptions } from 'node:http';
import type { BackendRequest, BackendResult } from './backend.js';
import { mergedHeaders } from '../merged-headers.js';

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

/** How long a stream may take after its headers, in real milliseconds: each pause, and all of it. */
export interface StreamTimes {
  readonly idleMs: number;
  readonly totalMs: number;
}

/**
 * Sends a request to a server of the user's own. It takes real time, and the gateway's time limit is in real milliseconds here.
 * Where the gateway streams, the result is there as soon as the headers are.
 */
export function forward(
  base: string,
  request: BackendRequest,
  timeoutMs: number,
  stream?: StreamTimes,
): Promise<BackendResult> {
  return new Promise((resolve) => {
    const broke = (because: string): void => resolve({ kind: 'reset', because: `The backend at ${base}: ${because}` });
    const outgoing = send(optionsOf(base, request), (response) => {
      const { statusCode: status = 502 } = response;
      const head = { kind: 'answered', status, headers: headersFrom(response.headers) } as const;
      if (stream) {
        clearTimeout(timer);
        resolve({ ...head, body: '', stream: limited(response, stream) });
      } else {
        response.once('end', () => clearTimeout(timer));
        readWhole(response, (body) => resolve({ ...head, body }), broke);
      }
    });
    const timer = setTimeout(() => {
      resolve({ kind: 'timeout' });
      outgoing.destroy();
    }, timeoutMs);
    outgoing.on('error', (error) => {
      clearTimeout(timer);
      broke(error.message);
    });
    outgoing.end(request.body);
  });
}

/** The rest of an answer whose headers have arrived. It ends early where it takes too long. */
function limited(response: IncomingMessage, { idleMs, totalMs }: StreamTimes): IncomingMessage {
  const end = (because: string): void => void response.destroy(new Error(because));
  const timer = setTimeout(() => end('the answer took too long'), totalMs);
  return response
    .setTimeout(idleMs, () => end('the answer paused for too long'))
    .once('close', () => clearTimeout(timer))
    .on('error', () => undefined); // whoever reads it learns it, too
}

function optionsOf(base: string, request: BackendRequest): RequestOptions {
  const { hostname, port, pathname } = new URL(base);
  return {
    agent,
    host: hostname === '[::1]' ? '::1' : '127.0.0.1',
    port: port === '' ? 80 : Number(port),
    method: request.method,
    path: pathname === '/' ? request.path : `${pathname.replace(/\/$/, '')}${request.path}`,
    headers: headersTo(request),
    setHost: false,
  };
}

function readWhole(response: IncomingMessage, done: (body: Buffer) => void, broke: (because: string) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    chunks.push(chunk);
    if (length > LARGEST_ANSWER) response.destroy(new Error('the answer is too large'));
  });
  response.on('end', () => (response.complete ? done(Buffer.concat(chunks)) : broke('the answer ended too early')));
  response.on('error', (error) => broke(error.message));
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
  const length = body.length > 0 ? { 'content-length': `${body.length}` } : {};
  const own = {
    'x-postern-source': source,
    'x-postern-link': link,
    'x-postern-gateway': gateway,
    'x-postern-target': target,
  };
  return mergedHeaders<string>({ host: `${address}:${port}` }, headers, length, own);
}

function headersFrom(headers: IncomingHttpHeaders): Record<string, string | readonly string[]> {
  const given: Record<string, string | readonly string[]> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) given[name] = value;
  }
  return given;
}
