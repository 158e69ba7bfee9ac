import { PosternError, isPosternError, type CallContext } from '@postern/core/internal/library';
import type { Json, Pacer } from '@postern/core/internal/adapter';
import {
  aborted,
  passedSince,
  requireInTime,
  stepContext,
  stepError,
  type StepAttempt,
  type StepError,
  type WriteFence,
} from '@postern/core/internal/engine';
import type { Wish } from './worker-processes.js';
import { AttemptOver, type Setting, READ_MS } from './failures.js';
import { stepPace, type Later, type Turn } from './step-pace.js';

/** The answer of a step, plain JSON. `t`: when it ended, on the clock of the clouds. */
export type Answered<T extends Json> = { readonly t: number } & (
  { readonly v: T } | { readonly e: StepError } | { readonly halt: Exclude<Wish, 'go'> } | { readonly later: Later }
);

/** As it is recorded. `p` names the process. */
export type Recorded<T extends Json> = Answered<T> & { readonly p: string };

/**
 * A step begins no first change after this time, in milliseconds, and finishes what it has begun within as long. One whose attempt is
 * over (the engine or its connection has ended) sends no further call: another worker may have the unit, and begins the step again, as
 * after a kill. The time is below that after which the engine takes a worker for dead (`INACTIVITY_MS`), because an attempt that hangs is never continued elsewhere
 * (restatedev/restate#5196).
 */
const STEP_MS = 60_000;

/** A call that hangs is given up after this time, in milliseconds. */
export const HUNG_MS = 150_000;

/** How a step is carried out. */
export interface StepManner {
  readonly again: boolean;
  /** Whether lists may not show yet what earlier runs have created. */
  readonly isUnseen: boolean;
  readonly cleansUp: boolean;
  /** See `StepOptions.reads`: it has as much time as the reading of a spec. */
  readonly reads?: boolean | undefined;
  /** The turn that the engine waited for. */
  readonly taken: Turn | undefined;
}

/** The step that an attempt of the engine carries out. */
export interface AttemptOfStep {
  readonly run: string;
  /** Its key, of all runs and units. */
  readonly step: string;
  /** Aborted when the engine has given the attempt up: another worker may have the unit. */
  readonly over: AbortSignal;
}

/** Carries out a step in this worker. It rejects only where the engine has to try it again. */
export async function recordedStep<T extends Json>(
  effect: (ctx: CallContext, attempt: StepAttempt) => Promise<T>,
  { again, isUnseen, cleansUp, reads, taken }: StepManner,
  { run, step, over }: AttemptOfStep,
  { control, context, pace, begun: begunSteps }: Setting,
): Promise<Answered<T>> {
  const wish = cleansUp ? 'go' : await control.wish(run);
  const now = (): number => context.clock.now();
  if (wish !== 'go') return { halt: wish, t: now() };

  const paced = stepPace(pace, taken, over);
  if (reads === true) paced.begin(); // a list that is read in part would be read again
  const time = timeOfStep(over, reads === true ? READ_MS : STEP_MS);
  begunSteps.add(step);
  let unpaced: unknown;
  const pacer: Pacer = {
    ...paced.pacer,
    slot: async (key, limits, signal) => {
      try {
        await paced.pacer.slot(key, limits, signal);
      } catch (error) {
        if (isPosternError(error, 'ENDPOINT_UNREACHABLE')) unpaced = error;
        throw error;
      }
      time.look();
      signal?.throwIfAborted();
    },
  };
  let failing: string | undefined;
  const onRetry: CallContext['onRetry'] = (retry) => {
    failing = `${retry.operation} failed and was tried again: ${retry.code}`;
    context.onRetry?.(retry);
  };
  const fence = fenceOf(time);
  const traced = { ...context, pace: pacer, trace: tracing(context, paced.begin), onRetry, fence };
  const begun = stepContext(traced, time.signal);
  try {
    const answer = effect({ ...begun.context, again: again || isUnseen }, { again }).then(
      (v) => ({ v }),
      (error: unknown) => ({ e: stepError(error) }),
    );
    const later = paced.later.then((wanted) => ({ later: wanted }));
    // An effect that was given up ends with an error, which is not the answer of the step.
    const first = await Promise.race([later, answer.then((one) => Promise.race([later, one])), time.hung]);
    const failed = 'e' in first ? first.e : 'v' in first ? failureIn(first.v) : undefined;
    if (failed !== undefined && unpaced !== undefined)
      throw new PosternError('ENDPOINT_UNREACHABLE', 'the engine gave no turn for a call', { cause: unpaced });
    if (failed?.code === 'ABORTED' && time.signal.aborted)
      throw new PosternError('WAIT_TIMEOUT', tooLong(failing), { cause: failed });

    return { ...first, t: now() };
  } finally {
    begun.end();
    time.end();
  }
}

/**
 * Whether a change may still be sent: in time, and while this worker has the step. The engine takes a worker for dead only long after the
 * time of a step, and its own journal has the intent: what another worker begins again.
 */
function fenceOf(time: ReturnType<typeof timeOfStep>): WriteFence {
  const passed = { now: () => Date.now(), monotonicMs: () => performance.now() };
  return {
    permit: (operation) => {
      const passedMs = passedSince(passed);
      return Promise.resolve(() => {
        requireInTime(passedMs(), operation);
        if (time.isOver()) throw aborted(operation, time.over);
      });
    },
  };
}

/** Ends a step that takes too long, or whose attempt is over. */
function timeOfStep(over: AbortSignal, stepMs: number) {
  const startMs = performance.now();
  const late = new AbortController();
  const abort = (): void => late.abort();
  const hungMs = stepMs - STEP_MS + HUNG_MS;
  let hang: () => void = () => undefined;
  let leave: () => void = () => undefined;
  const hung = new Promise<never>((_, reject) => {
    hang = () => reject(new PosternError('WAIT_TIMEOUT', `a call hung for ${hungMs / 1_000} s`));
    leave = () => reject(new AttemptOver('the attempt is over'));
  });
  hung.catch(() => undefined);
  const timers = [setTimeout(abort, stepMs), setTimeout(() => hang(), hungMs)];
  const end = (): void => {
    abort();
    leave();
  };
  over.addEventListener('abort', end, { once: true });
  if (over.aborted) end();
  return {
    signal: late.signal,
    over,
    /** Another worker may have the step: the engine has given up this attempt, or this process was stopped for as long as a step takes twice. */
    isOver: (): boolean => over.aborted || performance.now() - startMs >= hungMs,
    hung,
    /** A process that was stopped wakes with all its timers due: those of turns may come before the one that ends the step. */
    look: (): void => {
      if (performance.now() - startMs >= stepMs) abort();
    },
    end: (): void => {
      timers.forEach((timer) => clearTimeout(timer));
      over.removeEventListener('abort', end);
    },
  };
}

/** The reason first: it is why the step took so long. */
function tooLong(failing: string | undefined): string {
  const why = failing === undefined ? '' : `${failing}; `;
  return `${why}a step took too long: more than ${STEP_MS / 1_000} s`;
}

/** The error in an answer: most effects return what failed. */
function failureIn(value: Json): { readonly code?: string } | undefined {
  if (typeof value !== 'object' || value === null || !('ok' in value) || value['ok'] !== false) return undefined;

  return 'error' in value ? (value['error'] as { readonly code?: string }) : {};
}

/** Notices the first call that changes something. */
function tracing(context: CallContext, begin: () => void): CallContext['trace'] {
  return (start) => {
    if (start.kind !== 'read') begin();
    return context.trace?.(start);
  };
}
