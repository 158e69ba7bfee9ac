import type { FaultRule, Faults } from '../world/faults.js';

/** Eventual consistency never lags further than this. */
const LONGEST_LAG_MS = 30_000;

/**
 * The states of an account up to half a minute ago, for reads with a `stale` fault; kept only while there is
 * such a fault.
 */
export class PastStates<S extends { readonly regions: ReadonlyMap<string, unknown> }> {
  #past: { readonly until: number; readonly state: S }[] = [];
  /** Where between the least and the most the age of what an operation reads is. */
  readonly #ages = new Map<string, number>();

  constructor(private readonly world: { readonly faults: Faults; readonly now: () => number }) {}

  /** The state is about to change. */
  keep(state: S): void {
    if (!this.world.faults.has('stale')) return;

    const now = this.world.now();
    this.#past = this.#past.filter(({ until }) => until >= now - LONGEST_LAG_MS);
    if (this.#past.at(-1)?.until === now) return; // what was before this moment is kept already

    this.#past.push({ until: now, state: copyState(state) });
  }

  /** The state that a read of a region sees; `undefined` for the present one: another fault or none, or nothing has changed since. */
  seenUnder(fault: FaultRule | undefined, region: string, operation: string): S | undefined {
    if (fault?.kind !== 'stale') return undefined;

    const most = Math.min(fault.ms ?? LONGEST_LAG_MS, LONGEST_LAG_MS);
    const least = Math.min(fault.leastMs ?? 0, most);
    const moment = this.world.now() - least - this.#age(fault, operation) * (most - least);
    const past = this.#past.find(({ until }) => until > moment)?.state;
    return past?.regions.has(region) ? past : undefined;
  }

  #age({ ageBy }: FaultRule, operation: string): number {
    if (ageBy !== 'operation') return this.world.faults.chance();

    const age = this.#ages.get(operation) ?? this.world.faults.chance();
    this.#ages.set(operation, age);
    return age;
  }

  /** Forgets everything. */
  reset(): void {
    this.#past = [];
    this.#ages.clear();
  }
}

/**
 * A copy of a cloud's state that shares nothing with it: maps, lists, dates, bytes and rows at any depth. A fifth of the time of
 * `structuredClone`, which also looks for what states do not have: cycles, and objects of classes.
 * @throws {TypeError} for a Set, as where a state is saved
 */
export function copyState<T>(value: T): T {
  return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  if (value instanceof Map) {
    const copies = new Map<unknown, unknown>();
    for (const [key, item] of value) copies.set(copyOf(key), copyOf(item));
    return copies;
  }
  if (value instanceof Date) return new Date(value);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof Set) throw new TypeError('State is made of maps and rows; a Set is neither.');

  const copy: Record<string, unknown> = { ...value }; // each member is its own, so that one named __proto__ stays one
  for (const key of Object.keys(copy)) {
    const item = copy[key];
    if (typeof item === 'object' && item !== null) copy[key] = copyOf(item);
  }
  return copy;
}
