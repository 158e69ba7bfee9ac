import { CloudError } from '../errors.js';
import type { Clock } from '../clock.js';
import { momentOf } from '../clocks/cloud-time.js';

/**
 * Asked before each attempt of a call that changes something: a lock without a fence is a hope. A process that slept may have lost its
 * lock to another one, which has meanwhile done, or undone, its work.
 */
export interface WriteFence {
  /**
   * Notes that the call is about to be sent, and until when it can take effect. `acceptedMs`: how long the cloud accepts a signature.
   * What it resolves with is asked once more right before the request leaves.
   * @throws {PosternError} `JOURNAL_WRITE_FAILED` where another process has taken over the lock: nothing more may be changed
   */
  readonly permit: (operation: string, acceptedMs: number) => Promise<BeforeSend>;
}

/** Asked when the request is signed, before its first byte leaves. @throws {NotSent} {PosternError} */
export type BeforeSend = () => void;

/**
 * No attempt of a change is sent later than this after it was permitted, in milliseconds of the machine: between the two nothing is
 * waited for but the machine, also where the time of a simulated cloud is fast. Less than the time after which another process takes a
 * lock over (20 s of the machine, refreshed every 5 s): whoever takes it over has only to wait for requests that are on their way.
 */
export const SEND_MS = 10_000;

/** A change that was ready to be sent after its deadline, and was not sent: it is permitted, and signed, anew. */
export class NotSent extends CloudError {}

/** Milliseconds since now, by the time that passed more on either clock: a machine that sleeps may stop the one that only goes forward. */
export function passedSince(clock: Pick<Clock, 'now' | 'monotonicMs'>): () => number {
  const from = momentOf(clock);
  return () => {
    const { nowMs, monotonicMs } = momentOf(clock);
    return Math.max(nowMs - from.nowMs, monotonicMs - from.monotonicMs);
  };
}

/** @throws {NotSent} where more than {@link SEND_MS} have passed */
export function requireInTime(passedMs: number, operation: string): void {
  if (passedMs <= SEND_MS) return;

  const message = `it was ready only after ${Math.round(passedMs / 1_000)} s, and was not sent`;
  throw new NotSent('WAIT_TIMEOUT', message, { operation });
}
