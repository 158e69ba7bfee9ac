import type { Clock } from '../../ground/clock.js';
import { throwIfAborted } from '../../ground/clocks/abort.js';
import { isPosternError, WaitError, type CloudError } from '../../ground/errors.js';
import { isToleratedOutage } from './outcome.js';

/** The object of a wait, how it is read, and for how long. */
export interface WaitForOptions<T> {
  /** What is waited for, for errors: `VPC link abc123`. */
  readonly what: string;
  readonly read: () => Promise<T>;
  /** The state of the value read, in the terms of `pending` and `target`. */
  readonly status: (value: T) => string;
  /** The cloud's sentence about the state. */
  readonly reason?: ((value: T) => string | undefined) | undefined;
  /** States in which the wait continues. Any state that is neither pending nor target ends the wait. */
  readonly pending: readonly string[];
  readonly target: readonly string[];
  /** How many reads in a row must show a target state, where lists may lag and a state may seem to go back. Default 1. */
  readonly stableReads?: number | undefined;
  readonly timeoutMs: number;
  readonly pollMs: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Called after each read that has to be repeated. */
  readonly onWait?: ((progress: { readonly status: string; readonly elapsedMs: number }) => void) | undefined;
}

/**
 * The most that one read counts. A longer one was not that long: the process or the machine was suspended, and its answer is from before.
 */
const LONGEST_READ_MS = 60_000;

/**
 * Reads until the state is one of `target`, and returns the last value. The timeout is measured on the
 * monotonic clock, without the time in which the process or machine was suspended. The last read happens when it is over.
 * @throws {WaitError} `WAIT_FAILED` for a state that is neither pending nor target, documented or not;
 *   `WAIT_TIMEOUT`.
 * @throws {PosternError} `ABORTED`, and all errors of `read`; for an endpoint that cannot be reached after
 *   the first read only after three minutes.
 */
export async function waitFor<T>(options: WaitForOptions<T>): Promise<T> {
  const { what, read, status, reason, pending, target, stableReads = 1, timeoutMs, pollMs, clock, signal } = options;
  let [atMs, elapsedMs] = [clock.monotonicMs(), 0];
  const count = (): void => {
    const nowMs = clock.monotonicMs();
    elapsedMs += Math.min(nowMs - atMs, pollMs + LONGEST_READ_MS);
    atMs = nowMs;
  };
  const pause = (ms: number): Promise<void> =>
    clock.sleep(Math.max(1, ms), signal).catch((error: unknown) => {
      throwIfAborted(`wait for ${what}`, signal);
      throw error;
    });
  let lastReadMs: number | undefined;
  for (let good = 0; ;) {
    throwIfAborted(`wait for ${what}`, signal);
    let value: T;
    try {
      value = await read();
    } catch (error) {
      count();
      if (lastReadMs === undefined || !isPosternError(error)) throw error;
      if (!isToleratedOutage(error as CloudError, elapsedMs - lastReadMs)) throw error;

      await pause(pollMs);
      continue;
    }
    count();
    lastReadMs = elapsedMs;
    const lastStatus = status(value);
    good = target.includes(lastStatus) ? good + 1 : 0;
    if (good >= stableReads) return value;
    if (good === 0 && !pending.includes(lastStatus)) {
      throw new WaitError('WAIT_FAILED', `${what} is ${lastStatus}${sentence(reason?.(value))}`, {
        lastStatus,
        elapsedMs,
      });
    }

    const leftMs = timeoutMs - elapsedMs;
    if (leftMs <= 0) {
      const seconds = Math.round(elapsedMs / 1_000);
      throw new WaitError('WAIT_TIMEOUT', `${what} is still ${lastStatus} after ${seconds} s`, {
        lastStatus,
        elapsedMs,
        remedy: 'Run again later; it continues where this run stopped.',
      });
    }

    options.onWait?.({ status: lastStatus, elapsedMs });
    await pause(Math.min(pollMs, leftMs));
  }
}

function sentence(reason: string | undefined): string {
  return reason === undefined || reason === '' ? '' : `: ${reason}`;
}
