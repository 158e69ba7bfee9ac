import { setTimeout as wait } from 'node:timers/promises';

/** Real time, so many times as fast: that of simulated clouds with the same speed. */
export function scaledClock({ speed, sinceMs, startMs }) {
  const elapsedMs = () => (Date.now() - sinceMs) * speed;
  return {
    now: () => startMs + elapsedMs(),
    monotonicMs: elapsedMs,
    sleep: (ms, signal) =>
      wait(ms / speed, undefined, { signal }).catch(() => {
        throw signal.reason;
      }),
  };
}
