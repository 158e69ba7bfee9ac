/** A limit that a cloud refuses to go beyond. */
export interface Quota {
  /** In `RegionSnapshot.quotas`. */
  readonly name: string;
  /** `routes of an API`. */
  readonly what: string;
  /** What every account has. */
  readonly byDefault: number;
  /** By which accounts can have it raised: `L-…` of Service Quotas. Undefined: it cannot be raised, or by a ticket only. */
  readonly code?: string | undefined;
  /** What makes the number grow, as the start of a sentence: `each service with a route of its own`. */
  readonly grows: string;
  /** The page that has the default. It was read on `QUOTAS_READ_ON`. */
  readonly source: string;
  /** Can be raised by a request to support, without a code. */
  readonly byTicket?: true | undefined;
  /** No page of the provider says all of it. */
  readonly uncertain?: true | undefined;
}

/** Whether an account can have a quota raised. */
export function isAdjustable({ code, byTicket }: Quota): boolean {
  return code !== undefined || byTicket === true;
}
