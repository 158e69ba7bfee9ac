import { realClock } from '@postern/core';

/** Real time, so many times as fast: that of simulated clouds with the same speed. */
export function scaledClock({ speed, sinceMs, startMs }) {
  const real = realClock();
  const elapsedMs = () => (real.now() - sinceMs) * speed;
  return {
    now: () => startMs + elapsedMs(),
    monotonicMs: elapsedMs,
    sleep: (ms, signal) => real.sleep(ms / speed, signal),
  };
}
