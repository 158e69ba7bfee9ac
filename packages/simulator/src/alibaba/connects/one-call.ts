import type { AskedUrl } from '../slb/rules.js';
import type { ListenerRow, LoadBalancerRow } from '../slb/state.js';

/** Where a call arrives. */
export interface Arrival {
  readonly address: string;
  readonly port: number;
  /** The address, or the block, that the receiver sees. */
  readonly source: string;
  /** The VPC that the address is in; undefined for one outside of the simulated world. */
  readonly vpcId: string | undefined;
  /** The ECS instance that has the address. */
  readonly instanceId: string | undefined;
}

/**
 * One call of the data path: which of several ways it takes, and what it meets on it. Without one, `connects` evaluates all
 * ways.
 */
export interface OneCall {
  /** That of the authorization that an API was published with: it is in effect until the API is published anew. */
  readonly vpcId: string | undefined;
  /** What rules of listeners look at. */
  readonly request: AskedUrl;
  /** One of several, in proportion to their weights; none of none. */
  readonly pick: <T>(several: readonly T[], weightOf?: (one: T) => number) => readonly T[];
  /** A layer 7 listener has accepted the call, and answers whatever stops it from now on. */
  readonly accepted: (balancer: LoadBalancerRow, listener: ListenerRow) => void;
  readonly arrives: (arrival: Arrival) => void;
}

/** The ways that are evaluated: the one that a call takes, or all. */
export function ways<T>(one: OneCall | undefined, several: readonly T[], weightOf?: (one: T) => number): readonly T[] {
  return one ? one.pick(several, weightOf) : several;
}
