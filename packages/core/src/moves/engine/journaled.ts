import type { TimedEvent } from '../../do/apply/events.js';
import type { JournalRecord } from '../../do/apply/journal.js';
import { processRun, runId } from '../../do/apply/local-run.js';
import { timed, type Untimed } from '../../do/apply/step.js';
import { underLock, type LockOptions } from '../../do/apply/under-lock.js';
import { latestTime } from '../../ground/clocks/cloud-time.js';
import { elapsedMs } from '../../ground/clocks/real-clock.js';
import type { Json } from '../../ground/json.js';

/** Where a command is carried out. */
export interface JournaledOptions extends LockOptions {
  /** Steps at once. */
  readonly maxParallel: number;
}

/** What a command works with. */
export interface JournaledTools<E extends TimedEvent> {
  readonly shared: ReturnType<typeof processRun>['shared'];
  /** Reports an event; the time is added. */
  readonly emit: (event: Untimed<E>) => void;
  readonly at: () => string;
  readonly elapsedMs: () => number;
}

/** The end of a command: its result, the value of its last record, and its last event. */
export interface Ended<R, E extends TimedEvent> {
  readonly result: R;
  readonly end: Json;
  readonly last: Untimed<E>;
}

/** What a command is to do. */
export interface JournaledWork<R, E extends TimedEvent> {
  readonly begin: readonly Omit<JournalRecord, 'at' | 'run'>[];
  readonly work: (tools: JournaledTools<E>) => Promise<Ended<R, E>>;
}

/**
 * Carries out a command in this process, with a record before and after each step, and yields its events. `choose` decides
 * under the journal's lock what is to be done, from the records of former runs. A caller that stops reading events stops the
 * command: the step in progress is still finished and recorded.
 * @throws {PosternError} `LOCKED`; what `choose` throws; `ABORTED` after the last event; `JOURNAL_WRITE_FAILED`.
 */
export function journaled<R, E extends TimedEvent>(
  options: JournaledOptions,
  choose: (records: readonly JournalRecord[]) => Promise<JournaledWork<R, E>>,
): AsyncGenerator<E, R, undefined> {
  const { context, journal } = options;
  return underLock<E, R>(options, async (stop) => {
    const { begin, work } = await choose(await journal.read());
    const at = (): string => latestTime(context);
    const run = runId(context);
    const startedMs = context.clock.monotonicMs();
    const sinceStart = (): number => elapsedMs(context.clock, startedMs);
    for (const record of begin) await journal.append({ ...record, at: at(), run });
    const { shared, breakage } = processRun(run, options, stop);
    return async (push) => {
      const emit = (event: Untimed<E>): void => push(timed<E>(event, at()));
      const { result, end, last } = await work({ shared, emit, at, elapsedMs: sinceStart });
      if (breakage() === undefined) {
        await journal.append({ type: 'end', at: at(), run, value: end, durationMs: sinceStart() });
      }
      emit(last);
      const broke = breakage();
      if (broke !== undefined) throw broke.error;

      return result;
    };
  });
}
