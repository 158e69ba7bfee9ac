import type { PlanFinding, FindingCause } from '../findings/finding.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { Json } from '../../ground/json.js';
import type { Plan, PlanGoal, UnreadPart } from '../plan/plan.js';
import type { JournalRecord } from './journal.js';

/** The version of the events' structure; the first line of a stream names it. */
export const EVENTS_VERSION = 1;

/** An event with its time. */
export interface TimedEvent {
  /** ISO 8601, on the clock of the run. */
  readonly at: string;
}
/** An event of the run as a whole. */
interface WholeEvent extends TimedEvent {
  readonly unit?: undefined;
  readonly step?: undefined;
  readonly message?: undefined;
}

/** An event of a step of a unit. */
export interface StepEvent extends TimedEvent {
  /** The unit: a link, an integration or a gateway. */
  readonly unit: string;
  /** The integration's name, where the unit is one. */
  readonly integration?: string | undefined;
  readonly step: string;
}

/** An error as part of an event: no stack, no secret. */
export interface EventError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly operation?: string | undefined;
  readonly requestId?: string | undefined;
}

/** What happens during a run, in the order in which it happens. Each has `step`, `unit` and `message`, where it is about one. */
export type RunEvent =
  | (WholeEvent & {
      readonly type: 'run.started';
      readonly project: string;
      readonly goal: PlanGoal;
      readonly steps: number;
      readonly unchanged: number;
      /** See `Plan.findings`; of the state in which the run begins. Absent of a removal, and where there is none. */
      readonly findings?: readonly PlanFinding[] | undefined;
      /** What earlier runs may have left in regions that this one does not read. One sentence each. */
      readonly notes?: readonly string[] | undefined;
    })
  | (StepEvent & {
      readonly type: 'step.started';
      readonly kind: string;
      readonly resource: { readonly type: string; readonly name: string };
      readonly message?: undefined;
    })
  | (StepEvent & { readonly type: 'step.progress'; readonly message: string })
  | (StepEvent & {
      readonly type: 'step.waiting';
      readonly message: string;
      readonly state?: string | undefined;
      readonly elapsedMs: number;
    })
  | (StepEvent & { readonly type: 'step.retried'; readonly message: string; readonly attempt: number })
  | (StepEvent & {
      readonly type: 'step.done';
      readonly result?: Json | undefined;
      readonly durationMs: number;
      readonly message?: undefined;
    })
  | (StepEvent & { readonly type: 'step.failed'; readonly error: EventError; readonly message?: undefined })
  | (WholeEvent & {
      readonly type: 'run.done';
      readonly applied: number;
      readonly unchanged: number;
      readonly failed: number;
      /** Steps that the end of the process, or a signal, interrupted. They are not among those that failed. */
      readonly interrupted?: number | undefined;
      /** Steps that were not tried because one that they need failed. */
      readonly skipped: number;
      readonly integrations: Readonly<Record<string, 'done' | 'unchanged' | 'failed' | 'skipped'>>;
      /** See `Plan.unread`: the run is not complete while there is one. */
      readonly unread?: readonly UnreadPart[] | undefined;
    });

/**
 * A run that was refused before its first event, as the last line of a stream of the command line. In a program `apply`
 * throws the error, and `refuseFindings` gives it the causes.
 */
export interface RefusedRun extends TimedEvent {
  readonly type: 'run.refused';
  readonly error: Pick<EventError, 'code' | 'message' | 'remedy'>;
  /** Where the error is `FINDINGS_FAILED`: what stops the run, each with what it is about. */
  readonly causes?: readonly FindingCause[] | undefined;
  /** With all findings about what it changes. */
  readonly plan: Plan;
}

/** Values that one side pushes and the other iterates, in order. */
export interface EventQueue<T> extends AsyncIterable<T> {
  readonly push: (value: T) => void;
  /** No more values. With an error, iteration ends by throwing it. */
  readonly close: (error?: unknown) => void;
}

/** A queue between those who report events and the one who reads them. */
export function eventQueue<T>(): EventQueue<T> {
  const values: T[] = [];
  let closed = false;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;
  return {
    push(value) {
      if (closed) return;

      values.push(value);
      wake();
    },
    close(error) {
      if (closed) return;

      closed = true;
      if (error !== undefined) failure = { error };
      wake();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        while (values.length > 0) yield values.shift() as T;
        if (failure !== undefined) throw failure.error;
        if (closed) return;

        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

/** A step as maps and records name it: `<unit> <step>`, since a step's ID is unique only in its unit. */
export function stepKey({ unit, step }: Pick<JournalRecord, 'unit' | 'step'>): string {
  return `${unit} ${step}`;
}
