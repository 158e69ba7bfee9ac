import type { BackendRequest, BackendResult, Behavior } from './backends/backend.js';
import { answerOf, type Backends } from './backends/backends.js';
import {
  CALLER,
  NOWHERE,
  unknownGateway,
  type Underway,
  type Ended,
  type GatewayAnswer,
  type Journey,
  type GatewayCall,
} from './gateway-call.js';
import type { SocketStart } from './sockets.js';
import type { Counters, Row } from './counters.js';
import type { LoadSpec } from './load.js';
import type { Outcome } from './outcomes.js';
import { RememberedCall } from './one-way.js';
import type { TrafficWorld } from './traffic-world.js';

/** A request on its way to a backend. */
export type Sent = Omit<Underway, 'finish'>;

/** How long it takes until a scripted backend has answered, or a time limit is reached. */
export function timeOf({ request, timeoutMs }: Sent, { delayMs = 0 }: Behavior): number {
  return Math.min(delayMs, timeoutMs, request.balancer?.idleMs ?? Infinity);
}

/** What arrives of a scripted backend's answer: nothing where it took too long, or the connection no longer exists. */
export function resultOf({ request, timeoutMs, broken }: Sent, behavior: Behavior, afterMs: number): BackendResult {
  const because = afterMs > 0 ? broken?.() : undefined;
  if (because !== undefined) return { kind: 'reset', because };

  const result = resultAtBackend(request, behavior, afterMs);
  return isTheGateways(result, timeoutMs, afterMs) ? result : throughBalancer(request, result);
}

function resultAtBackend(request: BackendRequest, behavior: Behavior, afterMs: number): BackendResult {
  const closed = afterMs > 0 ? request.closed?.() : undefined;
  if (closed !== undefined) return { kind: 'reset', because: closed };

  return (behavior.delayMs ?? 0) > afterMs ? { kind: 'timeout' } : answerOf(behavior, request);
}

/** Whether it is the gateway that gave up, and not the load balancer. */
export function isTheGateways({ kind }: BackendResult, timeoutMs: number, afterMs: number): boolean {
  return kind === 'timeout' && afterMs >= timeoutMs;
}

/** What a load balancer in front of the backend makes of its answer, if there is one. */
export function throughBalancer({ balancer }: BackendRequest, result: BackendResult): BackendResult {
  return balancer ? balancer.answer(result) : result;
}

/** Carries out a journey, and then does something with its answer. */
type Carry = (journey: Journey, then: (answer: GatewayAnswer) => void) => void;

/**
 * A call of a WebSocket API from its start to its end: a connection is opened, a message is sent, and the connection is closed. An empty
 * message is not sent. `done` is called once, with the answer that decides: the first that was not delivered, else that of the message.
 * What becomes of the closing decides only without a message: callers hear nothing of it.
 */
function callSocket(
  start: SocketStart | Ended,
  message: string,
  carry: Carry,
  done: (answer: GatewayAnswer) => void,
): void {
  if ('answer' in start) return carry(start, done);

  const { connect, session } = start;
  carry(connect, (opened) => {
    if (opened.outcome !== 'delivered' || opened.status >= 300) return done(opened);
    if (message !== '') {
      return carry(session.message(message).journey, (answer) => {
        const closing = session.closed();
        if (closing) carry(closing, () => undefined);
        done(answer);
      });
    }

    const closing = session.closed();
    if (closing) carry(closing, done);
    else done(opened);
  });
}

/** What calls that are made many times need of the simulation. */
interface Ground {
  readonly world: TrafficWorld;
  readonly backends: Backends;
  readonly counters: Counters;
  /** What the gateway of that name does with a call; undefined where there is none. */
  readonly find: (call: GatewayCall) => Journey | undefined;
  /** What becomes of a connection to the WebSocket API of that name; undefined where there is none. */
  readonly findSocket: (call: GatewayCall) => SocketStart | Ended | undefined;
  /** Sends a request to a server of the user's own, in real time. */
  readonly forwarded: (sent: Sent) => Promise<BackendResult>;
}

