import type { Clock } from '../clock.js';
import { onAbort } from './abort.js';

/**
 * Longer timers fire immediately in Node and in browsers:
 * https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
 */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's own time. Waits follow the monotonic clock, so a corrected wall clock neither stretches nor cuts them. */
export function realClock(): Clock {
  return { now: () => Date.now(), monotonicMs: () => performance.now(), sleep };
}

async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  const end = performance.now() + ms;
  // Timers may fire a little early, and long waits need several of them.
  for (let left = ms; left > 0; left = end - performance.now()) {
    await timer(Math.min(Math.ceil(left), LONGEST_TIMER_MS), signal);
  }
  if (signal?.aborted) throw signal.reason;
}

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);

    const id = setTimeout(() => {
      stop();
      resolve();
    }, ms);
    const stop = onAbort(signal, () => {
      clearTimeout(id);
      reject(signal?.reason);
    });
  });
}

/** Whole milliseconds since `startedMs` of the same clock's `monotonicMs`; never less than 0. */
export function elapsedMs(clock: Clock, startedMs: number): number {
  return Math.max(0, Math.round(clock.monotonicMs() - startedMs));
}
