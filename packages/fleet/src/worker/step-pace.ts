import { realClock } from '@postern/core';
import type { PaceKey, Pacer, RateLimit } from '@postern/core/adapter';
import { bucketKey, type SharedPace } from './shared-pace.js';

/** A step whose next call is due so late that the engine waits for it: the worker holds nothing meanwhile. */
export type Later = {
  readonly ms: number;
  readonly bucket: string;
  /** When the turn is, on the clock of the machines. */
  readonly dueMs: number;
};

/** The pace of one step. */
export interface StepPace {
  readonly pacer: Pacer;
  /** Resolves when the step has to be begun again later; its effect is given up, and nothing was changed. */
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
 * The pace of a step. `taken` is the turn that the engine has waited for: the first call of its bucket uses it.
 * A step that was given up makes no more calls. Neither does one whose attempt has ended (`attempt`) before it changed something: the
 * engine may have begun another attempt elsewhere.
 */
export function stepPace(shared: SharedPace, taken: Later | undefined, attempt?: AbortSignal): StepPace {
  const clock = realClock(); // turns are due in real time, also where the clouds are faster
  let free = taken;
  let hasBegun = false;
  let isOver = false;
  let giveUp: (later: Later) => void = () => undefined;
  const later = new Promise<Later>((resolve) => {
    giveUp = resolve;
  });
  const never = new Promise<never>(() => undefined);
  const known = new Map<string, readonly RateLimit[]>();

  const isGivenUp = (): boolean => isOver || (attempt?.aborted === true && !hasBegun);

  /** How long to wait for a turn of a bucket. */
  const turnOf = async (key: PaceKey, limit: RateLimit): Promise<{ readonly ms: number; readonly bucket: string }> => {
    const bucket = bucketKey(key, limit);
    if (free?.bucket === bucket) {
      const ms = free.dueMs - Date.now();
      free = undefined;
      if (ms > -LATE_MS) return { ms, bucket };
    }
    return { ms: await shared.reserve(key, limit), bucket };
  };
  return {
    later,
    begin: () => (hasBegun = true),
    pacer: {
      slot: async (key, limits, signal) => {
        if (isGivenUp()) return never;
        known.set(key.operation, limits);
        // One wait for all: a wait for one bucket after that for another would come late to the turn of the other.
        const turns = await Promise.all(limits.map((limit) => turnOf(key, limit)));
        const last = turns.toSorted((a, b) => b.ms - a.ms)[0];
        if (isGivenUp()) return never;
        if (last === undefined) return;
        if (last.ms > PATIENCE_MS && !hasBegun) {
          isOver = true;
          giveUp({ ...last, dueMs: Date.now() + last.ms });
          return never;
        }
        await clock.sleep(last.ms, signal);
        if (isGivenUp()) return never;
      },
      slowDown: (key, retryAfterMs = 0) => shared.slowDown(key, known.get(key.operation) ?? [], retryAfterMs),
    },
  };
}
