import type { Clock } from '../clock.js';
import { PosternError } from '../errors.js';

/** Between which instants it is now, in milliseconds since the epoch. */
export interface TimeBounds {
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** A moment on both times of a machine's clock: the one that may be set, and the one that only goes forward. */
export interface Moment {
  readonly nowMs: number;
  readonly monotonicMs: number;
}

/**
 * The time of the cloud, as the `Date` of its answers shows it. Instants that another machine or process reads are of this time: the
 * clocks of two machines may differ by any amount. What must not seem older than it is, is written at the latest instant that it may
 * be now, and is read at the earliest.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1
 */
export interface CloudTime {
  /** Undefined until an answer had a `Date`: then nothing is known of how much time has passed for others. */
  readonly now: () => TimeBounds | undefined;
  /** Notes the `Date` of an answer, in milliseconds since the epoch. `asked`: before the request was sent. */
  readonly heard: (dateMs: number, asked: Moment) => void;
}

/** A context of calls. */
export interface TimeSources {
  readonly clock: Clock;
  readonly time?: CloudTime | undefined;
}

/** A `Date` has whole seconds. */
const SECOND_MS = 1_000;

/** The time of a cloud of which nothing has been heard yet. `clock` is the machine's. */
export function cloudTime(clock: Clock): CloudTime {
  /** The cloud's time was at least `low.dateMs` at `low.at`, and less than `high.dateMs` at `high.at`. */
  let low: { readonly dateMs: number; readonly at: Moment } | undefined;
  let high = low;
  const earliestMs = (): number => (low === undefined ? Number.NaN : low.dateMs + Math.min(...passedSince(low.at)));
  const latestMs = (): number => (high === undefined ? Number.NaN : high.dateMs + Math.max(...passedSince(high.at)));
  // A clock may be set, and a machine that sleeps may stop the time that only goes forward.
  const passedSince = (then: Moment): readonly number[] => {
    const { nowMs, monotonicMs } = momentOf(clock);
    return [nowMs - then.nowMs, monotonicMs - then.monotonicMs];
  };
  return {
    now: () =>
      low === undefined ? undefined : { earliestMs: Math.floor(earliestMs()), latestMs: Math.ceil(latestMs()) },
    heard: (dateMs, asked) => {
      const [newLow, newHigh] = [
        { dateMs, at: momentOf(clock) },
        { dateMs: dateMs + SECOND_MS, at: asked },
      ];
      if (!(earliestMs() > dateMs)) low = newLow;
      if (!(latestMs() < dateMs + SECOND_MS + Math.max(...passedSince(asked)))) high = newHigh;
      // It contradicts what was heard before: the last answer counts.
      if (earliestMs() > latestMs()) [low, high] = [newLow, newHigh];
    },
  };
}

/** Now, on both times of a clock. */
export function momentOf(clock: Pick<Clock, 'now' | 'monotonicMs'>): Moment {
  return { nowMs: clock.now(), monotonicMs: clock.monotonicMs() };
}

/** Between which instants it is now for the cloud; undefined before an answer had a `Date`. */
export function cloudNow({ time }: TimeSources): TimeBounds | undefined {
  return time?.now();
}

/**
 * The latest instant that it may be now for the cloud, in milliseconds since the epoch, for what other machines read.
 * @throws {PosternError} `BAD_RESPONSE` where no answer had a `Date`.
 */
export function latestCloudMs(context: TimeSources): number {
  const now = cloudNow(context);
  if (now !== undefined) return now.latestMs;

  throw new PosternError('BAD_RESPONSE', "no answer had a Date, so the cloud's time is not known", {
    remedy: 'Use clients that report the headers of answers; see `SendOptions` of the adapter.',
  });
}

/**
 * The time for a record, which must not seem older than it is: a later run waits for what began a moment before. The machine's before
 * an answer had a `Date`.
 */
export function latestTime(context: TimeSources): string {
  return new Date(cloudNow(context)?.latestMs ?? context.clock.now()).toISOString();
}

/** When something was read. */
export interface ReadingTime {
  /** ISO 8601. */
  readonly takenAt: string;
  /**
   * Whose clock shows `takenAt`: that of the cloud, as the `Date` of its answers shows it, at the earliest. Absent: the machine's, with
   * which instants that others wrote cannot be compared.
   */
  readonly clock?: 'cloud' | undefined;
}

/** Begins a reading. What it returns is called after the reading, so that answers with a `Date` came. */
export function beginReading(context: TimeSources): () => ReadingTime {
  const { clock } = context;
  const [begunMs, startedMs] = [clock.now(), clock.monotonicMs()];
  return () => {
    const now = cloudNow(context);
    if (now === undefined) return { takenAt: new Date(begunMs).toISOString() };

    return {
      takenAt: new Date(now.earliestMs - (clock.monotonicMs() - startedMs)).toISOString(),
      clock: 'cloud',
    };
  };
}
