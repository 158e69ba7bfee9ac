import type { CallContext } from '../calls/call-context.js';
import { aborted } from '../clocks/abort.js';
import { PosternError } from '../errors.js';
import type { Json } from '../json.js';
import type { Journal, JournalRecord } from './journal.js';
import type { Gate } from './lanes.js';
import { failureOf, stepError } from './outcome.js';
import type { Run } from './run.js';

/** What the units of one run in one process share. */
export interface LocalRunOptions {
  /** Told to every record. */
  readonly run: string;
  readonly context: CallContext;
  /** Ends waits at once; a step that is under way is finished and recorded. */
  readonly signal: AbortSignal;
  readonly journal: Journal;
  /** How many steps may be under way. */
  readonly gate: Gate;
  readonly lanes: { readonly run: <T>(key: string | undefined, work: () => Promise<T>) => Promise<T> };
  /** Told when the journal cannot be written: nothing more may be changed. */
  readonly onBroken: (error: unknown) => void;
}

/**
 * The door of a unit in one process: every step is recorded before and after, on the run's clock. Answers of former runs are
 * not replayed: effects look at what is there, so a run that was killed is continued by running again.
 */
export function localRun(unit: string, options: LocalRunOptions): Run {
  const { context, signal, journal, onBroken } = options;
  const ctx = patient(context, signal);
  const write = async (record: Omit<JournalRecord, 'at' | 'run' | 'unit'>): Promise<void> => {
    try {
      await journal.append({ ...record, at: new Date(context.clock.now()).toISOString(), run: options.run, unit });
    } catch (error) {
      onBroken(error);
      throw error;
    }
  };
  const step = async <T extends Json>(id: string, effect: (ctx: CallContext) => Promise<T>): Promise<T> => {
    if (signal.aborted) throw aborted(id, signal);
    await write({ type: 'before', step: id });
    let answer: T;
    try {
      answer = await effect(ctx);
    } catch (error) {
      await write({ type: 'failed', step: id, value: stepError(error) });
      throw error;
    }
    const failed = failureOf(answer);
    await write(
      failed === undefined ? { type: 'after', step: id, value: answer } : { type: 'failed', step: id, value: failed },
    );
    return answer;
  };
  return {
    unit,
    step: (id, effect, { exclusive } = {}) =>
      options.lanes.run(exclusive, () => options.gate.run(() => step(id, effect))),
    sleep: async (id, ms) => {
      try {
        await context.clock.sleep(ms, signal);
      } catch (error) {
        throw signal.aborted ? aborted(id, signal) : error;
      }
    },
    slot: (_id, key) => context.pace.slot(key, [], signal),
    decision: (id) =>
      Promise.reject(
        new PosternError('NO_TERMINAL', `${id}: a decision is needed and there is nobody to ask`, {
          remedy: 'Decide beforehand, with the option that the plan names.',
        }),
      ),
  };
}

/**
 * A context in which an abort ends sleeps and waits for a turn, but not a call that has been sent: so the step under way is
 * finished and its outcome recorded.
 */
function patient(context: CallContext, signal: AbortSignal): CallContext {
  const { clock, pace } = context;
  const translate = (doing: string) => (error: unknown) => {
    throw signal.aborted ? aborted(doing, signal) : error;
  };
  return {
    ...context,
    signal: undefined,
    clock: { ...clock, sleep: (ms) => clock.sleep(ms, signal).catch(translate('wait')) },
    pace: {
      slot: (key, limits) => pace.slot(key, limits, signal).catch(translate(key.operation)),
      slowDown: (key, retryAfterMs) => pace.slowDown(key, retryAfterMs),
    },
  };
}
