import type { AnyAlibabaOperation } from './operation.js';
import type { ProductName } from './product.js';
import type { AlibabaRegionState } from './state/region-state.js';
import type { AlibabaTimerHandlers } from './timers.js';

/** What a region is born with: who owns it, when, and the world's seeded ids. */
export interface AlibabaRegionBirth {
  readonly region: string;
  readonly account: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly now: number;
  /** As in `AlibabaCall`: `id('vpc-bp1')` gives `vpc-bp1` and 17 characters of base 36. */
  readonly id: (prefix: string, length?: number, alphabet?: 'hex' | 'base36' | 'decimal') => string;
  readonly random: () => number;
}

/** The part of a region's state that one product keeps, made for a new region, and what its timers do. */
export interface AlibabaStatePart<K extends Exclude<keyof AlibabaRegionState, 'name' | 'zones'>> {
  readonly newState: (birth: AlibabaRegionBirth) => AlibabaRegionState[K];
  /** Kinds begin with the part's name, such as `instance.running`; no two parts share one. */
  readonly timers: AlibabaTimerHandlers;
}

/** Finds actions by product and name. */
export interface AlibabaRegistry {
  readonly operations: readonly AnyAlibabaOperation[];
  readonly find: (product: ProductName, name: string) => AnyAlibabaOperation | undefined;
}

/** Puts lists of actions together. @throws {Error} when two actions of one product have one name. */
export function createAlibabaRegistry(lists: readonly (readonly AnyAlibabaOperation[])[]): AlibabaRegistry {
  const operations = lists.flat();
  const byName = new Map<string, AnyAlibabaOperation>();
  for (const operation of operations) {
    const key = `${operation.product}.${operation.name}`;
    if (byName.has(key)) throw new Error(`Two actions are called ${key}.`);
    byName.set(key, operation);
  }
  return { operations, find: (product, name) => byName.get(`${product}.${name}`) };
}
