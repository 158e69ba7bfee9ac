import { eventQueue } from '../../do/apply/events.js';
import type { Journal, JournalRecord } from '../../do/apply/journal.js';
import { processRun, runId } from '../../do/apply/local-run.js';
import { takeLock } from '../../do/apply/turns.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { aborted, onAbort } from '../../ground/clocks/abort.js';
import { latestTime } from '../../ground/clocks/cloud-time.js';
import { elapsedMs } from '../../ground/clocks/real-clock.js';
import { PosternError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';

/** Where a command is carried out. */
export interface JournaledOptions {
  readonly context: CallContext;
  readonly journal: Journal;
  /** How errors name it: `move`. */
  readonly what: string;
  /** Steps at once. */
  readonly maxParallel: number;
}

/** What a command works with. */
export interface JournaledTools<E> {
  readonly shared: ReturnType<typeof processRun>['shared'];
  readonly emit: (event: E) => void;
  readonly at: () => string;
  readonly elapsedMs: () => number;
}

/** The end of a command: its result, the value of its last record, and its last event. */
export interface Ended<R, E> {
  readonly result: R;
  readonly end: Json;
  readonly last: () => E;
}

/** What a command is to do. */
export interface JournaledWork<R, E> {
  /** The records that it begins with. */
  readonly begin: readonly Omit<JournalRecord, 'at' | 'run'>[];
  readonly work: (tools: JournaledTools<E>) => Promise<Ended<R, E>>;
}

/**
 * Carries out a command in this process, with a record before and after each step, and yields its events. `choose` decides
 * under the journal's lock what is to be done, from the records of former runs. A caller that stops reading events stops the
 * command: the step in progress is still finished and recorded.
 * @throws {PosternError} `LOCKED`; what `choose` throws; `ABORTED` after the last event; `JOURNAL_WRITE_FAILED`.
 */
export async function* journaled<R, E>(
  { context, journal, what, maxParallel }: JournaledOptions,
  choose: (records: readonly JournalRecord[]) => Promise<JournaledWork<R, E>>,
): AsyncGenerator<E, R, undefined> {
  const { signal } = context;
  if (signal?.aborted) throw aborted(what, signal);

  const lock = await takeLock(journal, what, signal);
  const stop = new AbortController();
  const deaf = onAbort(signal, () => stop.abort(signal?.reason));
  try {
    const { begin, work } = await choose(await journal.read());
    const at = (): string => latestTime(context);
    const run = runId(context);
    const startedMs = context.clock.monotonicMs();
    const sinceStart = (): number => elapsedMs(context.clock, startedMs);
    for (const record of begin) await journal.append({ ...record, at: at(), run });
    const events = eventQueue<E>();
    const { shared, breakage } = processRun(run, { context, journal, maxParallel }, stop);
    const emit = (event: E): void => events.push(event);
    let ended: Ended<R, E> | undefined;
    const running = (async () => {
      ended = await work({ shared, emit, at, elapsedMs: sinceStart });
      if (breakage() === undefined) {
        await journal.append({ type: 'end', at: at(), run, value: ended.end, durationMs: sinceStart() });
      }
      emit(ended.last());
    })()
      // Not when the last event is read: a caller that works between two events may wait for the lock.
      .finally(() => lock.release())
      .then(
        () => events.close(),
        (error: unknown) => events.close(error),
      );
    try {
      yield* events;
    } finally {
      stop.abort(new PosternError('ABORTED', `${what}: the caller stopped reading events`));
      await running;
    }
    const broke = breakage();
    if (broke !== undefined) throw broke.error;
    if (signal?.aborted) throw aborted(what, signal);
    if (ended === undefined) throw new PosternError('INTERNAL', `${what}: the run ended without a result`);

    return ended.result;
  } finally {
    deaf();
    await lock.release();
  }
}
