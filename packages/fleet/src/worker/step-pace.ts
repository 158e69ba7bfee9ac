import { PosternError, realClock } from '@postern/core/internal/library';
import type { PaceKey, Pacer, RateLimit } from '@postern/core/internal/adapter';
import type { Bucket } from '../services/pacer.js';
import { bucketOfCall, type SharedPace } from './shared-pace.js';

/** A turn of a bucket, and when it is due, on `SharedPace.now`. `isOwn`: no other one begins before it has ended. */
export type Turn = { readonly bucket: string; readonly dueMs: number; readonly isOwn?: true };

/** What a step needs before it can go on. The engine waits for it, and the worker holds nothing meanwhile. */
export type Later =
  | { readonly ms: number; readonly turn: Turn }
  /** A turn of a line: it is due an interval after the answer to the call before it. */
  | { readonly bucket: string; readonly line: Bucket }
  /** The turn to write to its gateway. */
  | { readonly isOver: true };

export interface StepPace {
  readonly pacer: Pacer;
  /** Resolves when the step has to be begun again later; its effect is given up: its calls fail, and nothing was changed. */
  readonly later: Promise<Later>;
  /** Called when a call that changes something is sent: from then on the step waits for its turns. */
  readonly begin: () => void;
}

/** A step waits so long for a turn; a longer wait is the engine's. */
const PATIENCE_MS = 10_000;

/** The engine wakes a step so long before its turn, in milliseconds: the rest is waited for exactly. */
export const LEAD_MS = 2_000;

/** A step that comes later than this to its turn takes another one: others of the same time would come at once. */
const LATE_MS = 100;

/**
 * From this interval on, in the clouds' time, the turns of a bucket are a line: calls take longer or shorter than those before, and two of them
 * that were sent an interval apart may arrive within one.
 */
const LINE_MS = 1_000;

const isLine = ({ perSecond }: RateLimit): boolean => 1_000 / perSecond >= LINE_MS;

/**
 * The pace of a step. `taken` is the turn that the engine has waited for: the first call of its bucket uses it.
 * A step that was given up makes no more calls. Neither does one whose attempt has ended (`attempt`): the engine may have begun another
 * attempt elsewhere, which looks at what was changed.
 */
export function stepPace(shared: SharedPace, taken: Turn | undefined, attempt?: AbortSignal): StepPace {
  const clock = realClock(); // turns are due in real time, also where the clouds are faster
  let free = taken;
  let hasBegun = false;
  let isOver = false;
  let resolveLater: (later: Later) => void = () => undefined;
  const later = new Promise<Later>((resolve) => {
    resolveLater = resolve;
  });
  const known = new Map<string, readonly RateLimit[]>();

  const isGivenUp = (): boolean => isOver || attempt?.aborted === true;
  // The effect ends, so that others who wait for it in this process go on. What it comes to is not asked for.
  const ended = (): PosternError => new PosternError('ABORTED', 'the step is begun again');
  const giveUp = (wanted: Later): never => {
    isOver = true;
    resolveLater(wanted);
    throw ended();
  };

  /** How long to wait for a turn of a bucket. */
  const turnOf = async (key: PaceKey, limit: RateLimit): Promise<{ readonly ms: number; readonly bucket: string }> => {
    const bucket = bucketOfCall(key, limit);
    const turn = free?.bucket === bucket ? free : undefined;
    if (turn !== undefined) free = undefined;
    const ms = turn === undefined ? -LATE_MS : turn.dueMs - shared.now();
    // Where the clocks of two workers differ, a turn is never due later than the engine's pacer lets a step wait. Both may be wrong.
    if (turn?.isOwn) return { ms: Math.min(Math.max(0, ms), LEAD_MS) + 2 * shared.errorMs(), bucket };

    return { ms: ms > -LATE_MS ? ms : await shared.reserve(key, limit), bucket };
  };
  return {
    later,
    begin: () => (hasBegun = true),
    pacer: {
      slot: async (key, limits, signal) => {
        if (isGivenUp()) throw ended();

        known.set(key.operation, limits);
        const line = limits.find((limit) => isLine(limit) && free?.bucket !== bucketOfCall(key, limit));
        if (line !== undefined && !hasBegun) giveUp({ bucket: bucketOfCall(key, line), line: shared.bucketOf(line) });
        // One wait for all: a wait for one bucket after that for another would come late to the turn of the other.
        const turns = await Promise.all(limits.map((limit) => turnOf(key, limit)));
        const last = turns.toSorted((a, b) => b.ms - a.ms)[0];
        if (isGivenUp()) throw ended();
        if (last === undefined) return;

        const { ms, bucket } = last;
        if (ms > PATIENCE_MS && !hasBegun) giveUp({ ms, turn: { bucket, dueMs: shared.now() + ms } });
        await clock.sleep(ms, signal);
        if (isGivenUp()) throw ended();
      },
      slowDown: (key, retryAfterMs = 0) => shared.slowDown(key, known.get(key.operation) ?? [], retryAfterMs),
    },
  };
}

/** The pace of reads that are begun once and end: they wait for their turns, however late these are. */
export function readPace(shared: SharedPace): Pacer {
  const { pacer, begin } = stepPace(shared, undefined);
  begin();
  return pacer;
}
