import type { Clock } from '@postern/core';
import type { PaceKey, RateLimit } from '@postern/core/adapter';
import { keyOf } from '../engine/names.js';
import type { Ingress } from '../engine/ingress.js';
import type { Bucket } from '../services/pacer.js';

/** Turns of buckets that all workers share. */
export interface SharedPace {
  /** How long to wait for the next turn of a bucket, in milliseconds. */
  readonly reserve: (key: PaceKey, limit: RateLimit) => Promise<number>;
  /** The cloud asked for fewer calls of these buckets. */
  readonly slowDown: (key: PaceKey, limits: readonly RateLimit[], waitMs: number) => void;
  /** The clouds' clock, in milliseconds of the machines. */
  readonly now: () => number;
  /** How far that may be from the clocks of others, in milliseconds. */
  readonly errorMs: () => number;
  readonly bucketOf: (limit: RateLimit) => Bucket;
}

/** The key of a bucket. */
export const bucketKey = ({ provider, account, region, operation }: PaceKey, { shared }: RateLimit): string =>
  keyOf(provider, account, region, shared === undefined ? operation : `shared ${shared}`);

/** A turn may be used for so long after it is due: a worker that reserves some at a time does not use each at once. */
const LATE_MS = 5_000;

/** A worker reserves the turns of so many milliseconds at a time. More workers than are in a burst would exceed the rate by these. */
const AHEAD_MS = 400;

/** The pace by the engine's object `pacer`. `timeScale`: how many times faster than real time the clouds are. */
export function sharedPace(ingress: Ingress, clock: Pick<Clock, 'now'>, timeScale: number): SharedPace {
  const kept = new Map<string, { turns: number[]; last: Promise<unknown> }>();
  const now = (): number => clock.now() / timeScale;
  const bucketOf = ({ perSecond, burst }: RateLimit): Bucket => ({ intervalMs: 1_000 / perSecond / timeScale, burst });
  return {
    now,
    errorMs: ingress.errorMs,
    bucketOf,
    reserve: (key, limit) => {
      const id = bucketKey(key, limit);
      const lane = kept.get(id) ?? { turns: [], last: Promise.resolve() };
      kept.set(id, lane);
      const bucket = bucketOf(limit);
      const turn = lane.last.then(async () => {
        const nowMs = performance.now();
        lane.turns = lane.turns.filter((dueMs) => dueMs > nowMs - LATE_MS);
        if (lane.turns.length === 0) {
          const count = Math.max(1, Math.floor(AHEAD_MS / bucket.intervalMs));
          const wanted = { ...bucket, count, nowMs: now() };
          const waits = await ingress.call<readonly number[]>('pacer', id, 'reserve', wanted);
          lane.turns = waits.map((ms) => performance.now() + ms);
        }
        return Math.max(0, (lane.turns.shift() ?? nowMs) - performance.now());
      });
      lane.last = turn.catch(() => undefined);
      return turn;
    },
    slowDown: (key, limits, waitMs) => {
      for (const limit of limits) {
        const id = bucketKey(key, limit);
        kept.delete(id);
        const input = { ...bucketOf(limit), waitMs: waitMs / timeScale, nowMs: now() };
        ingress.send('pacer', id, 'slowDown', input).catch(() => undefined); // the next refusal says it again
      }
    },
  };
}
