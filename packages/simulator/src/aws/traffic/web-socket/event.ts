import type { GatewayCall } from '../../../simulation/traffic/gateway-call.js';

/** Something that happens on a connection, which a route is for. */
export interface SocketEvent {
  /** `CONNECT`, `MESSAGE` or `DISCONNECT`. */
  readonly type: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  readonly routeKey: string;
  /** The text of a message; empty for the others. */
  readonly body: string;
  readonly requestId: string;
  readonly connectionId: string;
  /** Simulated milliseconds since the epoch. */
  readonly at: number;
  readonly connectedAt: number;
  /** The request that opened the connection; only `$connect` may look at its headers and query string. */
  readonly opening: GatewayCall;
}
