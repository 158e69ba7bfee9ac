import { defined } from '../ground/defined.js';
import type { Spec } from '../do/spec.js';
import { jsonText } from '../ground/text/json-text.js';
import { verdictCounts } from './message.js';
import {
  WATCH_VERSION,
  type WatchCause,
  type WatchedSpec,
  type WatchEvent,
  type WatchHistory,
  type WatchLimit,
  type WatchReason,
  type WatchVerdict,
} from './model.js';

/** A watched subject, as a report shows it. */
export interface WatchedEntry {
  /** `integration orders`, `link eu`, `spec`. */
  readonly subject: string;
  /** Undefined: no second observation has confirmed it yet. */
  readonly verdict?: WatchVerdict | undefined;
  readonly since: string;
  readonly cause?: WatchCause | undefined;
  readonly reasons: readonly WatchReason[];
  readonly more: number;
  /** What one observation shows, and a second one has to confirm. */
  readonly pending?: WatchVerdict | undefined;
}

/** What is watched, since when each verdict holds, and what changed it. Plain JSON. */
export interface WatchReport {
  readonly version: typeof WATCH_VERSION;
  readonly type: 'postern.watch-report';
  readonly spec: WatchedSpec;
  readonly startedAt: string;
  readonly lastAt: string;
  readonly rounds: number;
  /** Why the last observation read nothing. */
  readonly failure?: string | undefined;
  readonly counts: Readonly<Record<WatchVerdict, number>>;
  /** Broken ones first, then those that are not proven; of those the newest first. */
  readonly watched: readonly WatchedEntry[];
  readonly limits: readonly WatchLimit[];
  /** Entries of `ignore`: which findings do not count, why, and until when. */
  readonly ignored: readonly NonNullable<Spec['ignore']>[number][];
  /** The newest first. */
  readonly log: readonly WatchEvent[];
  /** How many older events are not in the log any more. */
  readonly dropped: number;
  readonly undelivered: readonly {
    readonly channel: string;
    readonly events: number;
    readonly attempts: number;
    /** How many older changes are not among the events. */
    readonly dropped?: number | undefined;
    readonly failure?: string | undefined;
  }[];
}

const RANK: Readonly<Record<WatchVerdict, number>> = { broken: 0, unknown: 1, works: 3 };

export function watchReport(history: WatchHistory, spec: Pick<Spec, 'ignore'>): WatchReport {
  const { startedAt, lastAt, rounds, failure, subjects, limits, log, dropped = 0, undelivered } = history;
  const rank = ({ verdict }: WatchedEntry): number => (verdict === undefined ? 2 : RANK[verdict]);
  return {
    version: WATCH_VERSION,
    type: 'postern.watch-report',
    spec: history.spec,
    startedAt,
    lastAt,
    rounds,
    ...defined({ failure }),
    counts: verdictCounts(history),
    watched: Object.entries(subjects)
      .map(([subject, { pending, ...one }]): WatchedEntry => ({
        subject,
        ...one,
        ...(pending && { pending: pending.verdict }),
      }))
      .filter(({ subject, verdict, pending }) => subject !== 'spec' || verdict !== 'works' || pending !== undefined)
      .toSorted((a, b) => rank(a) - rank(b) || (rank(a) === 3 ? 0 : b.since.localeCompare(a.since))),
    limits: Object.values(limits),
    ignored: spec.ignore ?? [],
    log: log.toReversed(),
    dropped,
    undelivered: undelivered.map(({ channel, events, attempts, dropped: left, failure: why }) => ({
      channel,
      events: events.length,
      attempts,
      ...defined({ dropped: left, failure: why }),
    })),
  };
}

/** A report as the text of a JSON file. */
export function watchReportJson(report: WatchReport): string {
  return `${jsonText(report, 2)}\n`;
}
