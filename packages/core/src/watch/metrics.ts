import { watchedOf } from './words.js';
import type { MetricFamily } from '../ground/telemetry/exposition.js';
import { WATCH_VERDICTS, type WatchEvent, type WatchHistory } from './model.js';

/** What a round took, for {@link watchMetrics}. */
export interface RoundFigures {
  /** Seconds that the last round took. */
  readonly seconds: number;
  /** When the snapshot was taken that the verdicts are of, as ISO 8601; undefined: none yet. */
  readonly readAt?: string | undefined;
  /** Now, in milliseconds since 1970. */
  readonly now: number;
}

/** At most so many integrations have a series of their own; above, only sums are given. */
const MOST_SERIES = 2_000;

/**
 * Metrics of a history, by the name of its project. Labels are names of the spec, checks and codes; no ID of a resource.
 * `expositionText` of `@postern/core/telemetry` writes them.
 */
export function watchMetrics(history: WatchHistory, { seconds, readAt, now }: RoundFigures): readonly MetricFamily[] {
  const spec = history.spec.spec ?? history.spec.project;
  const subjects = Object.entries(history.subjects).filter(([name]) => name !== 'spec');
  const drift = lastDrift(history.log);
  const seriesOf = (subjects.length > MOST_SERIES ? [] : subjects).map(([name, one]) => ({
    ...one,
    labels: labelsOf(spec, name),
  }));
  return [
    gauge(
      'postern_path_verdict',
      'Verdict of an integration or link: 0 works, 1 broken, 2 unknown.',
      seriesOf.flatMap(({ verdict, labels }) =>
        verdict === undefined ? [] : [{ labels, value: WATCH_VERDICTS.indexOf(verdict) }],
      ),
    ),
    gauge(
      'postern_path_verdict_since_timestamp_seconds',
      'Since when the verdict holds.',
      seriesOf.map(({ since, labels }) => ({ labels, value: Date.parse(since) / 1_000 })),
    ),
    gauge(
      'postern_paths',
      'How many integrations and links have a verdict.',
      WATCH_VERDICTS.map((verdict) => ({
        labels: { spec, verdict },
        value: subjects.filter(([, one]) => one.verdict === verdict).length,
      })),
    ),
    gauge(
      'postern_check_findings',
      'Reasons of verdicts other than works, by check and code.',
      reasonCounts(history, spec),
    ),
    gauge('postern_check_duration_seconds', 'How long the last observation and its checks took.', [
      { labels: { spec }, value: seconds },
    ]),
    gauge(
      'postern_last_success_timestamp_seconds',
      'When something was last read.',
      readAt === undefined ? [] : [{ labels: { spec }, value: Date.parse(readAt) / 1_000 }],
    ),
    gauge(
      'postern_snapshot_age_seconds',
      'Age of what the verdicts are of.',
      readAt === undefined ? [] : [{ labels: { spec }, value: Math.max(0, now - Date.parse(readAt)) / 1_000 }],
    ),
    {
      name: 'postern_watch_rounds_total',
      type: 'counter',
      help: 'Observations in the history.',
      samples: [{ labels: { spec }, value: history.rounds }],
    },
    gauge(
      'postern_drift_changed_timestamp_seconds',
      'When the cloud last showed something else, with the same spec.',
      drift === undefined ? [] : [{ labels: { spec }, value: Date.parse(drift) / 1_000 }],
    ),
    gauge(
      'postern_limits_near',
      'Deadlines and quotas that are near.',
      (['deadline', 'quota'] as const).map((what) => ({
        labels: { spec, what },
        value: Object.values(history.limits).filter(({ kind }) => kind === what).length,
      })),
    ),
    gauge(
      'postern_notifications_undelivered',
      'Changes that a notifier has not received yet.',
      history.undelivered.map(({ channel, events, dropped = 0 }) => ({
        labels: { spec, channel },
        value: events.length + dropped,
      })),
    ),
  ];
}

function gauge(name: string, help: string, samples: MetricFamily['samples']): MetricFamily {
  return { name, type: 'gauge', help, samples };
}

/** `integration orders` has the label `integration`, and `link main` the label `link`. */
function labelsOf(spec: string, subject: string): Readonly<Record<string, string>> {
  const { kind, name } = watchedOf(subject);
  return { spec, [kind]: name };
}

function reasonCounts({ subjects }: WatchHistory, spec: string): MetricFamily['samples'] {
  const counts = new Map<string, { readonly labels: Readonly<Record<string, string>>; value: number }>();
  for (const { verdict, reasons } of Object.values(subjects)) {
    if (verdict === undefined || verdict === 'works') continue;

    for (const { check, code } of reasons) {
      const key = JSON.stringify([verdict, check, code]);
      const found = counts.get(key);
      if (found === undefined) counts.set(key, { labels: { spec, verdict, check, code }, value: 1 });
      else found.value += 1;
    }
  }
  return [...counts.values()];
}

function lastDrift(log: readonly WatchEvent[]): string | undefined {
  return log.findLast(({ type }) => type === 'drifted')?.at;
}
