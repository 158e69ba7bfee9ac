import type { Clock } from '../clock.js';
import { PosternError } from '../errors.js';
import { abortable } from './abort.js';
import { realClock } from './real-clock.js';

/**
 * The time of a simulated cloud: `now` in milliseconds since the epoch, `speed` in simulated seconds per
 * second (0: stands still).
 */
export interface RemoteTime {
  readonly now: number;
  readonly speed: number;
  /**
   * Time jumps to the end of the next wait when no other work is in progress; `RemoteClockOptions.wait`
   * registers a wait there.
   */
  readonly auto?: boolean | undefined;
}

/** How the clock of a simulator is read. */
export interface RemoteClockOptions {
  /** Reads the remote clock, as with `GET /_postern/clock`. */
  readonly read: () => Promise<RemoteTime>;
  /**
   * Waits on the remote, as with `POST /_postern/sleep`, where time is `auto`: resolves with the remote's time
   * when `ms` of it have passed.
   */
  readonly wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<RemoteTime>) | undefined;
  /**
   * The interval of readings during a wait, in real milliseconds, so that a remote `advance` ends it early.
   * Default 200.
   */
  readonly recheckMs?: number | undefined;
  /** Real time; another clock only in tests. */
  readonly local?: Clock | undefined;
}

const RECHECK_MS = 200;
/**
 * A larger step back in time than this, in real milliseconds, which network delay does not explain, means
 * that the remote was reset.
 */
const RESET_TOLERANCE_MS = 1_000;

/**
 * A clock that follows a simulated cloud's clock. A wait of ten minutes takes ten seconds at speed 60, and
 * ends at once when the remote clock is advanced. Between readings time advances at the last known speed.
 * When a reading fails during a wait, the wait continues at that speed. At speed 0 such a wait would never
 * end, so it rejects with the reading's error.
 * @throws {PosternError} `BAD_RESPONSE` when the remote's answer is not a time; whatever `read` rejects with.
 */
export async function remoteClock(options: RemoteClockOptions): Promise<Clock> {
  const { read, wait, recheckMs = RECHECK_MS, local = realClock() } = options;
  let base = { ...checked(await read()), local: local.monotonicMs() };
  let resets = 0; // what resets of the remote took away; the monotonic clock does not follow them
  let latest = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const now = (): number => base.now + (local.monotonicMs() - base.local) * base.speed;
  const monotonicMs = (): number => {
    latest = Math.max(latest, now() + resets);
    return latest;
  };

  /** `at`: when the remote's clock was read, on the local clock. */
  const adopt = (time: RemoteTime, at: number): void => {
    const expected = now();
    if (time.now < expected - RESET_TOLERANCE_MS * Math.max(1, base.speed)) resets += expected - time.now;
    base = { ...time, local: at };
  };
  const refresh = async (): Promise<void> => {
    const asked = local.monotonicMs();
    const time = checked(await read());
    adopt(time, (asked + local.monotonicMs()) / 2);
  };
  /** One reading serves all waiters; one that is in progress is recent enough. */
  const share = (): Promise<void> => {
    if (local.monotonicMs() - base.local < recheckMs / 2) return Promise.resolve();

    reading ??= refresh().finally(() => {
      reading = undefined;
    });
    return reading;
  };

  return {
    now,
    monotonicMs,
    speed: () => base.speed,
    sleep: async (ms, signal) => {
      if (signal?.aborted) throw signal.reason;

      const end = monotonicMs() + ms;
      for (let left = ms; left > 0; left = end - monotonicMs()) {
        if (base.auto === true && wait !== undefined) {
          const time = checked(await abortable(wait(left, signal), signal));
          adopt(time, local.monotonicMs());
          continue;
        }

        const realMs = base.speed > 0 ? Math.min(left / base.speed, recheckMs) : recheckMs;
        await local.sleep(Math.max(realMs, 1), signal);
        if (end - monotonicMs() <= 0) break;

        try {
          await abortable(share(), signal);
        } catch (error) {
          if (signal?.aborted || base.speed === 0) throw error;
        }
      }
    },
  };
}

function checked({ now, speed, auto }: RemoteTime): RemoteTime {
  if (Number.isFinite(now) && Number.isFinite(speed) && speed >= 0) return { now, speed, auto };

  throw new PosternError(
    'BAD_RESPONSE',
    `remote clock: expected { now, speed }, got ${String(now)} and ${String(speed)}`,
    { remedy: 'Check that the address is that of a simulated cloud.' },
  );
}
