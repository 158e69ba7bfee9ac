import type { GatewayRef, LinkRef } from './reference.js';

/** What a cloud is asked to call by itself: one route of a gateway, past its public address. */
export interface TestCall {
  readonly gateway: GatewayRef;
  /** The key of the route, as declared. */
  readonly key: string;
  /** What the route uses, or is to use: its link, and the ID of its target. */
  readonly link?: LinkRef | undefined;
  readonly targetId?: string | undefined;
  /** The method of the call, and its path with values for variables and a query string: `/orders/7?page=2`. */
  readonly method: string;
  readonly path: string;
  /** Header names to values. May hold secrets. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What variables of the stage hold in this call. */
  readonly stageVariables?: Readonly<Record<string, string>> | undefined;
}

/** What a cloud says of its own call. */
export interface TestCallAnswer {
  /** `connected`: the backend answered, or was reached. `unknown`: the cloud did not say. */
  readonly outcome: 'connected' | 'failed' | 'unknown';
  /** The status that a caller would get, where a request was sent. */
  readonly status?: number | undefined;
  readonly latencyMs?: number | undefined;
  /** What the cloud said, as a clause: `Execution failed due to an vpc link error`. Never a header or a body. */
  readonly because: string;
}
