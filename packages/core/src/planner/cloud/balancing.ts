import type { BalancerQuotas } from '../../do/kinds/quota.js';

/** A kind of load balancer, as options use it. */
export interface BalancerKind<P extends string = string> {
  /** In pictures, and in names of resources: `ALB`. */
  readonly name: string;
  readonly quotas: BalancerQuotas;
  /** What one costs; undefined: not known. Of load balancers of options with instances it is not asked. */
  readonly prices?: BalancerPrices<P> | undefined;
  /** As a target of another load balancer, one counts as so many. */
  readonly countsAs?: number | undefined;
}

/** What a load balancer costs: by the hour, and by its capacity units. */
export interface BalancerPrices<P extends string = string> {
  readonly hour: P;
  /** The price of a capacity unit: 1 GB an hour is one. */
  readonly unit: P;
  /** Rules of one that are evaluated without charge, and the rule evaluations per second of one unit. */
  readonly rules?: { readonly free: number; readonly perUnit: number } | undefined;
}

/** Which load balancers are between link and services. */
export interface Balancing<P extends string = string> {
  readonly kind: BalancerKind<P>;
  /**
   * `team`: one for each team, with a rule for each service. `service`: one for each service. `listener`: shared, with a
   * listener for each service.
   */
  readonly per: 'team' | 'service' | 'listener';
  /** A kind in front of them, shared, with a listener for each of them. */
  readonly behind?: BalancerKind<P> | undefined;
}
