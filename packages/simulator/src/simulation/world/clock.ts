import type { Clock } from '@postern/core/internal/library';
import type { World } from './world.js';

/** Core's clock, following a world's simulated time. */
export function simulatedClock(world: World): Clock {
  const start = world.now();
  let latest = 0;
  return {
    now: () => world.now(),
    monotonicMs: () => {
      latest = Math.max(latest, world.now() - start); // a reset sets time back; durations never decrease
      return latest;
    },
    speed: () => world.time.speed,
    sleep: (ms, signal) => world.sleep(ms, signal),
  };
}
