import type { Agenda } from '../time/earliest-first.js';
import type { SimulatedTime } from '../time/time.js';
import type { Decisions } from './outcomes.js';
import type { Ended, GatewayCall, Journey } from './gateway-call.js';
import type { SocketStart } from './sockets.js';

/** A cloud, as calls to gateways see it. */
export interface CalledCloud {
  /** Whether a gateway has this name now. */
  readonly hasGateway?: (host: string) => boolean;
  /** What the gateway of that name does with a call; undefined where this cloud has none. */
  readonly startCall?: (call: GatewayCall) => Journey | undefined;
  /** What the WebSocket API of that name does with a request for a connection; undefined where this cloud has none. */
  readonly startSocket?: (call: GatewayCall) => SocketStart | Ended | undefined;
  /** What answers at some private address has changed. */
  readonly backendsChanged?: () => void;
}

/** What calls to gateways need of a simulated world. */
export interface TrafficWorld {
  readonly clouds: readonly CalledCloud[];
  readonly agenda: Agenda;
  readonly decisions: Decisions;
  readonly time: Pick<SimulatedTime, 'speed'>;
  readonly now: () => number;
  /** Changes whenever a cloud may have changed. */
  readonly version: () => number;
  readonly settle: () => void;
  readonly begin: () => () => void;
  readonly sleepDuringCall: (ms: number) => Promise<void>;
}
