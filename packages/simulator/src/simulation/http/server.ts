import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import { Connections, MOST_BUSY, requestTarget, serveSockets } from './upgrade.js';
import { answer, calledGateway, isControlCall, message, refusal, hostName, type RequestHead } from './front-door.js';
import type { WireAnswer } from '../wire.js';
import type { World } from '../world/world.js';

/** Both loopbacks, and nothing else. */
const ADDRESSES = ['127.0.0.1', '::1'] as const;
/** The largest body of a cloud's call: PutRestApi of API Gateway takes 6 MB, and refuses more itself. */
const LARGEST_BODY = 8 * 1024 * 1024;
/** The most that gateways take is 32 MB; what is larger they refuse themselves, up to here. */
const LARGEST_CALL = 33 * 1024 * 1024;
/** A saved world may be larger. */
const LARGEST_WORLD = 256 * 1024 * 1024;
const LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 60_000,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: 2_000,
} as const;
/** How often another port is tried when one is free on one loopback address and in use on the other. */
const ATTEMPTS = 5;

/** A server that is up. */
export interface Listening {
  readonly port: number;
  /** Closes all connections. */
  readonly close: () => Promise<void>;
}

/**
 * Serves a world on both loopback addresses. With port 0 a free one is chosen. `allowHosts` are names that
 * `Host` headers may have, too.
 */
export async function listen(world: World, port: number, allowHosts: readonly string[] = []): Promise<Listening> {
  const allowed = new Set(allowHosts.map(hostName));
  for (let attempt = 1; ; attempt += 1) {
    const servers: Server[] = [];
    try {
      let chosen = port;
      for (const address of ADDRESSES) {
        const server = newServer(world, allowed);
        await start(server, chosen, address);
        servers.push(server);
        chosen = (server.address() as AddressInfo).port;
      }
      return up(world, servers, chosen);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const [first] = servers;
      // a machine without IPv6 has one loopback address
      if (first && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) {
        return up(world, [first], (first.address() as AddressInfo).port);
      }

      await Promise.all(servers.map(stop));
      if (port !== 0 || code !== 'EADDRINUSE' || attempt === ATTEMPTS) throw error;
    }
  }
}

function up(world: World, servers: readonly Server[], port: number): Listening {
  world.listens(1);
  let closed: Promise<void> | undefined;
  const close = () => {
    world.listens(-1);
    return Promise.all(servers.map(stop)).then(() => undefined);
  };
  return { port, close: () => (closed ??= close()) };
}

function start(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: address, exclusive: true, ipv6Only: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function newServer(world: World, allowed: ReadonlySet<string>): Server {
  const connections = new Connections();
  const server = createServer(LIMITS, (request, response) => {
    const { socket } = request; // the request forgets it when the connection breaks
    connections.began(socket);
    response.once('close', () => connections.ended(socket));
    serve(world, allowed, request, response, connections.isFull());
  });
  server.on('connection', (socket) => connections.opened(socket));
  serveSockets(server, world, allowed, connections);
  return server;
}

function serve(
  world: World,
  allowed: ReadonlySet<string>,
  request: IncomingMessage,
  response: ServerResponse,
  isFull: boolean,
): void {
  const { method = 'GET', headers, rawHeaders } = request;
  const target = requestTarget(request);
  const reply = (answered: WireAnswer) => send(response, answered);
  const refuse = (answered: WireAnswer) => {
    response.shouldKeepAlive = false; // what is left of the request is not read
    reply(answered);
  };
  if (target === undefined) return refuse(BAD_REQUEST);

  const head = { method, target, headers, rawHeaders };
  const refused = refusal(world, head, allowed);
  if (refused) return refuse(refused);
  // Where time is moved by hand, a control path ends the calls in flight.
  if (isFull && !isControlCall(world, head)) return refuse(TOO_MANY);

  const length = Number(headers['content-length'] ?? 0);
  if (length === 0 && headers['transfer-encoding'] === undefined) return respond(world, head, NOTHING, reply);

  const largest = largestBody(world, head);
  if (length > largest) return refuse(TOO_LARGE);

  readBody(request, largest, (body) => {
    if (body) respond(world, head, body, reply);
    else refuse(TOO_LARGE);
  });
}

function largestBody(world: World, head: RequestHead): number {
  if (head.target === '/_postern/world') return LARGEST_WORLD;

  return calledGateway(world, head) ? LARGEST_CALL : LARGEST_BODY;
}

const NOTHING = Buffer.alloc(0);
const BAD_REQUEST = message(400, 'BadRequest', 'A request has one Host, and a path or a URL of that host.');
const TOO_MANY = message(503, 'TooManyRequests', `${MOST_BUSY} requests are in flight; the simulator takes no more.`);
const TOO_LARGE = message(413, 'RequestEntityTooLarge', 'The body is larger than any call needs.');

/** Events and a callback: an async iterator is a twentieth of a request's time. `undefined` when the body is too large. */
function readBody(request: IncomingMessage, largest: number, done: (body: Buffer | undefined) => void): void {
  const chunks: Buffer[] = [];
  let length = 0;
  request.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= largest) chunks.push(chunk);
    else {
      request.removeAllListeners('data').removeAllListeners('end').pause();
      done(undefined);
    }
  });
  request.on('end', () => done(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
  request.on('error', () => undefined); // the caller closed the connection: no response can be sent
}

function respond(
  world: World,
  head: Parameters<typeof answer>[1],
  body: Buffer,
  reply: (answered: WireAnswer) => void,
): void {
  const pass = (answered: WireAnswer) => {
    if (answered.delayMs === undefined) together(() => reply(answered));
    else setTimeout(() => reply(answered), answered.delayMs);
  };
  const fail = (error: unknown) => reply(message(500, 'InternalFailure', `The simulator failed: ${String(error)}`));
  try {
    const answered = answer(world, head, body);
    if (answered instanceof Promise) answered.then(pass, fail);
    else pass(answered);
  } catch (error) {
    fail(error);
  }
}

/** Responses that are sent at the end of this turn of the event loop. */
let outbox: (() => void)[] = [];

/**
 * Sends with what else is answered in this turn. Each answer sent alone wakes a client that sleeps, and on a virtual machine
 * waking another processor costs more than the answer; sent together, they wake it once.
 */
function together(reply: () => void): void {
  if (outbox.push(reply) > 1) return;

  setImmediate(() => {
    const replies = outbox;
    outbox = [];
    for (const one of replies) one();
  });
}

function send(response: ServerResponse, { status, headers, body, stream, broken, onAnswered }: WireAnswer): void {
  onAnswered?.();
  if (broken) {
    response.destroy();
    return;
  }
  if (stream) {
    response.writeHead(status, headers as OutgoingHttpHeaders);
    response.flushHeaders();
    pipeline(stream, response, () => undefined); // where one breaks, so does the other
    return;
  }

  const isBodiless = status === 204 || status === 304;
  // An answer to HEAD has the length of what GET would answer.
  const length = isBodiless ? {} : { 'content-length': headers['content-length'] ?? Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length } as OutgoingHttpHeaders);
  response.end(body);
}
