import type { Clock } from '../clock.js';
import { elapsedMs } from './elapsed.js';

/**
 * Between which times it is now, in milliseconds since the epoch, where the clock of the machine may have been set since
 * the process began: what the clock shows, and its first time with what has passed since. Something that must not end
 * early begins at the latest time and ends at the earliest.
 */
export interface TimeBounds {
  readonly earliestMs: () => number;
  readonly latestMs: () => number;
}

const known = new WeakMap<Clock, TimeBounds>();

/** The bounds of a process that begins with the first call for its clock: `createContext` makes one. */
export function timeBounds(clock: Clock): TimeBounds {
  const there = known.get(clock);
  if (there !== undefined) return there;
  const made = boundsFrom(clock);
  known.set(clock, made);
  return made;
}

/** The time for a record, which must not seem older than it is: a later run waits for what began a moment before. */
export function latestTime(clock: Clock): string {
  return new Date(timeBounds(clock).latestMs()).toISOString();
}

function boundsFrom(clock: Clock): TimeBounds {
  const [firstMs, startedMs] = [clock.now(), clock.monotonicMs()];
  const steadyMs = (): number => firstMs + elapsedMs(clock, startedMs);
  return {
    earliestMs: () => Math.min(clock.now(), steadyMs()),
    latestMs: () => Math.max(clock.now(), steadyMs()),
  };
}
