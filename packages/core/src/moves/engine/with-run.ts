import { eventQueue } from '../../do/apply/event-queue.js';
import type { JournalRecord } from '../../do/apply/journal.js';
import { localRun, localWatches } from '../../do/apply/local-run.js';
import { processRun, runId } from '../../do/apply/process-run.js';
import type { Run } from '../../do/apply/run.js';
import { aborted, onAbort } from '../../ground/clocks/abort.js';
import { elapsedMs } from '../../ground/clocks/elapsed.js';
import { latestTime } from '../../ground/clocks/cloud-time.js';
import { PosternError } from '../../ground/errors.js';
import type { MoveEvent, MoveResult } from '../events.js';
import type { MoveHistory } from '../record/history.js';
import { withPlan } from '../record/plan-parts.js';
import type { MoveContext } from './options.js';
import type { MoveTools, Untimed } from './tools.js';

/** What a command does to a move, and how the journal names it. */
export interface MoveWork {
  readonly does: 'run' | 'rollback' | 'finish' | 'abort';
  readonly history: MoveHistory;
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
  { driver, context, journal }: MoveContext,
  choose: (records: readonly JournalRecord[]) => Promise<MoveWork> | MoveWork,
): AsyncGenerator<MoveEvent, MoveResult, undefined> {
  const { signal } = context;
  if (signal?.aborted) throw aborted('move', signal);
  const lock = await journal.lock();
  const stop = new AbortController();
  const deaf = onAbort(signal, () => stop.abort(signal?.reason));
  try {
    const { does, history, work } = await choose(await journal.read());
    const { plan, continued } = history;
    const at = (): string => latestTime(context);
    const run = runId(context);
    const command = `migrate ${does}`;
    const value = {
      project: 'moves',
      goal: 'move',
      command,
      move: plan.move,
      steps: plan.units.length,
    };
    const startedMs = context.clock.monotonicMs();
    for (const record of continued ? [{ type: 'run' as const, value }] : withPlan(value, plan)) {
      await journal.append({ ...record, at: at(), run });
    }
    const events = eventQueue<MoveEvent>();
    const { shared, breakage } = processRun(run, { context, journal, maxParallel: MAX_PARALLEL }, stop);
    const watch = localWatches(shared)(driver, plan.account);
    const none = (unit: string): Promise<never> =>
      Promise.reject(new Error(`${unit}: units of a move await no others`));
    const runs = new Map<string, Run>();
    const runOf = (unit: string): Run => {
      const known = runs.get(unit) ?? localRun(unit, shared, { watch, result: none, interrupted: () => false });
      runs.set(unit, known);
      return known;
    };
    const tools = toolsOf({
      plan,
      driver,
      history,
      run: runOf,
      each: (items, one) => Promise.all(items.map(one)),
      emit: (event) => events.push({ ...event, at: at() } as MoveEvent),
      elapsedMs: () => elapsedMs(context.clock, startedMs),
    });
    tools.emit(startOf(tools, does));
    let result: MoveResult | undefined;
    const running = (async () => {
      const found = await work(tools);
      result = resultOf(tools, found);
      const counts = { applied: found.onNew.length, failed: tools.failures.length, skipped: 0 };
      const units = { done: found.onNew.length, failed: tools.failures.length, skipped: 0 };
      if (breakage() === undefined)
        await journal.append({
          type: 'end',
          at: at(),
          run,
          value: { ...counts, units, state: found.state },
          durationMs: elapsedMs(context.clock, startedMs),
        });
      tools.emit({ type: 'move.done', result });
    })().then(
      () => events.close(),
      (error: unknown) => events.close(error),
    );
    try {
      yield* events;
    } finally {
      // A caller that stops reading events stops the run: the step in progress is still finished and recorded.
      stop.abort(new PosternError('ABORTED', 'move: the caller stopped reading events'));
      await running;
    }
    const broke = breakage();
    if (broke !== undefined) throw broke.error;
    if (signal?.aborted) throw aborted('move', signal);
    if (result === undefined) throw new PosternError('INTERNAL', 'move: the run ended without a result');
    return result;
  } finally {
    deaf();
    await lock.release();
  }
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
