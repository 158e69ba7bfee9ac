import type { GatewayAnswer } from '../../../simulation/traffic/gateway-call.js';

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

/** Entries of all caches: above it the oldest one is lost. The gigabytes of a cluster are not simulated. */
const MOST_ENTRIES = 10_000;

interface Entry {
  readonly answer: GatewayAnswer;
  readonly storedAt: number;
  readonly until: number;
}

/** What the caches of stages hold. It is not part of a saved world, as buckets are not. */
export class CacheEntries {
  readonly #entries = new Map<string, Entry>();

  /** What was stored at `since` or later, and has not expired. */
  find(key: string, since: number, now: number): GatewayAnswer | undefined {
    const entry = this.#entries.get(key);
    return entry !== undefined && entry.storedAt >= since && now < entry.until ? entry.answer : undefined;
  }

  /** Puts an answer in place of an earlier one. */
  put(key: string, entry: Entry): void {
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > MOST_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
  }

  /** Nothing is cached. */
  reset(): void {
    this.#entries.clear();
  }
}
