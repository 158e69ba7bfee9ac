/** A limit that a cloud refuses to go beyond. */
export interface Quota {
  /** In `RegionSnapshot.quotas`. */
  readonly name: string;
  /** `routes of an API`. */
  readonly what: string;
  /** What every account has. */
  readonly byDefault: number;
  /** Regions where every account has another number. */
  readonly defaultsIn?: Readonly<Record<string, number>> | undefined;
  /** By which accounts can have it raised: `L-…` of Service Quotas. Undefined: it cannot be raised, or by a ticket only. */
  readonly code?: string | undefined;
  /** What makes the number grow, as the start of a sentence: `each service with a route of its own`. */
  readonly grows: string;
  /** The page that has the default. */
  readonly source: string;
  /** Can be raised by a request to support, without a code. */
  readonly byTicket?: true | undefined;
  /** What a raise takes, as a sentence. */
  readonly raised?: string | undefined;
  /** No page of the provider says all of it. */
  readonly uncertain?: true | undefined;
}

/** What accounts may have of load balancers of a kind, and what one of them may have. */
export interface BalancerQuotas {
  readonly balancers?: Quota | undefined;
  readonly listeners?: Quota | undefined;
  readonly rules?: Quota | undefined;
  readonly targetGroups?: Quota | undefined;
  /** In all zones together. */
  readonly targets?: Quota | undefined;
  readonly targetsPerZone?: Quota | undefined;
}

/** What every account has of a quota in a region. */
export function defaultIn({ byDefault, defaultsIn }: Quota, region: string): number {
  return defaultsIn !== undefined && Object.hasOwn(defaultsIn, region) ? (defaultsIn[region] ?? byDefault) : byDefault;
}

/** Whether an account can have a quota raised. */
export function isAdjustable({ code, byTicket }: Quota): boolean {
  return code !== undefined || byTicket === true;
}
