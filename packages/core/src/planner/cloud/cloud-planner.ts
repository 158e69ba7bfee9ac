import type { Needs } from '../needs/needs.js';
import type { PlannerOption } from './option.js';
import type { Prices } from './price.js';

/**
 * What `advise` knows of a cloud: a plain value beside that of the cloud, so that a program which only applies specs loads
 * neither options nor prices. Its quotas are those of the cloud.
 */
export interface CloudPlanner<Q extends string = string, P extends string = string> {
  /** The name of the cloud. */
  readonly cloud: string;
  /** Equals are ranked in this order. */
  readonly options: readonly PlannerOption<Q, P>[];
  /** Undefined: none are known, so that each sum is unknown. */
  readonly prices?: Prices<P> | undefined;
  readonly otherAccounts?: OtherAccounts | undefined;
  /** Needs to start from. */
  readonly example?: Needs | undefined;
}

/** Backends of another account. */
export interface OtherAccounts {
  /** What a call to one passes besides: `PrivateLink endpoint`. */
  readonly hop: string;
  /** What to do for the services of these names, as a sentence. Undefined: no page says how a link reaches them. */
  readonly how?: ((names: string) => string) | undefined;
}

/**
 * What `advise` knows of a cloud, checked by its type: names of prices are those of its table.
 *
 * ```ts
 * export const planner = definePlanner({ cloud: 'tunnel', options: [tunnelOption] });
 * ```
 */
export function definePlanner<Q extends string, const P extends string>(planner: CloudPlanner<Q, P>): CloudPlanner {
  return planner;
}
