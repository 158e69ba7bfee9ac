import type { GatewayAnswer, Journey } from './gateway-call.js';

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
