import type { Clock } from '../clock.js';
import { abortable } from '../clocks/abort.js';
import { PosternError, InvalidInputError } from '../errors.js';

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
interface TokenBucket {
  /** Milliseconds until a token is there; 0 when one is. */
  readonly waitMs: (nowMs: number) => number;
  readonly take: () => void;
  /** Empties the bucket and halves its rate, once per storm. */
  readonly slowDown: (nowMs: number) => void;
}

/** @throws {InvalidInputError} `INVALID_INPUT` when the limit's numbers are not positive and finite. */
function tokenBucket(limit: RateLimit, nowMs: number): TokenBucket {
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

/**
 * The conditions for a call of one kind: its turn, the earliest time that the cloud allows, and a token of
 * every bucket.
 */
interface Lane {
  last: Promise<unknown>;
  notBefore: number;
  /** Of the last call, and its buckets. An adapter has one list for each operation. */
  limits: readonly RateLimit[] | undefined;
  buckets: readonly TokenBucket[];
}

/**
 * Token buckets on `clock`. Calls of one kind get their slots in the order of their requests. A call under
 * several limits needs a token of each at the same moment. An abort releases the slot and takes no token.
 * Limits that name the same `shared` bucket draw from it together, for all their operations.
 */
export function createPacer(clock: Clock): Pacer {
  const lanes = new Map<string, Lane>();
  const buckets = new Map<string, TokenBucket>();

  const laneOf = (key: PaceKey): Lane => {
    const id = keyText(key, `operation ${key.operation}`);
    const known = lanes.get(id);
    if (known !== undefined) return known;

    const lane: Lane = {
      last: Promise.resolve(),
      notBefore: Number.NEGATIVE_INFINITY,
      limits: undefined,
      buckets: [],
    };
    lanes.set(id, lane);
    return lane;
  };

  const bucketOf = (key: PaceKey, limit: RateLimit): TokenBucket => {
    const scope = limit.shared === undefined ? `operation ${key.operation}` : `shared ${limit.shared}`;
    const id = keyText(key, scope, String(limit.perSecond), String(limit.burst));
    const bucket = buckets.get(id) ?? tokenBucket(limit, clock.monotonicMs());
    buckets.set(id, bucket);
    return bucket;
  };

  const take = async (lane: Lane, signal: AbortSignal | undefined): Promise<void> => {
    for (;;) {
      if (signal?.aborted) throw signal.reason;

      const now = clock.monotonicMs();
      const waitMs = Math.max(lane.notBefore - now, ...lane.buckets.map((bucket) => bucket.waitMs(now)));
      if (waitMs <= 0) break;

      await clock.sleep(Math.max(1, Math.ceil(waitMs)), signal);
    }
    for (const bucket of lane.buckets) bucket.take();
  };

  return {
    slot: (key, limits, signal) => {
      if (signal?.aborted) return Promise.reject(signal.reason);

      const lane = laneOf(key);
      if (lane.limits !== limits) lane.buckets = limits.map((limit) => bucketOf(key, limit));
      lane.limits = limits;
      const turn = lane.last.then(() => take(lane, signal));
      lane.last = turn.catch(() => undefined);
      return abortable(turn, signal);
    },
    slowDown: (key, retryAfterMs = 0) => {
      const now = clock.monotonicMs();
      const lane = laneOf(key);
      lane.notBefore = Math.max(lane.notBefore, now + retryAfterMs);
      for (const bucket of lane.buckets) bucket.slowDown(now);
    },
  };
}

/** One text for several parts: JSON distinguishes `a|b` from `a`, `b`. */
function keyText(key: PaceKey, ...rest: readonly string[]): string {
  return JSON.stringify([key.provider, key.account, key.region, ...rest]);
}

/** Runs tasks with the same key one after the other, in the order in which they came. */
export type Queue = <T>(key: string, task: () => Promise<T>, signal?: AbortSignal) => Promise<T>;

/**
 * One queue per key, for adapters. Concurrent writes to one gateway fail in the cloud (AWS: 409 "concurrent
 * modification"; Alibaba Cloud: `ConcurrencyLockTimeout`), so they run one after another here. A task whose
 * signal is aborted while it waits is never started: `ABORTED`.
 */
export function createQueue(): Queue {
  const tails = new Map<string, Promise<unknown>>();
  return (key, task, signal) => {
    const before = tails.get(key) ?? Promise.resolve();
    const run = before.then(() => {
      if (signal?.aborted)
        throw new PosternError('ABORTED', 'aborted while waiting for another write to the same gateway');

      return task();
    });
    const tail = run.catch(() => undefined);
    tails.set(key, tail);
    void tail.then(() => tails.get(key) === tail && tails.delete(key));
    return run;
  };
}

/** One token bucket: calls of one operation, of one account, in one region. */
export interface PaceKey {
  readonly provider: string;
  readonly account: string;
  readonly region: string;
  readonly operation: string;
}

/** The rate limit of an operation: `burst` calls at once, then `perSecond` (0.0667 is one in 15 s). */
export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
  /**
   * The name of a bucket that several operations draw from together, such as an account's requests a second to one service.
   * Without it the limit is the operation's own.
   */
  readonly shared?: string | undefined;
}

/** Token buckets, shared by all users of one context, through any client. */
export interface Pacer {
  /** Resolves when a call of this kind may be sent. */
  readonly slot: (key: PaceKey, limits: readonly RateLimit[], signal?: AbortSignal) => Promise<void>;
  /** The cloud answered "too many requests": the bucket's rate is halved and recovers slowly. */
  readonly slowDown: (key: PaceKey, retryAfterMs?: number) => void;
}
