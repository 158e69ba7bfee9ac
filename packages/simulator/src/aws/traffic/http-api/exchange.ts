import type { GatewayCall, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { StageRow } from '../../state/api-gateway-state.js';
import type { ApiView } from '../api-view.js';
import type { Ground } from '../front.js';
import type { CompiledRoute } from './compiled-route.js';

/** A call of an HTTP API whose stage is known. */
export interface Visit {
  readonly ground: Ground;
  readonly view: ApiView;
  readonly call: GatewayCall;
  readonly stage: StageRow;
  /** Simulated milliseconds since the epoch: when the call arrived. */
  readonly now: number;
  /** `Mc7UVioPPHcEKPA=` */
  readonly id: string;
  /** Without the name of the stage, as the caller sent it. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

/** A call whose route is known. */
export interface Exchange extends Visit {
  readonly route: CompiledRoute;
  /** The parts of `path`. */
  readonly parts: readonly string[];
  /** What an authorizer found out of the caller: the claims of a token. */
  readonly claims: Readonly<Record<string, unknown>> | undefined;
  readonly trace: Trace;
}
