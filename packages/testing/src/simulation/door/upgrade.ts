import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { headersOf } from '../traffic/traffic-door.js';
import type { AnswerHeaders, GatewayAnswer, GatewayCall } from '../traffic/gateway-call.js';
import type { World } from '../world/world.js';
import type { Connections } from './connections.js';
import { calledGateway, refusal } from './front-door.js';
import { joined } from './data-path.js';
import { requestTarget } from './request-target.js';

/**
 * The largest message that API Gateway takes from a caller.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html
 */
const LARGEST_MESSAGE = 128 * 1024;
/** A close code of WebSocket: the gateway takes binary messages, which are not simulated. */
const UNSUPPORTED_DATA = 1003;

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
  const refused = refusal({ method, target, headers }, world.clouds, allowed);
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
  const server = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  server.handleUpgrade(request, socket, head, (connected) => {
    client = connected;
    connected.on('message', (data: Buffer, isBinary) => {
      if (isBinary) connected.close(UNSUPPORTED_DATA, 'Only text messages are simulated');
      else void opened.receive(data.toString('utf8'));
    });
    connected.on('close', () => opened.ended());
    connected.on('error', () => connected.terminate());
  });
}

function callOf(gateway: { readonly host: string; readonly path: string }, request: IncomingMessage): GatewayCall {
  const { method = 'GET', headers } = request;
  const { host } = gateway;
  return { ...gateway, method, headers: { ...joined(headers), host }, body: Buffer.alloc(0), sourceIp: '127.0.0.1' };
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
