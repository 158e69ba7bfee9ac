/** A limit that a cloud refuses to go beyond. */
export interface Quota {
  /** In `RegionSnapshot.quotas`. */
  readonly name: string;
  /** `routes of an API`. */
  readonly what: string;
  /** What every account has. */
  readonly byDefault: number;
  /** By which accounts can have it raised: `L-…` of Service Quotas. Undefined: it cannot be raised. */
  readonly code?: string | undefined;
}
