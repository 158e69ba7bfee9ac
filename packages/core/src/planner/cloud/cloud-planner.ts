import type { Needs, Feature } from '../needs/needs.js';
import type { PlannerOption } from './option.js';

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
  /** The ways to reach one; the first priced way is in the cost. Undefined: no page says how a link reaches them. */
  readonly ways?: readonly OtherAccountWay[] | undefined;
}

/** A way to backends of another account. */
export interface OtherAccountWay {
  /** What to do, as a sentence. */
  readonly how: string;
  /** What it cannot do, as a sentence. */
  readonly limits?: string | undefined;
  /** `none`: it adds no cost. `added`: its parts are in the cost. `unknown`: its prices could not be read, and are not in the cost. */
  readonly cost: 'none' | 'added' | 'unknown';
  readonly source: string;
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

/** A tier of a price: of the units above those of the tiers before it. */
export interface PriceTier {
  /** In units of the price; undefined: all others. */
  readonly upTo?: number | undefined;
  readonly usd: number;
}

/** A list price in US dollars. */
export interface Price {
  /** The unit that is paid for. */
  readonly per: 'hour' | 'million' | 'GB' | 'month';
  /** One tier where the price is the same for any amount. */
  readonly tiers: readonly PriceTier[];
  readonly source: string;
  /** The source is not the provider's own page. */
  readonly secondHand?: true | undefined;
  /** Calls are metered in increments of so many KB: a larger one counts as several. */
  readonly incrementKb?: number | undefined;
}

/** The list prices of a cloud, without free tiers, discounts and data transfer. */
export interface Prices<P extends string = string> {
  /** The day on which they were looked up: `2026-11-23`. */
  readonly readOn: string;
  /** The region where they apply: `us-east-1`. Of other regions none could be read. */
  readonly region: string;
  readonly table: Readonly<Record<P, Price>>;
  /** What a sum does not have in any case, as a sentence. */
  readonly without: string;
  /** What features add to the bill, in the order of the bill. */
  readonly features: readonly FeatureCost<P>[];
}

/** What is counted of the services that need a feature. */
export interface CostCount {
  /** The services that need it. */
  readonly services: number;
  /** All APIs, and those with such a service. */
  readonly apis: number;
  readonly apisWith: number;
  /** Millions of calls a month to those APIs, and data a month of those services, in GB. */
  readonly millions: number;
  readonly gigabytes: number;
}

/** An item of the bill that a feature adds. */
export interface AddedCost<P extends string = string> {
  readonly price: P;
  /** `web ACLs`. */
  readonly what: string | ((count: CostCount) => string);
  readonly amount: (count: CostCount) => number;
  /** It depends on calls or data: it is left out where those are not known. */
  readonly ofTraffic?: true | undefined;
}

/** What a feature, or backends of another account, add to the bill. */
export interface FeatureCost<P extends string = string> {
  readonly of: Feature | 'another account';
  readonly adds: readonly AddedCost<P>[];
  /** What the sum does not consider, as a sentence. */
  readonly without?: string | undefined;
}
