import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { headersOf } from '../traffic/traffic-door.js';
import type { GatewayAnswer, GatewayCall } from '../traffic/gateway-call.js';
import type { AnswerHeaders } from '../traffic/backends/backend.js';
import type { World } from '../world/world.js';
import type { Connections } from './connections.js';
import { frameSizes } from './frame-sizes.js';
import { calledGateway, refusal } from './front-door.js';
import { joined } from './data-path.js';
import { requestTarget } from './request-target.js';

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
