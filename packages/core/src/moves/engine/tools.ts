import type { Run, StepOptions, StepOutcome } from '../../do/apply/run.js';
import {
  beginStep,
  outcomeOf,
  valueOf,
  type ShownStep,
  type StepFailure,
  type StepProgress,
  type Untimed,
} from '../../do/apply/step.js';
import { pause } from '../../do/apply/outcome.js';
import { repeat } from '../../do/apply/repeat.js';
import { untilReadsShow } from '../../do/apply/unseen.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { DriverWith } from '../../do/driver.js';
import type { Clouds } from '../../do/kinds/cloud/clouds.js';
import type { Json } from '../../ground/json.js';
import type { MoveEvent } from '../events.js';
import type { MovePlan, PlannedUnit } from '../plan/move-plan.js';
import { WHOLE, type MoveHistory, type MovePhase } from '../record/history.js';

/** What the phases of a move work with. A step that fails ends the work that it is a part of: see `FailedStep`. */
export interface MoveTools {
  readonly plan: MovePlan;
  readonly driver: DriverWith<'moves'>;
  readonly clouds: Clouds;
  readonly history: MoveHistory;
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
  /** The move had returned before: what is not as it was came late. */
  readonly isAgain?: boolean | undefined;
  /** The return was judged as a whole a moment ago. */
  readonly isJudged?: boolean | undefined;
  /** The units that are left as they are, by ID: why, as one sentence. See `leave`. */
  readonly left: Map<string, string>;
}

export function beginPhase({ emit }: MoveTools, phase: MovePhase, message: string): void {
  emit({ type: 'move.phase', phase, message });
}

/** Performs and records one effect that is safe to repeat. */
export async function act<T extends Json | void>(
  { history, run }: MoveTools,
  unit: string,
  id: string,
  effect: (ctx: CallContext) => Promise<T>,
  {
    report,
    ...how
  }: Pick<StepOptions, 'exclusive' | 'reads' | 'needsAgain'> & { readonly report?: StepProgress | undefined } = {},
): Promise<T> {
  const onRetry = report && (({ message }: { readonly message: string }) => report.progress(message));
  try {
    const recorded = async (ctx: CallContext): Promise<Json> => ((await effect(ctx)) as Json | undefined) ?? null;
    const value = valueOf(await repeat(run(unit), id, recorded, { ...how, onRetry }));
    history.note(unit, id, value);
    return value as T;
  } catch (error) {
    // Not in the effect: an engine that has its answer does not call it again. It may have been begun also where it was not ended.
    history.begin(unit, id);
    throw error;
  }
}

/** As {@link act}; an answer that an earlier run recorded is returned again. */
export async function once<T extends Json>(
  tools: MoveTools,
  unit: string,
  id: string,
  effect: (ctx: CallContext) => Promise<T>,
  options: Pick<StepOptions, 'reads' | 'needsAgain'> = {},
): Promise<T> {
  const known = tools.history.first(unit, id);
  return known === undefined ? act(tools, unit, id, effect, options) : (known as T);
}

export async function wait({ run }: MoveTools, unit: string, id: string, ms: number): Promise<void> {
  valueOf(await pause(run(unit), id, ms));
}

/** Waits until no read can be older than `what`, which was written. `passedMs` of that time have passed. */
export async function untilShown({ run }: MoveTools, what: string, passedMs?: number): Promise<void> {
  valueOf(await untilReadsShow(run(WHOLE), what, passedMs));
}

/** Work on several units, as `tools.each`. All of it has ended before the first failure is thrown. */
export async function forEach<A, B>(
  { each }: MoveTools,
  items: readonly A[],
  work: (item: A) => Promise<B>,
): Promise<readonly B[]> {
  return (await each(items, (item) => outcomeOf(work(item)))).map(valueOf);
}

/** How the work of a command ended. Why it did not come to its end is shown, unless a step that failed has shown it. */
export async function reported<T>(tools: MoveTools, step: string, work: Promise<T>): Promise<StepOutcome<T>> {
  const outcome = await outcomeOf(work);
  const { kind, id: name } = tools.plan.to;
  const isShown =
    outcome.ok ||
    outcome.error.code === 'ABORTED' ||
    tools.failures.some(({ message }) => message === outcome.error.message);
  if (!isShown) beginStep(tools, { unit: WHOLE, step, kind: 'move', resource: { type: kind, name } })(outcome);
  return outcome;
}

/** A step of a unit, as events show it. */
export function unitStep({ unit, name }: PlannedUnit, kind: string, step: string): ShownStep {
  return { unit: unit.id, step, kind, resource: { type: unit.gateway.kind, name } };
}
