import { defined } from '../../ground/defined.js';
import type { CallContext } from '../../ground/calls/call-context.js';
import { countCalls, stepContext } from '../../ground/calls/step-context.js';
import { aborted } from '../../ground/clocks/abort.js';
import { elapsedMs } from '../../ground/clocks/real-clock.js';
import { latestTime, cloudNow } from '../../ground/clocks/cloud-time.js';
import { PosternError } from '../../ground/errors.js';
import type { Json } from '../../ground/json.js';
import type { Journal, JournalRecord } from './journal.js';
import { gate, lanes, type Gate, type Run, type StepAttempt, type StepError, type StepOptions } from './run.js';
import { linkWatches, type LinkWatch, type LinkWatches } from './link-watch.js';
import { failureOf, stepError } from './outcome.js';
import { passedSince, requireInTime, SEND_MS, type WriteFence } from '../../ground/calls/write-fence.js';

/** What a record of an intent has besides. */
type Intent = Required<Pick<JournalRecord, 'until'>> & Pick<JournalRecord, 'by' | 'value'>;

/** The changes of one step, and the fence before them. */
interface StepWrites {
  /** `note` records an intent; it rejects where that is not durable. */
  readonly fence: (note: (intent: Intent) => Promise<void>) => WriteFence;
  /** Whether the lock was lost in this step. */
  readonly isLost: () => boolean;
}

/**
 * Each change of a step is asked for, before it is sent and before it is sent again. The intent is in the journal before: until when
 * the change can take effect, and of which process. Changes that follow each other at once have one record.
 */
function writesOf({
  context: { clock, time },
  journal: { fence: lock },
  onBroken,
}: {
  readonly context: CallContext;
  readonly journal: Journal;
  readonly onBroken: (error: unknown) => void;
}): StepWrites {
  let lost = false;
  let noted: { readonly passedMs: () => number; readonly acceptedMs: number; readonly speed: number } | undefined;

  const requireLock = (): void => {
    try {
      lock?.requireLock();
    } catch (error) {
      lost = true;
      onBroken(error);
      throw error;
    }
  };
  return {
    isLost: () => lost,
    fence: (note) => ({
      permit: async (operation, acceptedMs) => {
        requireLock();
        // A clock that stands still may be advanced.
        const speed = Math.max(1, clock.speed?.() ?? 1);
        const isCovered = noted !== undefined && noted.speed >= speed && noted.acceptedMs >= acceptedMs;
        if (noted === undefined || !isCovered || noted.passedMs() > COVERED_MS * speed) {
          noted = { passedMs: passedSince(clock), acceptedMs, speed };
          const nowMs = clock.now();
          const latestMs = cloudNow({ clock, time })?.latestMs ?? nowMs;
          // A clock that is ahead signs for later. What is further ahead than that, the cloud refuses.
          const aheadMs = Math.min(Math.max(0, nowMs - latestMs), acceptedMs);
          const untilMs = latestMs + aheadMs + (COVERED_MS + SEND_MS) * speed + acceptedMs;
          const by = lock?.holder();
          await note({ until: new Date(untilMs).toISOString(), ...defined({ by }), value: operation });
        }
        const passedMs = passedSince(clock);
        return () => {
          requireInTime(passedMs() / speed, operation);
          requireLock();
        };
      },
    }),
  };
}

/** The record of an intent is for the changes that are permitted within this time after it, in milliseconds of the machine. */
const COVERED_MS = SEND_MS / 2;

/** What the units of one run in one process share. */
export interface LocalRunOptions {
  /** Which run a record belongs to. */
  readonly run: string;
  readonly context: CallContext;
  /** Ends waits immediately; a step in progress is finished and recorded. */
  readonly signal: AbortSignal;
  readonly journal: Journal;
  /** The limit of concurrent steps. */
  readonly gate: Gate;
  readonly lanes: { readonly run: <T>(key: string | undefined, work: () => Promise<T>) => Promise<T> };
  /** Called when the journal cannot be written: nothing more may be changed. */
  readonly onBroken: (error: unknown) => void;
}

/** The other inputs of a unit: its region's watch, the other units' results, and the open steps of former runs. */
export interface LocalUnitOptions {
  readonly watch: LinkWatch;
  readonly result: Run['result'];
  /** Whether a former run may have done this step without a record of it. */
  readonly interrupted: (step: string) => boolean;
}

/**
 * The `Run` of a unit in one process: every step is recorded before and after, on the run's clock. Answers of former
 * runs are not replayed: effects read the current state, so a killed run is continued by running again.
 */
