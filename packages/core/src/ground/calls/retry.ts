import type { CloudError } from '../errors.js';

/** How long and how often a call is tried again. */
export interface RetryPolicy {
  /** Calls in all, the first included. */
  readonly attempts: number;
  /** Shortest delay, in milliseconds. */
  readonly baseMs: number;
  /** Shortest delay after "too many requests", in milliseconds. */
  readonly throttledBaseMs: number;
  /** Longest delay that the cloud did not request, in milliseconds. */
  readonly capMs: number;
  /** No attempt begins later than this after the first, in milliseconds. */
  readonly totalMs: number;
}

/** Covers a minute of throttling without a given wait time, with about ten calls, and no more than 24. */
export const RETRY_POLICY: RetryPolicy = {
  attempts: 24,
  baseMs: 500,
  throttledBaseMs: 1_000,
  capMs: 20_000,
  totalMs: 180_000,
};

/**
 * How long a call is tried again whose failure is not worth more, in milliseconds: it was answered by a page that is not the
 * service's (a proxy, an emulator without that service), or what it reads serves checks only.
 */
const BRIEF_MS = 10_000;

/** What is known of the failure that a delay follows. */
export interface RetryReason {
  readonly throttled?: boolean | undefined;
  /** Tried again for 10 seconds at most. */
  readonly brief?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
}

/** The delays of one call's attempts. */
export interface RetryDelays {
  /**
   * Milliseconds until the next attempt, or `undefined` when there is none: attempts or time are used up, or the cloud
   * requests a longer wait (`retryAfterMs`) than the remaining time. `elapsedMs` counts from the first attempt.
   */
  readonly next: (elapsedMs: number, reason?: RetryReason) => number | undefined;
}

/**
 * Decorrelated jitter: each delay is drawn between the base and three times the one before, under a cap, so that callers
 * who failed together do not come back together. A cloud's own retry-after is a lower bound.
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function retryDelays(random: () => number, policy: RetryPolicy = RETRY_POLICY): RetryDelays {
  let attempts = 1;
  let previousMs = policy.baseMs;
  return {
    next: (elapsedMs, { throttled = false, brief = false, retryAfterMs = 0 } = {}) => {
      const totalMs = brief ? Math.min(BRIEF_MS, policy.totalMs) : policy.totalMs;
      attempts += 1;
      const baseMs = throttled ? policy.throttledBaseMs : policy.baseMs;
      const longestMs = Math.max(previousMs, baseMs) * 3;
      previousMs = Math.min(policy.capMs, baseMs + random() * (longestMs - baseMs));
      const delayMs = Math.max(previousMs, retryAfterMs);
      return attempts <= policy.attempts && elapsedMs + delayMs <= totalMs ? delayMs : undefined;
    },
  };
}

/**
 * Marks the error with which the one layer that retries gives up, so that the layers above do not multiply its attempts:
 * `call` retries what is safe to send twice, `createOnce` creates, `repeat` what neither of them does.
 */
export function exhaust(error: CloudError): CloudError {
  (error as { exhausted: boolean }).exhausted = true;
  return error;
}
