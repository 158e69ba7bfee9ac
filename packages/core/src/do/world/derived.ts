import type { Slot } from './slots.js';
import { InvalidInputError } from '../../ground/errors.js';
import type { ReadingTime } from '../../ground/clocks/cloud-time.js';
import type { Snapshot } from '../snapshot/snapshot.js';

/** What is made from an object once, and ends with it: an index, a memo. Each has its slot of the list in `slots.ts`. */
export type Derived<Owner> = <T>(slot: Slot, make: (owner: Owner) => T) => T;

/** An object of one call that owns what is derived for it. */
export interface DerivedOwner {
  readonly derived: <T>(slot: Slot, make: () => T) => T;
}

/** Starts empty. */
export function derivedFrom<O>(owner: () => O): Derived<O> {
  const made = new Map<Slot, unknown>();
  return <T>(slot: Slot, make: (owner: O) => T): T => {
    // A slot has one maker: the value is what it returned.
    const known = made.get(slot) as T | undefined;
    if (known !== undefined) return known;
    const value = make(owner());
    made.set(slot, value);
    return value;
  };
}

/** The value for one key in a slot, made once. */
export function madeOnce<K, V>({ derived }: DerivedOwner, slot: Slot, key: K, make: () => V): V {
  return madeIn(
    derived(slot, () => new Map<K, V>()),
    key,
    make,
  );
}

/** The value for one key of a map, made once. */
export function madeIn<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  const there = known.get(key);
  // A value may be `undefined`.
  if (there !== undefined || known.has(key)) return there as V;
  const made = make();
  known.set(key, made);
  return made;
}

/**
 * The time of a snapshot, in milliseconds since 1970.
 * @throws {InvalidInputError} `INVALID_INPUT` where it has none.
 */
export function snapshotTime({ takenAt }: Pick<Snapshot, 'takenAt'>): number {
  const moment = Date.parse(takenAt);
  if (!Number.isNaN(moment)) return moment;
  throw new InvalidInputError('INVALID_INPUT', `takenAt: ${JSON.stringify(takenAt)} is not a valid date`, {
    remedy: 'Take the snapshot again, or give the time to compare dates with.',
  });
}

/** The time of a snapshot by the cloud's clock, in milliseconds since 1970, at the earliest; NaN where the machine's shows it. */
export function cloudTimeOf({ takenAt, clock }: ReadingTime): number {
  return clock === 'cloud' ? Date.parse(takenAt) : Number.NaN;
}
