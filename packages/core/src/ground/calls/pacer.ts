import type { Clock } from '../clock.js';
import { abortable } from '../clocks/abort.js';
import type { PaceKey, Pacer, RateLimit } from './pace.js';
import { tokenBucket, type TokenBucket } from './token-bucket.js';
import { PosternError } from '../errors.js';

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
