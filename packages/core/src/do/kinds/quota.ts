import type { CallContext } from '../../ground/calls/call-context.js';

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
  /** One that may count, which no page says: `the root`. With the last one below the quota it is not certain that the provider creates all. */
  readonly mayCount?: string | undefined;
}

/** Quotas by their names. */
export function quotasByName<const T extends Readonly<Record<string, Omit<Quota, 'name'>>>>(rows: T) {
  const named = Object.entries(rows).map(([name, row]) => [name, { name, ...row }]);
  return Object.fromEntries(named) as { readonly [Name in keyof T & string]: T[Name] & { readonly name: Name } };
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

/** A request that the provider raises a quota of the account in a region. */
export interface QuotaRequest {
  readonly id: string;
  readonly value: number;
  /** `closed`: its case at the support is closed, with or without a raise. `unknown`: a state that no page of the provider lists. */
  readonly state: 'open' | 'granted' | 'refused' | 'closed' | 'unknown';
  /** The state in the provider's own word. */
  readonly nativeState: string;
  /** The case at the provider's support, once there is one. */
  readonly caseId?: string | undefined;
  /** ISO 8601. */
  readonly requestedAt?: string | undefined;
}

/** What an adapter does about quotas of the account. */
export interface QuotaDriver {
  /** The requests for a quota, the newest first. */
  readonly requests: (quota: Quota, ctx: CallContext) => Promise<readonly QuotaRequest[]>;
  /**
   * Requests a value. Safe to repeat: where a request for the quota is open, that one is the answer, also with another value.
   * @throws {UnsupportedError} for a quota that the provider does not raise on request
   */
  readonly request: (quota: Quota, value: number, ctx: CallContext) => Promise<QuotaRequest>;
}
