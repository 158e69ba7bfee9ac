import type { AnswerHeaders, BackendRequest, BackendResult } from './backends/backend.js';
import type { Outcome } from './outcomes.js';

/** A call to a gateway, as the gateway receives it. */
export interface GatewayCall {
  /** A name of the gateway, lower case, without a port. */
  readonly host: string;
  readonly method: string;
  /** With its query string: `/orders/1?full=true`. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** The caller's address. */
  readonly sourceIp: string;
}

/** Where a call went, as far as it came. Empty texts where it did not come that far. */
export interface Trace {
  /** The gateway's ID. */
  readonly gateway: string;
  /** The route as it is declared: `GET /orders/{id}`. */
  readonly route: string;
  /** `prod`; of a canary `prod/Canary`, as the service names its logs. */
  readonly stage: string;
  /** The ID of the VPC link or of the instance. */
  readonly link: string;
  /** What was called in the end: `10.0.1.10:8080`, `i-0abc…:8080`. */
  readonly target: string;
  /** The address that the target sees. */
  readonly source: string;
}

/** What the caller gets, with what became of the call. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: AnswerHeaders;
  readonly body: string | Uint8Array;
  /** The body, as it arrives, in place of `body`. Who has the answer reads it. */
  readonly stream?: AsyncIterable<Uint8Array> | undefined;
  readonly outcome: Outcome;
  /** Why it was not delivered, in a sentence. */
  readonly because?: string | undefined;
  readonly trace: Trace;
}

/** A call that the gateway answers by itself. */
export interface Ended {
  readonly answer: GatewayAnswer;
  /** How long the caller waits for it, in simulated milliseconds. */
  readonly afterMs?: number | undefined;
}

/** How long an answer that is streamed may pause, in milliseconds. */
export interface StreamLimits {
  readonly idleMs: number;
}

/** A call on its way to a backend. */
export interface Underway {
  readonly request: BackendRequest;
  /** How long the gateway waits for the backend, in milliseconds. */
  readonly timeoutMs: number;
  /** The gateway passes the body on as it arrives; `timeoutMs` holds for all of it, `idleMs` for each pause. */
  readonly streams?: StreamLimits | undefined;
  /** Why the connection no longer exists; asked when an answer arrives that took time. */
  readonly broken?: (() => string | undefined) | undefined;
  /** The gateway's answer to what the backend did. */
  readonly finish: (result: BackendResult) => GatewayAnswer;
}

/** What a gateway does with a call. All decisions that depend on the simulated world are made when the call arrives. */
export type Journey = Ended | Underway;

/** Where a call has not come yet. */
export const NOWHERE: Trace = { gateway: '', route: '', stage: '', link: '', target: '', source: '' };

/** The caller, where it has no address of its own: one that is reserved for documentation. */
export const CALLER = '203.0.113.10';

/** Why a name is refused. */
export const unknownGateway = (host: string): string => `No gateway is called ${host.slice(0, 253)}.`;
