import type { Clock } from '../clock.js';

/** Whole milliseconds since `startedMs` of the same clock's `monotonicMs`; never less than 0. */
export function elapsedMs(clock: Clock, startedMs: number): number {
  return Math.max(0, Math.round(clock.monotonicMs() - startedMs));
}
