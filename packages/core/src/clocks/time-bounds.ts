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

/** A context of calls. */
interface Timed {
  readonly clock: Clock;
  readonly time?: TimeBounds | undefined;
}

/** The bounds since a context was made; from now on where it was made without `createContext`. */
export function timeOf({ clock, time = timeBounds(clock) }: Timed): TimeBounds {
  return time;
}

/** The time for a record, which must not seem older than it is: a later run waits for what began a moment before. */
export function latestTime(context: Timed): string {
  return new Date(timeOf(context).latestMs()).toISOString();
}

/** The bounds of a process that begins now. */
export function timeBounds(clock: Clock): TimeBounds {
  const [firstMs, startedMs] = [clock.now(), clock.monotonicMs()];
  const steadyMs = (): number => firstMs + elapsedMs(clock, startedMs);
  return {
    earliestMs: () => Math.min(clock.now(), steadyMs()),
    latestMs: () => Math.max(clock.now(), steadyMs()),
  };
}
