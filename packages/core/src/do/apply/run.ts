import type { CallContext } from '../../ground/calls/call-context.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { PaceKey } from '../../ground/calls/pacer.js';
import type { Json } from '../../ground/json.js';
import type { Driver } from '../driver.js';
import type { Unit } from '../plan/plan.js';
import type { LinkRef } from '../model/reference.js';

/** The concurrency of a step, and the step that it is a part of. */
export interface StepOptions {
  /** Steps with the same key never overlap: writes to one gateway. */
  readonly exclusive?: string | undefined;
  /**
   * Where one step of the plan needs several of the run: the name of this one. `id` and `part` together are
   * unique in a unit.
   */
  readonly part?: string | undefined;
  /**
   * Whether the step is started also after an abort, and its calls wait for their turn: it removes what the unit created
   * for a moment.
   */
  readonly cleansUp?: boolean | undefined;
  /** Whether the step reads whole lists, which takes many minutes in a large account. It begins at most one change, at its end. */
  readonly reads?: boolean | undefined;
  /** Whether the effect needs `StepAttempt.again` or `CallContext.again`: an engine records that it begins before it does. */
  readonly needsAgain?: boolean | undefined;
}

/** What an effect receives about its own attempt. */
export interface StepAttempt {
  /** It may have begun before, in a process that ended before the answer was recorded. */
  readonly again: boolean;
}

/**
 * The only interface between a unit and its environment. The same unit runs on a journal file in one process
 * or on a durable workflow engine, so unit code has no clock, timer, randomness or fetch of its own. An
 * engine may execute a unit again from its first line, with the answers that it recorded: given the same
 * answers, a unit makes the same requests in the same order.
 */
export interface Run {
  /** Stable: the link's or the integration's name. */
  readonly unit: string;
  /** Runs `effect` at least once and keeps its answer, which is plain JSON without secrets. */
  readonly step: <T extends Json>(
    id: string,
    effect: (ctx: CallContext, attempt: StepAttempt) => Promise<T>,
    options?: StepOptions,
  ) => Promise<T>;
  /** Waits; survives the process. No effect sleeps for longer than a call is retried. */
  readonly sleep: (id: string, ms: number) => Promise<void>;
  /**
   * Waits until a link has a state. Waits for links of one kind in one account and region share one status
   * call per interval.
   */
  readonly until: (id: string, wait: LinkWait) => Promise<StepOutcome<LinkWaitResult>>;
  /** Waits for another unit of the plan, and returns its result. */
  readonly result: (unit: string) => Promise<UnitResult>;
  /** Waits for a turn: account, region and operation. */
  readonly slot: (id: string, key: PaceKey) => Promise<void>;
  /** Requests a decision from a user. */
  readonly decision: <T extends Json>(id: string, question: Json) => Promise<T>;
}

/** Creates the `Run` of each unit. `place` gives access to the unit's account and region. */
export type Runs = (
  unit: Unit,
  place: { readonly driver: Driver; readonly account: string },
  result: Run['result'],
) => Run;

/** An error as a value that a journal can hold: no stack, no secret. */
export type StepError = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly operation?: string | undefined;
  readonly requestId?: string | undefined;
  /** The step may still have had its effect. */
  readonly outcomeUnknown?: boolean | undefined;
  /** See `CloudError.exhausted`. */
  readonly exhausted?: boolean | undefined;
  /** See `CloudError.unfinished`. */
  readonly unfinished?: boolean | undefined;
};

/** What came of a step: throttling, lost answers and refusals are values, not exceptions. */
export type StepOutcome<T = Json> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: StepError };

/** How many of a unit's steps came to what. */
export interface StepCounts {
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The result of a unit, as plain JSON: the only data that other units get from it. */
export interface UnitResult extends StepCounts {
  /** Links that the unit, and those that it awaited, created. */
  readonly links: UnitLinks;
}

/** The goal of a wait: the link can carry calls, or the link no longer exists. */
export type WaitGoal = 'ready' | 'gone';

export interface LinkWait {
  readonly link: LinkRef;
  readonly goal: WaitGoal;
  readonly timeoutMs: number;
  readonly onWait: (progress: { readonly state: string; readonly elapsedMs: number }) => void;
}

/** The native state, and the minimum time for which the link was watched, in milliseconds. */
export type LinkWaitResult = { readonly state: string; readonly watchedMs: number };

/** Links, with their names in the spec. */
export type UnitLinks = readonly (readonly [name: string, link: LinkRef])[];

/** Waits for a unit of the same plan; see `Run.result`. */
type ResultOf = (unit: string) => Promise<UnitResult>;

/**
 * Starts all units concurrently; each waits for the results of those that it depends on. Rejects only when
 * `perform` does, and then only after all have ended.
 */
export async function schedule(
  units: readonly Unit[],
  perform: (unit: Unit, result: ResultOf) => Promise<UnitResult>,
): Promise<ReadonlyMap<string, UnitResult>> {
  const results = new Map<string, Promise<UnitResult>>();
  const resultOf: ResultOf = (id) =>
    // A plan's units follow what they await, so that is in the map already.
    results.get(id) ?? Promise.reject(new Error(`unit ${id} is not in the plan`));
  for (const unit of units) results.set(unit.id, perform(unit, resultOf));
  await Promise.allSettled(results.values());
  const answers = new Map<string, UnitResult>();
  for (const [id, result] of results) answers.set(id, await result);
  return answers;
}

/** Limits concurrency to a number of tasks, in the order of their arrival. */
export interface Gate {
  readonly run: <T>(work: () => Promise<T>) => Promise<T>;
}

/** A gate for `width` concurrent tasks. */
export function gate(width: number): Gate {
  let free = width;
  const waiting: (() => void)[] = [];
  return {
    async run(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next(); // the slot is passed on directly, so a later task cannot take it
      }
    },
  };
}

/** One lane for each key: work with the same key never overlaps, work without a key is free. */
export function lanes(): { readonly run: <T>(key: string | undefined, work: () => Promise<T>) => Promise<T> } {
  const gates = new Map<string, Gate>();
  return {
    run(key, work) {
      if (key === undefined) return work();

      const lane = gates.get(key) ?? gate(1);
      gates.set(key, lane);
      return lane.run(work);
    },
  };
}
