import type { StepError, StepOptions, StepOutcome, Run } from '../../do/apply/run.js';
import { asStep, type StepFailure, type StepProgress, type Untimed } from '../../do/apply/step.js';
import { repeat } from '../../do/apply/repeat.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { DriverWith } from '../../do/driver.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { ErrorCode } from '../../ground/error-codes.js';
import type { Json } from '../../ground/json.js';
import { REMEDIES } from '../../ground/remedies.js';
import type { MoveEvent } from '../events.js';
import type { MovePlan, PlannedUnit } from '../plan/move-plan.js';
import { WHOLE, type MoveHistory, type MovePhase } from '../record/history.js';

/** What the phases of a move work with. */
export interface MoveTools {
  readonly plan: MovePlan;
  readonly driver: DriverWith<'moves'>;
  readonly clouds: Clouds;
  readonly history: MoveHistory;
  /** The `Run` of a unit. */
  readonly run: (unit: string) => Run;
  /** Work on several units: side by side, or one after the other where an engine matches answers by their order. */
  readonly each: <A, B>(items: readonly A[], work: (item: A) => Promise<B>) => Promise<readonly B[]>;
  /** Reports an event; the time is added. */
  readonly emit: (event: Untimed<MoveEvent>) => void;
  /** Milliseconds, for the durations in events. */
  readonly elapsedMs: () => number;
  /** The steps that failed in this run. */
  readonly failures: StepFailure[];
  /** What this run removed, one text each. */
  readonly removed: string[];
  /** What could not be restored, one sentence each. */
  readonly notes: string[];
  /** A return gives calls to what does not take them, because its operator asked for that. */
  readonly isForced?: boolean | undefined;
  /** The return was judged as a whole a moment ago. */
  readonly isJudged?: boolean | undefined;
  /** The units that are left as they are, by ID: why, as one sentence. See `leave`. */
  readonly left: Map<string, string>;
}

/** What came of a step, of any value. */
export type StepResult<T> = { readonly ok: true; readonly value: T } | Failed;

/** A step without a value that is done. */
export const DONE = { ok: true, value: null } as const;

export type Failed = { readonly ok: false; readonly error: StepError };

export function beginPhase({ emit }: MoveTools, phase: MovePhase, message: string): void {
  emit({ type: 'move.phase', phase, message });
}

/** Performs and records one effect that is safe to repeat. */
export async function act<T extends Json>(
  tools: MoveTools,
  unit: string,
  id: string,
  effect: (ctx: CallContext) => Promise<T>,
  options: Pick<StepOptions, 'exclusive' | 'reads' | 'needsAgain'> & {
    readonly report?: StepProgress | undefined;
  } = {},
): Promise<StepOutcome<T>> {
  const { report, ...how } = options;
  const onRetry = report && (({ message }: { readonly message: string }) => report.progress(message));
  let isDone = false;
  try {
    const outcome = await repeat<T>(tools.run(unit), id, effect, { ...how, onRetry });
    if (outcome.ok) tools.history.note(unit, id, outcome.value);
    isDone = outcome.ok;
    return outcome;
  } finally {
    // Not in the effect: an engine that has its answer does not call it again. It may have been begun also where it was not ended.
    if (!isDone) tools.history.begin(unit, id);
  }
}

/** As {@link act}; an answer that an earlier run recorded is returned again. */
export async function once<T extends Json>(
  tools: MoveTools,
  unit: string,
  id: string,
  effect: (ctx: CallContext) => Promise<T>,
  options: Pick<StepOptions, 'reads' | 'needsAgain'> = {},
): Promise<StepOutcome<T>> {
  const known = tools.history.first(unit, id);
  return known === undefined ? act(tools, unit, id, effect, options) : { ok: true, value: known as T };
}

/** Shows why a command does not come to its end, unless a step that failed has shown it. */
export async function reported<T>(tools: MoveTools, step: string, outcome: StepResult<T>): Promise<StepResult<T>> {
  if (outcome.ok || outcome.error.code === 'ABORTED') return outcome;

  const { message } = outcome.error;
  if (tools.failures.some((one) => one.message === message)) return outcome;

  const { kind, id: name } = tools.plan.to;
  return asStep(tools, { unit: WHOLE, step, kind: 'move', resource: { type: kind, name } }, () =>
    Promise.resolve(outcome),
  );
}

/** An error as an outcome. */
export function failing(code: ErrorCode, message: string, remedy: string = REMEDIES[code]): Failed {
  return { ok: false, error: { code, message, remedy } };
}

/** The resource that events name. */
export function movedResource({ unit: { gateway }, name }: PlannedUnit): {
  readonly type: string;
  readonly name: string;
} {
  return { type: gateway.kind, name };
}
