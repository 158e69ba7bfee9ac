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

/** The bounds of a process that begins now. */
export function timeBounds(clock: Clock): TimeBounds {
  const [firstMs, startedMs] = [clock.now(), clock.monotonicMs()];
  const steadyMs = (): number => firstMs + elapsedMs(clock, startedMs);
  return {
    earliestMs: () => Math.min(clock.now(), steadyMs()),
    latestMs: () => Math.max(clock.now(), steadyMs()),
  };
}
