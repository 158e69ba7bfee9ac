import type { Clock } from '../clock.js';
import { InvalidInputError } from '../errors.js';
import { onAbort } from './abort.js';

/** The default start of simulated time: 2026-06-01T00:00:00Z. */
const SIMULATED_START_MS = 1_780_272_000_000;

/** A clock that stands still until `advance` is called. */
export interface SimulatedClock extends Clock {
  /**
   * Moves time forward by `ms` and wakes each sleeper at its own time, in order. A sleeper may sleep again
   * within the same advance. Resolves when all due sleepers have been woken and have run.
   * @throws {InvalidInputError} `INVALID_INPUT` when `ms` is not a finite number ≥ 0.
   */
  readonly advance: (ms: number) => Promise<void>;
  /** The time (as `now`) at which the next sleeper wakes; `undefined` when there are no sleepers. */
  readonly nextWake: () => number | undefined;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** Time for tests: it starts at `startMs` (milliseconds since the epoch) and moves only with `advance`. */
export function simulatedClock(startMs: number = SIMULATED_START_MS): SimulatedClock {
  let now = startMs;
  let sleepers: readonly Sleeper[] = []; // sorted by moment; equal moments in the order in which they came
  let advances: Promise<void> = Promise.resolve();

  const drop = (sleeper: Sleeper): void => {
    sleepers = sleepers.filter((other) => other !== sleeper);
  };

  const sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      if (!(ms > 0)) return resolve();

      const abort = (): void => {
        drop(sleeper);
        reject(signal?.reason);
      };
      const sleeper: Sleeper = {
        at: now + ms,
        wake: () => {
          stop();
          resolve();
        },
      };
      const later = sleepers.findIndex((other) => other.at > sleeper.at);
      sleepers = later === -1 ? [...sleepers, sleeper] : sleepers.toSpliced(later, 0, sleeper);
      const stop = onAbort(signal, abort);
    });

  const advanceTo = async (end: number): Promise<void> => {
    await turn(); // a later sleeper counts from the present time
    for (let next = sleepers[0]; next && next.at <= end; next = sleepers[0]) {
      now = Math.max(now, next.at);
      drop(next);
      next.wake();
      await turn();
    }
    now = end;
  };

  return {
    now: () => now,
    monotonicMs: () => now - startMs,
    sleep,
    nextWake: () => sleepers[0]?.at,
    advance: (ms) => {
      if (!(ms >= 0 && Number.isFinite(ms))) {
        return Promise.reject(
          new InvalidInputError('INVALID_INPUT', `advance: ${ms} is not a number of milliseconds ≥ 0`),
        );
      }

      advances = advances.then(() => advanceTo(now + ms)); // two advances at once follow each other
      return advances;
    },
  };
}

/** Runs everything that is ready: all microtasks, and one round of the event loop. */
function turn(): Promise<void> {
  // Where there is setImmediate it costs microseconds; a timer costs a millisecond.
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  return new Promise((resolve) => {
    if (setImmediate) setImmediate(resolve);
    else setTimeout(resolve, 0);
  });
}
