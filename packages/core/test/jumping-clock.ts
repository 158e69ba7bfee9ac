import type { Clock } from '../src/internal/library.js';

/** A clock that follows another one, and is set while it runs. */
export interface JumpingClock {
  readonly clock: Clock;
  /** Adds to the time of the machine, and to the time that has passed, as the sleep of a machine may. */
  readonly jump: (wallMs: number, passedMs?: number) => void;
}

/** A clock with the waits of `clock`. */
export function jumpingClock(clock: Clock): JumpingClock {
  let [wall, passed] = [0, 0];
  return {
    clock: { ...clock, now: () => clock.now() + wall, monotonicMs: () => clock.monotonicMs() + passed },
    jump: (wallMs, passedMs = 0) => {
      wall += wallMs;
      passed += passedMs;
    },
  };
}
