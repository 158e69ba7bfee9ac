import type { GatewayCall, Trace } from '../../../simulation/traffic/gateway-call.js';
import type { AnswerHeaders } from '../../../simulation/traffic/backends/backend.js';
import type { RouteRow, IntegrationRow, StageRow } from '../../http-api/state.js';
import type { ApiView } from '../api-view.js';
import type { Ground } from '../front.js';
import type { PathVariable } from './router.js';

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

/** What a backend answered, as mappings of answers see it. */
export interface Reply {
  readonly headers: AnswerHeaders;
  readonly body: string | Uint8Array;
}

/** Reads a value of a call, or of the answer to it; undefined where it has none. */
export type Source = (exchange: Exchange, reply: Reply | undefined) => string | undefined;

/** What a mapping makes of a call: a text with values of the call in it; undefined where it is a value that the call lacks. */
export type Template = Source;

/** A change of a header or of a parameter of the query. */
export interface Change {
  readonly action: 'append' | 'overwrite' | 'remove';
  /** Of headers in lower case. */
  readonly name: string;
  readonly value: Template;
}

/** What `RequestParameters`, or `ResponseParameters` of one status, ask for. */
export interface Mapping {
  readonly path: Template | undefined;
  readonly statusCode: Template | undefined;
  readonly headers: readonly Change[];
  readonly query: readonly Change[];
}

/** An integration, with its mappings read. */
export interface CompiledIntegration {
  readonly row: IntegrationRow;
  readonly request: Mapping;
  /** By the status that the backend answers. */
  readonly responses: ReadonlyMap<number, Mapping>;
}

/** A route of a deployment, ready to be called. */
export interface CompiledRoute {
  readonly row: RouteRow;
  /** `GET /orders/{id}` */
  readonly key: string;
  readonly variables: readonly PathVariable[];
  /** Undefined: the route has no target. */
  readonly integration: CompiledIntegration | undefined;
}
