import { setTimeout as sleep } from 'node:timers/promises';
import type { SimulatedClock } from '../src/ground/clocks/simulated-clock.js';

/** More than any test needs: what still sleeps then sleeps for ever. */
const MOST_WAKES = 20_000;

/** Turns in which nobody sleeps. In the second half time passes. */
const MOST_IDLE = 1_000;

/** Advances `clock` from sleeper to sleeper until `promise` settles, and settles as it does. */
export async function drive<T>(clock: SimulatedClock, promise: Promise<T>): Promise<T> {
  const state = { settled: false };
  const done = (): void => {
    state.settled = true;
  };
  promise.then(done, done);
  for (let idle = 0, wakes = 0; !state.settled && idle < MOST_IDLE && wakes < MOST_WAKES; wakes += 1) {
    const next = clock.nextWake();
    await clock.advance(next === undefined ? 0 : next - clock.now());
    idle = next === undefined ? idle + 1 : 0;
    if (idle > MOST_IDLE / 2) await sleep(1); // a module may be loading
  }
  if (!state.settled) throw new Error('nobody sleeps and nothing happens, or somebody sleeps for ever');
  return promise;
}

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 4_294_967_296;
  };
}
