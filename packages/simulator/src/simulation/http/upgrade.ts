import type { Socket } from 'node:net';
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { headersOf } from '../traffic/traffic-door.js';
import type { GatewayAnswer, GatewayCall } from '../traffic/gateway-call.js';
import type { AnswerHeaders } from '../traffic/backends/backend.js';
import type { World } from '../world/world.js';
import { calledGateway, refusal, joined } from './front-door.js';

/** Connections without a request, above which the one that has been idle for longest is closed. */
const MOST_IDLE = 1_000;
/** Requests in flight and open WebSockets, above which further calls are refused: so many take some 70 MB. */
export const MOST_BUSY = 5_000;

/** The open connections of a server. Those that carry a request are never closed for others. */
export class Connections {
  /** Idle for longest first. */
  readonly #idle = new Set<Socket>();
  readonly #busy = new Set<Socket>();

  /** A client has connected. */
  opened(socket: Socket): void {
    this.#wait(socket);
    socket.once('close', () => {
      this.#idle.delete(socket);
      this.#busy.delete(socket);
    });
  }

  /** A request has arrived, or the connection becomes a WebSocket. */
  began(socket: Socket): void {
    this.#idle.delete(socket);
    this.#busy.add(socket);
  }

  /** The request was answered. */
  ended(socket: Socket): void {
    if (this.#busy.delete(socket) && !socket.destroyed) this.#wait(socket);
  }

  /** Whether more requests are in flight than the server takes. */
  isFull(): boolean {
    return this.#busy.size > MOST_BUSY;
  }

  #wait(socket: Socket): void {
    this.#idle.add(socket);
    if (this.#idle.size <= MOST_IDLE) return;

    const [longest] = this.#idle;
    longest?.destroy();
    if (longest) this.#idle.delete(longest);
  }
}

/** `http://HOST/orders`: how clients ask proxies, and what every server has to take. */
const ABSOLUTE = /^http:\/\/([^/?#]+)([/?].*)?$/i;

/**
 * The path and query of a request. Undefined for a target that is neither a path nor a URL of the request's `Host`, and for
 * a request with several hosts.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2
 */
export function requestTarget({ url = '/', headers, rawHeaders }: IncomingMessage): string | undefined {
  return hasOneHost(rawHeaders) ? originForm(url, headers.host) : undefined;
}

function originForm(target: string, host = ''): string | undefined {
  if (target.startsWith('/')) return target;

  const [, authority, rest = '/'] = ABSOLUTE.exec(target) ?? [];
  if (authority?.toLowerCase() !== host.toLowerCase()) return undefined;

  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** Servers differ in which of several they read. */
function hasOneHost(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1;
}

/**
 * Reads the sizes of WebSocket frames out of the bytes of a connection, however they are cut; `found` is called once for each frame of
 * data, when its size is known. Control frames have no more than 125 bytes.
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
function frameSizes(found: (bytes: number) => void): (chunk: Buffer) => void {
  let head = Buffer.alloc(0);
  let left = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      const skipped = Math.min(left, chunk.length - at);
      left -= skipped;
      at += skipped;
      if (at === chunk.length) return;

      head = Buffer.concat([head, chunk.subarray(at, at + 1)]);
      at += 1;
      const size = sizeIn(head);
      if (size === undefined) continue;

      found(size);
      left = size + MASK_BYTES;
      head = Buffer.alloc(0);
    }
  };
}

/** Callers mask what they send. */
const MASK_BYTES = 4;

/** The size of a frame's data, by the bytes of its head so far; undefined where more are needed. */
function sizeIn(head: Buffer): number | undefined {
  const short = (head[1] ?? 0) & 0x7f;
  const needed = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (head.length < needed) return undefined;
  if (needed === 2) return short;

  return needed === 4 ? head.readUInt16BE(2) : Number(head.readBigUInt64BE(2));
}

/**
 * The largest message that API Gateway takes from a caller.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
const LARGEST_MESSAGE = 128 * 1024;

/** The largest frame; a larger one closes the connection with 1009, also where the message is smaller than the limit. Same page. */
const LARGEST_FRAME = 32 * 1024;

/** Close codes of WebSocket: the gateway takes binary messages, which are not simulated; and what is too large. */
const UNSUPPORTED_DATA = 1003;
const TOO_BIG = 1009;

/** Opens connections to WebSocket APIs on a server: requests that ask for `Upgrade: websocket`. */
export function serveSockets(
  server: Server,
  world: World,
  allowed: ReadonlySet<string>,
  connections: Connections,
): void {
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    connections.began(request.socket);
    if (connections.isFull()) return refuse(socket, 503, {}, 'Too many requests are in flight.');

    upgrade(world, allowed, request, socket, head).catch((error: unknown) => {
      refuse(socket, 500, {}, `The simulator failed: ${String(error)}`);
    });
  });
}

async function upgrade(
  world: World,
  allowed: ReadonlySet<string>,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  const { method = 'GET', headers } = request;
  const target = requestTarget(request);
  if (target === undefined) return refuse(socket, 400, {}, 'A request has one Host, and a path or a URL of that host.');

  const refused = refusal(world, { method, target, headers }, allowed);
  if (refused) return refuse(socket, refused.status, {}, String(refused.body));

  const gateway = calledGateway(world, { method, target, headers });
  if (!gateway || !world.traffic.hasGateway(gateway.host)) return refuse(socket, 404, {}, 'No such WebSocket API.');

  const { WebSocketServer } = await import('ws');
  let client: WebSocket | undefined;
  const opened = await world.traffic.connect(callOf(gateway, request), {
    send: (text) => client?.send(text),
    close: (code, reason) => client?.close(code, reason),
  });
  if ('status' in opened) return refuse(socket, opened.status, headersOf(opened), textOf(opened));

  const protocol = subprotocolOf(opened.headers);
  const handleProtocols = (): string | false => protocol ?? false;
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE, handleProtocols });
  server.handleUpgrade(request, socket, head, (connected) => {
    client = connected;
    let isTooBig = false;
    const sizes = frameSizes((bytes) => {
      if (bytes <= LARGEST_FRAME || isTooBig) return;

      isTooBig = true;
      connected.close(TOO_BIG, '');
    });
    sizes(head);
    socket.prependListener('data', sizes);
    connected.on('message', (data: Buffer, isBinary) => {
      if (isTooBig) return;

      if (isBinary) connected.close(UNSUPPORTED_DATA, 'Only text messages are simulated');
      else void opened.receive(data.toString('utf8'));
    });
    connected.on('close', () => opened.ended());
    connected.on('error', () => connected.terminate());
  });
}

function callOf(gateway: { readonly host: string; readonly path: string }, request: IncomingMessage): GatewayCall {
  const { method = 'GET' } = request;
  const { host } = gateway;
  return { ...gateway, method, headers: { ...joined(request), host }, body: Buffer.alloc(0), sourceIp: '127.0.0.1' };
}

/**
 * The subprotocol that the connection has: the one that the integration of `$connect` answers, and none otherwise.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-connect-route-subprotocol.html
 */
function subprotocolOf(headers: AnswerHeaders): string | undefined {
  const name = Object.keys(headers).find((one) => one.toLowerCase() === 'sec-websocket-protocol');
  return name === undefined ? undefined : [headers[name]].flat()[0];
}

function textOf({ body }: GatewayAnswer): string {
  return typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
}

/** Answers in place of opening the connection. */
function refuse(socket: Duplex, status: number, headers: AnswerHeaders, body: string): void {
  const lines = Object.entries(headers)
    .filter(([name]) => !/^(content-length|connection|transfer-encoding)$/i.test(name))
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}: ${one}\r\n`));
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}`;
  socket.end(`${head}content-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}