/** How a call ends, and the row that counts such calls. */
interface End {
  readonly journey: Journey;
  row?: Row;
}

type EndOfCall = (outcome: Outcome, at: number) => void;
type Done = (answer: GatewayAnswer) => void;

const NOTHING = new Uint8Array();

/** The calls of a load job. None of them waits: answers that take time are counted at their moment, as time passes. */
export class RepeatedCalls {
  readonly #byPath = new Map<string, RememberedCall<End>>();

  constructor(private readonly ground: Ground) {}

  /** Makes a call now. */
  make(spec: LoadSpec, path: string, ended: EndOfCall): void {
    const { message } = spec;
    const done = ({ outcome }: GatewayAnswer): void => ended(outcome, this.ground.world.now());
    if (message === undefined) return this.#carry((this.#byPath.get(path) ?? this.#add(spec, path)).end(), done);

    // Each is a connection of its own, and judged by itself.
    const call = callOf(spec, path);
    const start = this.ground.findSocket(call) ?? { answer: noGateway(call.host) };
    callSocket(start, message, (journey, then) => this.#carry({ journey }, then), done);
  }

  #carry(end: End, done: Done): void {
    const { world, backends } = this.ground;
    const { journey } = end;
    if ('answer' in journey) {
      const { answer, afterMs = 0 } = journey;
      if (afterMs === 0) return this.#count(end, answer, done);

      return world.agenda.add(world.now() + afterMs, () => this.#count(end, answer, done));
    }

    const behavior = backends.scripted(journey.request);
    if (!behavior) return this.#forward(end, journey, done);

    const afterMs = timeOf(journey, behavior);
    world.agenda.add(world.now() + afterMs, () =>
      this.#count(end, journey.finish(resultOf(journey, behavior, afterMs)), done),
    );
  }

  #add(spec: LoadSpec, path: string): RememberedCall<End> {
    const call = callOf(spec, path);
    const known = new RememberedCall(this.ground.world, () => this.#judge(call));
    this.#byPath.set(path, known);
    return known;
  }

  /** How a call ends. One that takes time at its backend is on its way, and each of them is judged by itself. */
  #judge(call: GatewayCall): End {
    const { world, backends, find } = this.ground;
    const journey = find(call) ?? { answer: noGateway(call.host) };
    if ('answer' in journey) return { journey };

    const behavior = backends.scripted(journey.request);
    if (behavior && timeOf(journey, behavior) === 0) {
      return { journey: { answer: journey.finish(resultOf(journey, behavior, 0)) } };
    }

    world.decisions.differByCall();
    return { journey };
  }

  #forward(end: End, journey: Extract<Journey, Sent>, done: Done): void {
    const over = this.ground.world.begin();
    void this.ground
      .forwarded(journey)
      .then((result) => this.#count(end, read(journey.finish(result)), done))
      .finally(over);
  }

  #count(end: End, answer: GatewayAnswer, done: Done): void {
    end.row = this.ground.counters.count(answer, this.ground.world.now(), end.row);
    done(answer);
  }
}

function callOf({ gateway, method = 'GET', headers = {} }: LoadSpec, path: string): GatewayCall {
  return { host: gateway, method, path, headers, body: NOTHING, sourceIp: CALLER };
}

/** The body of an answer that is streamed is not needed. */
function read(answer: GatewayAnswer): GatewayAnswer {
  if (answer.stream) void discard(answer.stream);
  return answer;
}

async function discard(stream: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const part of stream) void part;
  } catch {
    // The backend broke the connection; the call was counted when its headers arrived.
  }
}

/** The gateway of a load job was deleted: its name leads nowhere. */
function noGateway(host: string): GatewayAnswer {
  const trace = { ...NOWHERE, gateway: host };
  return { status: 404, headers: {}, body: '', outcome: 'gone', because: unknownGateway(host), trace };
}
