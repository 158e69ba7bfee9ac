/** A call that counts against a quota. */
export interface Spending {
  /** Whose quota. */
  readonly key: string;
  /** The period that the call is in. */
  readonly period: number;
  /** Calls in a period. */
  readonly most: number;
}

/** How much of their quotas is used, in the current periods. It is not part of a saved world, as buckets are not. */
export class QuotaUse {
  #used = new Map<string, { readonly period: number; calls: number }>();

  /** Counts one call, if the quota has one left. */
  spend({ key, period, most }: Spending): boolean {
    const known = this.#used.get(key);
    const used = known?.period === period ? known : { period, calls: 0 };
    this.#used.set(key, used);
    if (used.calls >= most) return false;
    used.calls += 1;
    return true;
  }

  /** Nothing is used. */
  reset(): void {
    this.#used = new Map();
  }
}
