import { defined } from '../../ground/defined.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { Json } from '../../ground/json.js';
import { REMEDIES } from '../../ground/remedies.js';
import type { RunEvent, StepEvent, TimedEvent } from './events.js';
import { shownError } from './outcome.js';
import type { StepError, StepOutcome } from './run.js';

/** An event without its time. */
export type Untimed<T> = T extends TimedEvent ? Omit<T, 'at'> : never;

/** An event with its time. */
export function timed<E extends TimedEvent>(event: Untimed<E>, at: string): E {
  return { ...event, at } as unknown as E;
}

type StepName = Omit<StepEvent, 'at'>;

export interface ShownStep extends StepName {
  readonly kind: string;
  readonly resource: { readonly type: string; readonly name: string };
}

/** A step that failed, as results name it. */
export interface StepFailure {
  readonly step: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** How steps are shown. */
export interface StepTools {
  /** Reports an event; the time is added. */
  readonly emit: (event: Untimed<Extract<RunEvent, StepEvent>>) => void;
  /** Milliseconds, for the durations in events. */
  readonly elapsedMs: () => number;
  /** The steps that failed in this run. */
  readonly failures?: StepFailure[] | undefined;
}

/** How a step in progress is reported. */
export interface StepProgress {
  readonly waiting: (message: string, elapsedMs: number, state?: string) => void;
  readonly progress: (message: string) => void;
  readonly retried: (retry: { readonly attempt: number; readonly message: string }) => void;
}

type AnyOutcome = { readonly ok: true } | { readonly ok: false; readonly error: StepError };

/** Reports the progress of a step. */
export function progressOf({ emit }: Pick<StepTools, 'emit'>, { unit, integration, step }: StepName): StepProgress {
  const of = { unit, ...defined({ integration }), step };
  return {
    waiting: (message, elapsedMs, state) =>
      emit({ type: 'step.waiting', ...of, message, ...defined({ state }), elapsedMs }),
    progress: (message) => emit({ type: 'step.progress', ...of, message }),
    retried: ({ attempt, message }) => emit({ type: 'step.retried', ...of, message, attempt }),
  };
}

/** Shows that a step begins. What is returned shows how it ended, with the answer where events have it. */
export function beginStep(
  { emit, elapsedMs, failures }: StepTools,
  { kind, resource, ...of }: ShownStep,
): (outcome: AnyOutcome, answer?: Json) => void {
  emit({ type: 'step.started', ...of, kind, resource });
  const beganMs = elapsedMs();
  return (outcome, answer = null) => {
    if (outcome.ok) {
      const result = answer === null ? {} : { result: answer };
      emit({ type: 'step.done', ...of, ...result, durationMs: elapsedMs() - beganMs });
      return;
    }

    const error = shownError(outcome.error);
    failures?.push({ step: of.step, code: error.code, message: error.message });
    emit({ type: 'step.failed', ...of, error });
  };
}

/** Shows what `work` does as one step, and returns what it returns. @throws {FailedStep} once it is shown */
export async function asStep<T>(
  tools: StepTools,
  step: ShownStep,
  work: (report: StepProgress) => Promise<T>,
): Promise<T> {
  const end = beginStep(tools, step);
  const outcome = await outcomeOf(work(progressOf(tools, step)));
  end(outcome);
  return valueOf(outcome);
}

/** Ends the work of a step: the step has failed with this error. */
export class FailedStep extends Error {
  constructor(readonly error: StepError) {
    super(error.message);
  }
}

/** A failure to be thrown in the work of a step. */
export function failing(code: ErrorCode, message: string, remedy: string = REMEDIES[code]): FailedStep {
  return new FailedStep({ code, message, remedy });
}

/** The value of an outcome. @throws {FailedStep} */
export function valueOf<T>(outcome: StepOutcome<T>): T {
  if (outcome.ok) return outcome.value;

  throw new FailedStep(outcome.error);
}

/** What came of work in which steps fail: a {@link FailedStep} as a value. */
export async function outcomeOf<T>(work: Promise<T>): Promise<StepOutcome<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    if (error instanceof FailedStep) return { ok: false, error: error.error };

    throw error;
  }
}
