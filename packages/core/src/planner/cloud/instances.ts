import type { BalancerQuotas } from '../../do/kinds/quota.js';

/** A type of instance that is paid for by the hour. */
export interface InstanceType {
  readonly name: string;
  /** Undefined: not known. */
  readonly requestsPerSecond?: number | undefined;
  /** New HTTPS connections a second up to which the type is safe. */
  readonly newConnections?: number | undefined;
  /** US dollars an hour, pay-as-you-go. Undefined: not known. */
  readonly hour?: number | undefined;
}

/** The instances of a product whose gateway or link is one. */
export interface Instances {
  /** Smallest first. */
  readonly types: readonly [InstanceType, ...InstanceType[]];
  /** Whether the requests per second of the types are known, so that one can be chosen. */
  readonly capacity: 'known' | 'unknown';
  /** The page with `newConnections`. */
  readonly connectionsFrom?: string | undefined;
  /** What the smallest type is, behind its name: `, the smallest type with an SLA`. */
  readonly least?: string | undefined;
  readonly prices: {
    /** `2025-02`. */
    readonly asOf: string;
    readonly source: string;
    /** Where they apply: `the mainland of China`. */
    readonly place: string;
    readonly appliesIn: (region: string) => boolean;
    /** Parts of the bill whose price is not known. */
    readonly unknown?: readonly string[] | undefined;
    /** What a sum does not have in any case, as a sentence. */
    readonly without: string;
  };
}

/** The smallest type that carries so many requests per second; undefined where none does, or that is not known. */
export function typeFor({ types }: Instances, rate: number): InstanceType | undefined {
  return types.find(({ requestsPerSecond = -1 }) => requestsPerSecond >= rate);
}

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
