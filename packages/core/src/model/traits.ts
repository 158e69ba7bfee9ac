/** Differences between kinds of link that a caller can see, each with the fact behind it. */
export interface LinkTraits {
  /** `links` can be created by this driver (and cost nothing by themselves). */
  readonly createsLinks: boolean;
  readonly deletesLinks: boolean;
  /**
   * Creating a link costs money, so it needs an explicit permission (`allowPurchase`); and nothing deletes one without
   * another (`deleteInstances`).
   */
  readonly linksCostMoney: boolean;
  /** Subnets and security groups of a link can never change: a change is a replacement. */
  readonly linksAreImmutable: boolean;
  /** A target is a resource of its own on this cloud (Alibaba Cloud's authorization), not just an ARN. */
  readonly targetsAreResources: boolean;
  /** The allowlist must be decided when the link is created (AWS: a security group of ours). */
  readonly allowlistNeedsCreation: boolean;
  /** Entries of the allowlist carry ports. Where not, each entry is `{ protocol: 'all', fromPort: 0, toPort: 65535 }`. */
  readonly allowlistHasPorts: boolean;
  /** Longest time for which a list may not yet show what was created, in milliseconds. */
  readonly stalenessMs: number;
  /** How often a pending link is looked at, in milliseconds. */
  readonly pollMs: number;
  /** How long a link may take until it is ready, or gone, in milliseconds. */
  readonly linkTimeoutMs: number;
}

/** The same for kinds of gateway. */
export interface GatewayTraits {
  /** Stages without automatic deployment need a deployment after a change. */
  readonly routesNeedDeployment: boolean;
}

/** What the planner has to know of a kind of link; see `LinkTraits`. */
export type PlanTraits = Pick<
  LinkTraits,
  'linksCostMoney' | 'targetsAreResources' | 'allowlistNeedsCreation' | 'allowlistHasPorts'
>;

/** A day on which something about a product ends. */
export interface Retirement {
  /** When it begins to hold, with the provider's offset: `2027-09-21T00:00:00+08:00`. */
  readonly at: string;
  /** What ends, as the end of a sentence: `the service ends`. */
  readonly what: string;
  /** What cannot be done from then on: make a link, keep one for longer, or use any. */
  readonly ends?: 'sale' | 'renewal' | 'service' | undefined;
  /** Where the provider says so. */
  readonly source?: string | undefined;
}
