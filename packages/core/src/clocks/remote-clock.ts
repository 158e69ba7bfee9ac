import type { Clock } from '../clock.js';
import { PosternError } from '../errors.js';
import { abortable } from './abort.js';
import { realClock } from './real-clock.js';

/** What a simulated cloud says of its time: `now` in milliseconds since the epoch, `speed` simulated seconds a second (0: stands still). */
export interface RemoteTime {
  readonly now: number;
  readonly speed: number;
  /** Time jumps to the end of the next wait whenever nothing else is under way; `RemoteClockOptions.wait` makes a wait known there. */
  readonly auto?: boolean | undefined;
}

/** How the clock of a simulator is asked. */
export interface RemoteClockOptions {
  /** Asks the remote, as with `GET /_postern/clock`. */
  readonly read: () => Promise<RemoteTime>;
  /** Waits over there, as with `POST /_postern/sleep`, where time is `auto`: resolves when `ms` of the remote's time have passed. */
  readonly wait?: ((ms: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
  /** How often a wait asks again, in real milliseconds, so that an `advance` over there ends it early. Default 200. */
  readonly recheckMs?: number | undefined;
  /** Real time; another clock only in tests. */
  readonly local?: Clock | undefined;
}

const RECHECK_MS = 200;
/** An answer that lies further back than its way could explain (in real milliseconds) means that the remote was reset. */
const RESET_TOLERANCE_MS = 1_000;

/**
 * A clock that follows a simulated cloud's: a wait of ten minutes takes ten seconds at speed 60, and ends at once when the
 * remote is advanced. Between readings time goes on at the last known speed. When a reading fails during a wait, the wait
 * goes on by reckoning; at speed 0 that would be for ever, so it rejects with the reading's error.
 * @throws {PosternError} `BAD_RESPONSE` when the remote's answer is no time; whatever `read` rejects with.
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

  const refresh = async (): Promise<void> => {
    const asked = local.monotonicMs();
    const time = checked(await read());
    const answered = local.monotonicMs();
    const expected = now();
    if (time.now < expected - RESET_TOLERANCE_MS * Math.max(1, base.speed)) resets += expected - time.now;
    base = { ...time, local: (asked + answered) / 2 };
  };
  /** One reading serves all who wait; a fresh one is good enough. */
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
    sleep: async (ms, signal) => {
      if (signal?.aborted) throw signal.reason;
      const end = monotonicMs() + ms;
      for (let left = ms; left > 0; left = end - monotonicMs()) {
        if (base.auto === true && wait !== undefined) {
          await abortable(wait(left, signal), signal);
          await abortable(refresh(), signal);
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
    {
      remedy: 'Check that the address is that of a simulated cloud.',
    },
  );
}