export function localRun(unit: string, options: LocalRunOptions, own: LocalUnitOptions): Run {
  const { context, signal } = options;
  return {
    unit,
    ...localSteps(unit, options, own.interrupted),
    until: (_id, wait) => own.watch.until(wait, signal),
    result: own.result,
    slot: (_id, key) => context.pace.slot(key, [], signal),
    decision: (id) =>
      Promise.reject(
        new PosternError('NO_TERMINAL', `${id}: a decision is required, and this run cannot ask for it`, {
          remedy: 'Give the decision before the run, with the option that the plan names.',
        }),
      ),
  };
}

/** The watches of one process. Several runs may share them. */
export function localWatches(
  shared: Pick<LocalRunOptions, 'run' | 'context' | 'journal'> & Partial<Pick<LocalRunOptions, 'onBroken'>>,
): LinkWatches {
  const { signal } = new AbortController();
  const context = { ...shared.context, signal: undefined };
  const onBroken = shared.onBroken ?? (() => undefined);
  return linkWatches((unit) =>
    localSteps(unit, { ...shared, context, signal, onBroken, gate: gate(1), lanes: lanes() }),
  );
}

function localSteps(
  unit: string,
  options: LocalRunOptions,
  interrupted: (step: string) => boolean = () => false,
): Pick<Run, 'step' | 'sleep'> {
  const { context, signal, journal, onBroken } = options;
  const step = async <T extends Json>(
    id: string,
    { part, cleansUp = false }: StepOptions,
    effect: (ctx: CallContext, attempt: StepAttempt) => Promise<T>,
  ): Promise<T> => {
    if (signal.aborted && !cleansUp) throw aborted(id, signal);

    const of = { step: id, ...defined({ part }) };
    const writes = writesOf(options);
    const write = async (record: Omit<JournalRecord, 'at' | 'run' | 'unit'>): Promise<void> => {
      try {
        await journal.append({ ...record, at: latestTime(context), run: options.run, unit });
      } catch (error) {
        onBroken(error);
        throw error;
      }
    };
    await write({ type: 'before', ...of });
    // The first part checks what a former run left open; the others follow it.
    const again = part === undefined && interrupted(id);
    const begun = cleansUp ? undefined : stepContext(context, signal);
    const fence = writes.fence((until) => write({ type: 'before', ...of, ...until }));
    const counted = countCalls({ ...(begun?.context ?? { ...context, signal: undefined }), again, fence });
    const startedMs = context.clock.monotonicMs();
    const spent = (): Pick<JournalRecord, 'durationMs' | 'calls'> => ({
      durationMs: elapsedMs(context.clock, startedMs),
      calls: counted.counts(),
    });
    // What was changed before it failed, lists may not show yet: the next run looks for it.
    const fail = async (error: StepError): Promise<StepError> => {
      const value = counted.hasChanged() ? { ...error, unfinished: true } : error;
      await write({ type: 'failed', ...of, value, ...spent() });
      return value;
    };
    let answer: T;
    try {
      answer = await effect(counted.context, { again });
    } catch (error) {
      if (writes.isLost()) throw error; // its record would say that it has ended
      await fail(stepError(error));
      throw error;
    } finally {
      begun?.end();
    }
    const failed = failureOf(answer);
    if (failed !== undefined) return { ...(answer as object), error: await fail(failed) } as unknown as T;

    await write({ type: 'after', value: answer, ...of, ...spent() });
    return answer;
  };
  return {
    step: (id, effect, how: StepOptions = {}) =>
      options.lanes.run(how.exclusive, () => options.gate.run(() => step(id, how, effect))),
    sleep: async (id, ms) => {
      try {
        await context.clock.sleep(ms, signal);
      } catch (error) {
        throw signal.aborted ? aborted(id, signal) : error;
      }
    },
  };
}

export interface ProcessRun {
  /** What its units share. */
  readonly shared: LocalRunOptions;
  /** Why the journal could not be written; the run has ended with it. */
  readonly breakage: () => { readonly error: unknown } | undefined;
}

/** Begins a run that `stop` ends. It also ends as soon as the journal cannot be written. */
export function processRun(
  run: string,
  {
    context,
    journal,
    maxParallel,
  }: { readonly context: CallContext; readonly journal: Journal; readonly maxParallel: number },
  stop: AbortController,
): ProcessRun {
  let breakage: { readonly error: unknown } | undefined;
  const shared: LocalRunOptions = {
    run,
    context,
    journal,
    signal: stop.signal,
    gate: gate(maxParallel),
    lanes: lanes(),
    onBroken: (error) => {
      breakage ??= { error };
      stop.abort(error); // nothing may be changed without a durable record
    },
  };
  return { shared, breakage: () => breakage };
}

/** The ID of the run that a record belongs to. */
export function runId({ clock, random }: Pick<CallContext, 'clock' | 'random'>): string {
  const tail = Math.floor(random() * 0x1_0000_0000)
    .toString(16)
    .padStart(8, '0');
  return `${new Date(clock.now()).toISOString()}-${tail}`;
}
