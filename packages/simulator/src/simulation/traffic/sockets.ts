import type { GatewayAnswer, Journey } from './gateway-call.js';
import type { AnswerHeaders } from './backends/backend.js';

/** "Going away": what API Gateway closes a connection with [U]. */
const GOING_AWAY = 1001;

/** What connections need of the simulation. */
interface SocketGround {
  readonly now: () => number;
  /** Does something at a moment. */
  readonly at: (ms: number, action: () => void) => void;
  /** Carries out a journey in simulated time, and counts it. */
  readonly travel: (journey: Journey) => Promise<GatewayAnswer>;
}

/** A connection that is open. */
export class OpenSocket {
  readonly connectedAt: number;
  #activeAt: number;
  #isOpen = true;
  #queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly ground: SocketGround,
    readonly session: SocketSession,
    /** Those of the answer that opened the connection. */
    readonly headers: AnswerHeaders,
    private readonly peer: SocketPeer,
    private readonly forget: () => void,
  ) {
    this.connectedAt = ground.now();
    this.#activeAt = ground.now();
    ground.at(this.connectedAt + session.lifeMs, () => this.close('Connection duration limit reached'));
    this.#watchIdleness();
  }

  get activeAt(): number {
    return this.#activeAt;
  }

  /** A message of the caller. Answers come in the order of the messages. */
  receive(data: string): Promise<void> {
    this.#activeAt = this.ground.now();
    const { journey, reply } = this.session.message(data);
    const answered = this.ground.travel(journey);
    this.#queue = this.#queue.then(async () => {
      const text = reply(await answered);
      if (text !== undefined && this.#isOpen) this.peer.send(text);
    });
    return this.#queue;
  }

  /** A message of the backend. */
  send(text: string): void {
    this.#activeAt = this.ground.now();
    this.peer.send(text);
  }

  /** The gateway, or the backend through it, closes the connection. */
  close(reason: string): void {
    if (!this.#isOpen) return;

    this.peer.close(GOING_AWAY, reason);
    this.ended();
  }

  /** The connection has closed, whoever did it. */
  ended(): void {
    if (!this.#isOpen) return;

    this.#isOpen = false;
    this.forget();
    const journey = this.session.closed();
    if (journey) void this.ground.travel(journey);
  }

  #watchIdleness(): void {
    const until = this.#activeAt + this.session.idleMs;
    this.ground.at(until, () => {
      if (!this.#isOpen) return;

      if (this.ground.now() - this.#activeAt >= this.session.idleMs) this.close('Idle timeout');
      else this.#watchIdleness();
    });
  }
}

/** The connections that are open, by their IDs. */
export class Sockets {
  readonly #open = new Map<string, OpenSocket>();

  constructor(private readonly ground: SocketGround) {}

  /** Opens a connection. */
  open(session: SocketSession, headers: AnswerHeaders, peer: SocketPeer): OpenSocket {
    const socket = new OpenSocket(this.ground, session, headers, peer, () => this.#open.delete(session.id));
    this.#open.set(session.id, socket);
    return socket;
  }

  get(id: string): OpenSocket | undefined {
    return this.#open.get(id);
  }

  /** All connections break. */
  reset(): void {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const socket of open) socket.close('The simulation was reset');
  }
}

/** A connection that a gateway keeps open, as the gateway sees it. */
export interface SocketSession {
  /** The connection's ID: `Ky1abcdEIAMCF1w=`. */
  readonly id: string;
  /** Who opened it. */
  readonly caller: { readonly sourceIp: string; readonly userAgent: string | undefined };
  /** After so long without a message, and after so long altogether, the gateway closes it. Simulated milliseconds. */
  readonly idleMs: number;
  readonly lifeMs: number;
  /** What the gateway does with a message, and what it sends back once that has ended. */
  readonly message: (data: string) => {
    readonly journey: Journey;
    readonly reply: (answer: GatewayAnswer) => string | undefined;
  };
  /** What it does when the connection has closed. */
  readonly closed: () => Journey | undefined;
}

/** What a gateway does with a request to open a connection: it asks its `$connect` route, and has a session if that agrees. */
export interface SocketStart {
  readonly connect: Journey;
  readonly session: SocketSession;
}

/** The caller's end of a connection. */
export interface SocketPeer {
  readonly send: (text: string) => void;
  /** @param code a WebSocket close code */
  readonly close: (code: number, reason: string) => void;
}
