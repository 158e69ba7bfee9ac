import { InvalidInputError } from '../errors.js';
import type { RateLimit } from './pace.js';

/** The lowest rate, as a part of the limit, for any number of "too many requests" answers. */
const LOWEST_FACTOR = 1 / 64;
/** A lowered rate doubles in this time until it is whole again. */
const RECOVERY_MS = 30_000;
/** "Too many requests" answers to concurrent calls count as one. */
const SAME_STORM_MS = 1_000;
/** Sums of fractions must not keep a caller waiting for a millionth of a token. */
const ALMOST = 1 - 1e-6;

/**
 * A token bucket whose rate halves on "too many requests", and recovers. Time is an argument, in
 * milliseconds, monotonic.
 */
export interface TokenBucket {
  /** Milliseconds until a token is there; 0 when one is. */
  readonly waitMs: (nowMs: number) => number;
  readonly take: () => void;
  /** Empties the bucket and halves its rate, once per storm. */
  readonly slowDown: (nowMs: number) => void;
}

/** @throws {InvalidInputError} `INVALID_INPUT` when the limit's numbers are not positive and finite. */
export function tokenBucket(limit: RateLimit, nowMs: number): TokenBucket {
  const { perSecond, burst } = limit;
  if (!(perSecond > 0 && Number.isFinite(perSecond) && burst > 0)) {
    throw new InvalidInputError(
      'INVALID_INPUT',
      `pace: ${perSecond} a second with a burst of ${burst} is not a valid rate`,
    );
  }
  const capacity = Math.max(1, burst);
  let tokens = capacity;
  let countedAt = nowMs;
  let factor = 1;
  let slowedAt = Number.NEGATIVE_INFINITY;

  const currentFactor = (now: number): number => Math.min(1, factor * 2 ** ((now - slowedAt) / RECOVERY_MS));
  const rateMs = (now: number): number => (perSecond / 1_000) * (factor < 1 ? currentFactor(now) : 1);
  const count = (now: number): void => {
    tokens = Math.min(capacity, tokens + Math.max(0, now - countedAt) * rateMs(now));
    countedAt = now;
  };

  return {
    waitMs: (now) => {
      count(now);
      return tokens >= ALMOST ? 0 : (1 - tokens) / rateMs(now);
    },
    take: () => {
      tokens -= 1;
    },
    slowDown: (now) => {
      count(now);
      tokens = Math.min(tokens, 0);
      if (now - slowedAt < SAME_STORM_MS) return;
      factor = Math.max(LOWEST_FACTOR, (factor < 1 ? currentFactor(now) : 1) / 2);
      slowedAt = now;
    },
  };
}
