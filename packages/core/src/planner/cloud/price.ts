import type { Feature } from '../needs/needs.js';

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
