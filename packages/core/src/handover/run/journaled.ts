import { eventQueue } from '../../do/apply/event-queue.js';
import { interruptedSteps } from '../../do/apply/interrupted.js';
import type { Journal, JournalRecord } from '../../do/apply/journal.js';
import { localRun } from '../../do/apply/local-run.js';
import { processRun, runId } from '../../do/apply/process-run.js';
import type { Run } from '../../do/apply/run.js';
import { stepKey } from '../../do/apply/step-key.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { aborted, onAbort } from '../../ground/clocks/abort.js';
import { latestTime } from '../../ground/clocks/cloud-time.js';
import { elapsedMs } from '../../ground/clocks/elapsed.js';
import { PosternError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';

/** A command of a hand-over that changes something. */
export interface JournaledOptions<R, E> {
  readonly context: CallContext;
  readonly journal: Journal;
  /** `handover run`. */
  readonly command: string;
  readonly handover: string;
  readonly steps: number;
  /** Steps at once. */
  readonly maxParallel: number;
  /** Refuses what cannot be carried out, under the lock and before the first record. */
  readonly require: () => Promise<void>;
  /** The last event. */
  readonly done: (result: R, at: string) => E;
}

/** What such a command works with. */
export interface JournaledTools<E> {
  /** The run of a stage. */
  readonly runOf: (stage: string) => Run;
  readonly emit: (event: E) => void;
  readonly at: () => string;
  /** Of former runs. */
  readonly records: readonly JournalRecord[];
}

/** What a command came to, for its last record. */
interface Ended {
  readonly state: string;
  readonly failures: readonly unknown[];
}

/** The unit of a stage in the journal. */
export const unitOf = (handover: string, stage: string): string => `handover ${handover.slice(0, 8)} ${stage}`;

/**
 * Runs a command under the journal's lock, with a record before and after each step, and yields its events. A caller that stops
 * reading events stops the run: the step in progress is still finished and recorded.
 * @throws {PosternError} `LOCKED`; `ABORTED` after the last event; `JOURNAL_WRITE_FAILED`; what `require` throws.
 */
export async function* journaled<E, R extends Ended>(
  options: JournaledOptions<R, E>,
  work: (tools: JournaledTools<E>) => Promise<{ readonly result: R; readonly applied: number }>,
): AsyncGenerator<E, R, undefined> {
  const { context, journal, command, handover, steps, maxParallel, done } = options;
  const { signal } = context;
  if (signal?.aborted) throw aborted('handover', signal);
  const lock = await journal.lock();
  const stop = new AbortController();
  const deaf = onAbort(signal, () => stop.abort(signal?.reason));
  try {
    const records = await journal.read();
    await options.require();
    const at = (): string => latestTime(context);
    const startedMs = context.clock.monotonicMs();
    const run = runId(context);
    const value: Json = { project: 'handovers', goal: 'handover', command, handover, steps };
    await journal.append({ type: 'run', value, at: at(), run });
    const events = eventQueue<E>();
    const { shared, breakage } = processRun(run, { context, journal, maxParallel }, stop);
    const interrupted = interruptedSteps(records, context.clock.now());
    const runOf = (stage: string): Run => {
      const unit = unitOf(handover, stage);
      return localRun(unit, shared, {
        // Gateways are read one by one: there is one for each stage.
        watch: { until: () => Promise.reject(new PosternError('INTERNAL', `${unit} awaits no link`)) },
        result: (other) => Promise.reject(new PosternError('INTERNAL', `${unit} awaits no other unit: ${other}`)),
        interrupted: (step) => interrupted.has(stepKey({ unit, step })),
      });
    };
    const emit = (event: E): void => events.push(event);
    let result: R | undefined;
    const running = (async () => {
      const { applied, ...ended } = await work({ runOf, emit, at, records });
      ({ result } = ended);
      if (breakage() === undefined) {
        await journal.append({
          type: 'end',
          at: at(),
          run,
          value: { applied, failed: result.failures.length, skipped: 0, state: result.state },
          durationMs: elapsedMs(context.clock, startedMs),
        });
      }
      emit(done(result, at()));
    })().then(
      () => events.close(),
      (error: unknown) => events.close(error),
    );
    try {
      yield* events;
    } finally {
      stop.abort(new PosternError('ABORTED', 'handover: the caller stopped reading events'));
      await running;
    }
    const broke = breakage();
    if (broke !== undefined) throw broke.error;
    if (signal?.aborted) throw aborted('handover', signal);
    if (result === undefined) throw new PosternError('INTERNAL', 'handover: the run ended without a result');
    return result;
  } finally {
    deaf();
    await lock.release();
  }
}
