import type { PaceKey, RateLimit, Clock } from '@postern/core/internal/adapter';
import { keyOf, type Ingress } from '../engine/ingress.js';
import { bucketKey, type Bucket } from '../services/pacer.js';

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

/** The account and region of a bucket. */
const placeKey = ({ provider, account, region }: PaceKey): string => keyOf(provider, account, region);

/** The name of a bucket in its account and region. */
const nameOf = ({ operation }: PaceKey, { shared }: RateLimit): string =>
  shared === undefined ? operation : `shared ${shared}`;

export const bucketOfCall = (key: PaceKey, limit: RateLimit): string => bucketKey(placeKey(key), nameOf(key, limit));

/** A turn may be used for so long after it is due: a worker that reserves some at a time does not use each at once. */
const LATE_MS = 5_000;

/** A worker reserves the turns of so many milliseconds at a time. More workers than are in a burst would exceed the rate by these. */
const AHEAD_MS = 400;

/** A call that waits for a turn: it is given how long to wait, or why there is none. */
type Asked = { readonly give: (ms: number) => void; readonly fail: (error: unknown) => void };

/** A bucket, the turns of it that are reserved (their instants), and who waits for more. */
type Lane = { readonly name: string; readonly bucket: Bucket; turns: number[]; asked: Asked[] };

/** The lanes of an account and region. `isAsking`: a call of the engine is under way. */
type PlaceLanes = { readonly lanes: Map<string, Lane>; isAsking: boolean };

/** The pace by the engine's objects `pacer`. `timeScale`: how many times faster than real time the clouds are. */
export function sharedPace(ingress: Ingress, clock: Pick<Clock, 'now'>, timeScale: number): SharedPace {
  const places = new Map<string, PlaceLanes>();
  const now = (): number => clock.now() / timeScale;
  const bucketOf = ({ perSecond, burst }: RateLimit): Bucket => ({ intervalMs: 1_000 / perSecond / timeScale, burst });

  /** One call for all that wait for turns of a place; who comes meanwhile is in the next one. */
  const ask = async (place: string, of: PlaceLanes): Promise<void> => {
    const asking = [...of.lanes.values()]
      .filter(({ asked }) => asked.length > 0)
      .map((lane) => ({ lane, asked: lane.asked.splice(0) }));
    const wanted = asking.map(({ lane: { name, bucket }, asked }) => {
      const ahead = Math.floor(AHEAD_MS / bucket.intervalMs);
      return { name, ...bucket, count: Math.max(asked.length, ahead) };
    });
    try {
      const input = { wanted, nowMs: now() };
      const waits = await ingress.call<readonly (readonly number[])[]>('pacer', place, 'reserve', input);
      const atMs = performance.now();
      for (const [at, { lane, asked }] of asking.entries()) {
        const turns = waits[at] ?? [];
        for (const [which, { give }] of asked.entries()) give(turns[which] ?? 0);
        lane.turns.push(...turns.slice(asked.length).map((ms) => atMs + ms));
      }
    } catch (error) {
      for (const { asked } of asking) for (const { fail } of asked) fail(error);
    }
  };
  const askAll = async (place: string, of: PlaceLanes): Promise<void> => {
    of.isAsking = true;
    // Calls that begin side by side ask at the same time.
    await new Promise((resolve) => setImmediate(resolve));
    while ([...of.lanes.values()].some(({ asked }) => asked.length > 0)) await ask(place, of);
    of.isAsking = false;
  };
  return {
    now,
    errorMs: ingress.errorMs,
    bucketOf,
    reserve: (key, limit) => {
      const place = placeKey(key);
      const of = places.get(place) ?? { lanes: new Map<string, Lane>(), isAsking: false };
      places.set(place, of);
      const name = nameOf(key, limit);
      const lane = of.lanes.get(name) ?? { name, bucket: bucketOf(limit), turns: [], asked: [] };
      of.lanes.set(name, lane);
      const nowMs = performance.now();
      lane.turns = lane.turns.filter((dueMs) => dueMs > nowMs - LATE_MS);
      const dueMs = lane.turns.shift();
      if (dueMs !== undefined) return Promise.resolve(Math.max(0, dueMs - nowMs));

      const turn = new Promise<number>((give, fail) => lane.asked.push({ give, fail }));
      if (!of.isAsking) void askAll(place, of);
      return turn;
    },
    slowDown: (key, limits, waitMs) => {
      const place = placeKey(key);
      const buckets = limits.map((limit) => ({ name: nameOf(key, limit), ...bucketOf(limit) }));
      for (const { name } of buckets) {
        const lane = places.get(place)?.lanes.get(name);
        if (lane !== undefined) lane.turns = [];
      }
      const input = { buckets, waitMs: waitMs / timeScale, nowMs: now() };
      ingress.send('pacer', place, 'slowDown', input).catch(() => undefined); // the next refusal says it again
    },
  };
}
