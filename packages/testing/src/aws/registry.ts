import type { Operation } from './operation.js';
import type { ServiceName } from './service-name.js';
import type { RegionState } from './state/region-state.js';
import type { TimerHandlers } from './timers.js';

/**
 * An operation whose types have been forgotten, as the registry keeps it. Every `Operation<I, O>` is one: nobody can call
 * its `run` before a codec or a caller has proved the input against the operation's schema.
 */
export type AnyOperation = Operation<never, unknown>;

/** What a region is born with: who owns it, when, and the world's seeded ids. */
export interface RegionBirth {
  readonly region: string;
  readonly account: string;
  readonly partition: string;
  /** Simulated time, milliseconds since the epoch. */
  readonly now: number;
  readonly id: (prefix: string, length?: number, alphabet?: 'hex' | 'base36') => string;
  readonly random: () => number;
}

/** The part of a region's state that one service family keeps, made for a new region, and what its timers do. */
export interface StatePart<K extends Exclude<keyof RegionState, 'name'>> {
  readonly newState: (birth: RegionBirth) => RegionState[K];
  /** Kinds begin with the part's name, such as `vpc-link.available`; no two parts share one. */
  readonly timers: TimerHandlers;
}

/** Finds operations by service and name. */
export interface Registry {
  readonly operations: readonly AnyOperation[];
  readonly find: (service: ServiceName, name: string) => AnyOperation | undefined;
}

/** Puts lists of operations together. @throws {Error} when two operations have one name. */
export function createRegistry(lists: readonly (readonly AnyOperation[])[]): Registry {
  const operations = lists.flat();
  const byName = new Map<string, AnyOperation>();
  for (const operation of operations) {
    const key = `${operation.service}.${operation.name}`;
    if (byName.has(key)) throw new Error(`Two operations are called ${key}.`);
    byName.set(key, operation);
  }
  return { operations, find: (service, name) => byName.get(`${service}.${name}`) };
}
