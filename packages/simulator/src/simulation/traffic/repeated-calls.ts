import type { BackendResult } from './backends/backend.js';
import type { Backends } from './backends/backends.js';
import type { Counters, Row } from './counters.js';
import { callSocket } from './call-socket.js';
import {
  CALLER,
  NOWHERE,
  unknownGateway,
  type Ended,
  type GatewayAnswer,
  type GatewayCall,
  type Journey,
} from './gateway-call.js';
import type { LoadSpec } from './load.js';
import type { Outcome } from './outcomes.js';
import { RememberedCall } from './remembered-call.js';
import { resultOf, timeOf, type Sent } from './scripted.js';
import type { SocketStart } from './socket.js';
import type { TrafficWorld } from './traffic-world.js';

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
