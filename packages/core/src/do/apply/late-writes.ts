import type { CallContext } from '../../ground/calls/call-context.js';
import { cloudNow } from '../../ground/clocks/cloud-time.js';
import { UNSEEN_MS } from '../model/read-bound.js';
import { stepKey } from './events.js';
import type { Journal, JournalRecord } from './journal.js';

/** A change of a process that has neither recorded its outcome nor ended for certain. */
export interface LateWrite {
  readonly run: string;
  readonly unit: string;
  readonly step: string;
  /** ISO 8601: until then it can take effect. */
  readonly until: string;
  /** The process, as `Journal.fence` names it. */
  readonly by: string;
  /** So long before `until` the record was written, in milliseconds. */
  readonly spanMs: number;
}

/**
 * The changes that may still take effect although no process of the journal's holder makes them: their process has lost its lock while
 * it lived, or is on another machine. `now`: of the cloud, in milliseconds since the epoch; NaN where it is not known: then no time has passed.
 */
export function lateWrites(
  records: readonly JournalRecord[],
  fence: Journal['fence'],
  now: number,
): readonly LateWrite[] {
  const open = new Map<string, LateWrite>();
  for (const record of records) {
    const { type, run, unit, step, until, by, at } = record;
    if (unit === undefined || step === undefined) continue;

    const key = keyOf(record);
    if (type === 'after' || type === 'failed') open.delete(key);
    if (type !== 'before' || until === undefined || by === undefined) continue;

    open.set(key, { run, unit, step, until, by, spanMs: Date.parse(until) - Date.parse(at) });
  }
  return [...open.values()].filter(({ by, until }) => !(now >= Date.parse(until)) && fence?.hasEnded(by) !== true);
}

/** Who waits: `hear` makes a call, so that the time of the cloud is known. */
export interface Awaiting {
  readonly context: Pick<CallContext, 'clock' | 'time' | 'signal'>;
  readonly hear?: (() => Promise<unknown>) | undefined;
}

/**
 * A journal whose lock is held only once nothing can arrive any more that a former holder has sent. Whoever takes a lock over reads the
 * cloud after that: what it reads before, a request on its way may change.
 */
export function afterLateWrites(journal: Journal, awaiting: Awaiting): Journal {
  const lock: Journal['lock'] = async () => {
    const held = await journal.lock();
    try {
      await awaitLateWrites(journal, awaiting);
      return held;
    } catch (error) {
      await held.release();
      throw error;
    }
  };
  return { ...journal, lock };
}

async function awaitLateWrites({ read, fence }: Journal, { context, hear }: Awaiting): Promise<void> {
  if (fence === undefined) return;

  const records = await read();
  const now = (): number => cloudNow(context)?.earliestMs ?? Number.NaN;
  if (lateWrites(records, fence, now()).length > 0 && Number.isNaN(now())) await hear?.();
  const late = lateWrites(records, fence, now());
  const [last] = late.toSorted((a, b) => b.until.localeCompare(a.until));
  if (last === undefined) return;

  const { until, by, unit, step } = last;
  fence.note(`${by} did not end, and ${step} of ${unit} may still take effect: waiting until ${until}. ${END_IT}`);
  const leftMs = Number.isNaN(now()) ? Math.max(...late.map(({ spanMs }) => spanMs)) : Date.parse(until) - now();
  await context.clock.sleep(leftMs, context.signal);
}

const END_IT = 'Where that process has stopped, end it, and run this again: nothing is waited for then.';

/**
 * Waits until each read must show what the runs of a journal have changed. A removal deletes what it sees: what was made a moment ago would
 * stay, without an error.
 */
export async function untilChangesShow(
  records: readonly JournalRecord[],
  { clock, time, signal }: Pick<CallContext, 'clock' | 'time' | 'signal'>,
): Promise<void> {
  const changing = new Set(records.filter(({ until }) => until !== undefined).map(keyOf));
  const last = records.findLast((record) => changing.has(keyOf(record)))?.at;
  if (last === undefined) return;

  const passedMs = (cloudNow({ clock, time })?.earliestMs ?? clock.now()) - Date.parse(last);
  const leftMs = UNSEEN_MS - Math.max(0, passedMs);
  if (leftMs > 0) await clock.sleep(leftMs, signal);
}

/** A step of a run. */
const keyOf = ({ run, unit, step }: JournalRecord): string => `${run} ${stepKey({ unit, step })}`;
