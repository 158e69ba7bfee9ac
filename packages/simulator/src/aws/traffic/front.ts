import type { Bucket } from '../../simulation/dispatch/token-buckets.js';
import type { Decisions } from '../../simulation/traffic/decisions.js';
import type { GatewayCall, Journey } from '../../simulation/traffic/gateway-call.js';
import type { RegionState } from '../state/region-state.js';
import type { Delivery, PrivateCall } from './delivery.js';
import type { Spending } from './rest-api/quota-use.js';

/** What the gateways of a region have in common on their data path. */
export interface Ground {
  readonly region: RegionState;
  /** The ID of the account. */
  readonly account: string;
  /** Changes whenever the simulated world may have changed. */
  readonly version: number;
  /** Simulated milliseconds since the epoch. */
  readonly now: () => number;
  /** Uniform in [0, 1), from the world's seed: for IDs. */
  readonly random: () => number;
  /** Which of several ways a call takes, by their weights. */
  readonly choose: (weights: readonly number[]) => number;
  /** What calls meet that may end another call in another way. */
  readonly decisions: Decisions;
  readonly requestId: () => string;
  /** Takes a token; false: the call is throttled. Always true where the simulation does not throttle. */
  readonly admits: (bucket: Bucket) => boolean;
  /** Counts a call against a quota; false: nothing is left of it. */
  readonly spends: (spending: Spending) => boolean;
  /** Sends a call through a VPC link. */
  readonly deliver: (call: PrivateCall) => Delivery;
}

/** By which name a gateway was called, where it was a custom one: the mapping has chosen stage and path. */
export interface Mapped {
  readonly stage: string;
  /** What is left of the path after the mapping's base path. */
  readonly path: string;
}

/** What one kind of gateway does with a call. */
export type Front<V> = (ground: Ground, view: V, call: GatewayCall, mapped: Mapped | undefined) => Journey;
