import type { Untimed } from '../../do/apply/step.js';
import { interruptedSteps } from '../../do/apply/outcome.js';
import type { JournalRecord } from '../../do/apply/journal.js';
import { localRun, localWatches } from '../../do/apply/local-run.js';
import type { Run } from '../../do/apply/run.js';
import { stepKey } from '../../do/apply/events.js';
import { cloudNow } from '../../ground/clocks/cloud-time.js';
import type { MoveEvent, MoveResult } from '../events.js';
import type { MoveHistory } from '../record/history.js';
import { withPlan } from '../record/plan-parts.js';
import { journaled } from './journaled.js';
import { batchesOf, type MoveContext } from './options.js';
import type { MoveTools } from './tools.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import type { DriverWith } from '../../do/driver.js';
import { isPosternError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import { withMoveFingerprint } from '../plan/read-move-plan.js';
import { commandsOf, type MovePlan, type PlannedUnit } from '../plan/move-plan.js';

/** What a command does to a move, and how the journal names it. */
export interface MoveWork {
  readonly does: 'run' | 'rollback' | 'finish' | 'abort' | 'leave';
  readonly history: MoveHistory;
  /** It had ended, and is open again. */
  readonly reopens?: boolean | undefined;
  readonly work: (tools: MoveTools) => Promise<LeftMove>;
}

/** Where a command leaves a move. */
export type LeftMove = Omit<MoveResult, 'move' | 'removed' | 'notes' | 'failures'>;

/** The limit of concurrent steps; calls are limited by the pace. */
const MAX_PARALLEL = 64;

/**
 * Performs work on a move in this process, with every step in the journal, and yields its events. `choose` decides under
 * the journal's lock what is to be done.
 * @throws {PosternError} `LOCKED`; what `choose` throws; `ABORTED` after the last event; `JOURNAL_WRITE_FAILED`.
 */
export async function* withRun(
  { driver, clouds, context, journal }: MoveContext,
  choose: (records: readonly JournalRecord[]) => Promise<MoveWork> | MoveWork,
): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  const hear = (): Promise<unknown> => driver.identity(context);
  const where = { context, journal, what: 'move', maxParallel: MAX_PARALLEL, hear };
  return yield* journaled<MoveResult, MoveEvent>(where, async (records) => {
    const { does, history, work, reopens = false } = await choose(records);
    const { plan, continued } = history;
    const value = {
      project: 'moves',
      goal: 'move',
      command: commandsOf(plan)[does],
      move: plan.move,
      steps: plan.units.length,
      ...(reopens ? { reopens } : {}),
    };
    return {
      begin: continued ? [{ type: 'run' as const, value }] : withPlan(value, plan),
      work: async ({ shared, emit, elapsedMs }) => {
        const watch = localWatches(shared)(driver, plan.account);
        const none = (unit: string): Promise<never> =>
          Promise.reject(new Error(`${unit}: units of a move await no others`));
        const unseen = interruptedSteps(records, cloudNow(context)?.earliestMs ?? Number.NaN, 'any');
        const runs = new Map<string, Run>();
        const runOf = (unit: string): Run => {
          const interrupted = (step: string): boolean => unseen.has(stepKey({ unit, step }));
          const known = runs.get(unit) ?? localRun(unit, shared, { watch, result: none, interrupted });
          runs.set(unit, known);
          return known;
        };
        const tools = toolsOf({
          plan,
          driver,
          clouds,
          history,
          run: runOf,
          each: (items, one) => Promise.all(items.map(one)),
          emit,
          elapsedMs,
        });
        tools.emit(startOf(tools, does));
        const found = await work(tools);
        const result = resultOf(tools, found);
        const counts = { failed: tools.failures.length, skipped: 0 };
        const done = found.onNew.length;
        const end = { applied: done, ...counts, units: { done, ...counts }, state: found.state };
        return { result, end, last: { type: 'move.done', result } };
      },
    };
  });
}

/** The tools of work that begins. */
export function toolsOf(given: Omit<MoveTools, 'failures' | 'removed' | 'notes' | 'left'>): MoveTools {
  return { ...given, failures: [], removed: [], notes: [], left: new Map() };
}

/** The first event. */
export function startOf({ plan, history }: MoveTools, does: MoveWork['does']): Untimed<MoveEvent> {
  return {
    type: 'move.started',
    move: history.id,
    does,
    from: plan.from.id,
    to: plan.to.id,
    units: plan.units.length,
    widen: plan.widen.length,
    ...(history.continued ? { continued: true } : {}),
  };
}

/** How work ended. */
export function resultOf({ history, removed, notes, failures, left }: MoveTools, found: LeftMove): MoveResult {
  return { move: history.id, ...found, removed, notes: [...new Set([...notes, ...left.values()])], failures };
}

/** The plan with the state of each unit. A unit whose state could not be read is named in a note. */
export async function withCaptured(
  plan: MovePlan,
  { moves }: DriverWith<'moves'>,
  context: CallContext,
): Promise<MovePlan> {
  const captured: Record<string, Json> = {};
  const notes: string[] = [];
  const capture = async ({ unit, name }: PlannedUnit): Promise<void> => {
    try {
      captured[unit.id] = await moves.capture(unit, context);
    } catch (error) {
      if (!isPosternError(error) || error.code === 'ABORTED') throw error;

      notes.push(`Without the journal, ${name} cannot be rolled back: its state was not read: ${error.message}.`);
    }
  };
  for (const batch of batchesOf(plan.units, { canary: 0 })) await Promise.all(batch.map(capture));
  const { fingerprint: _fingerprint, ...rest } = plan;
  return withMoveFingerprint({ ...rest, notes: [...plan.notes, ...notes.toSorted()], captured });
}
