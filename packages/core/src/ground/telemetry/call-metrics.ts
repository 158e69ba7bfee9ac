import type { Trace } from '../calls/call-context.js';
import type { MetricFamily, MetricSample } from './exposition.js';

/** Upper ends of the buckets of durations, in seconds. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] as const;

/** Counts of cloud calls. */
export interface CallMetrics {
  /** For `createContext`; each attempt counts. */
  readonly trace: Trace;
  readonly families: () => readonly MetricFamily[];
}

interface Durations {
  readonly labels: Readonly<Record<string, string>>;
  readonly counts: number[];
  sum: number;
  count: number;
}

/**
 * Metrics of cloud calls: `postern_cloud_calls_total`, `postern_cloud_call_duration_seconds`, `postern_throttled_total`. Labels are the
 * cloud, the region, the operation and the outcome: `ok`, or the code of the error. No label has the ID of a resource.
 *
 * ```ts
 * const calls = callMetrics();
 * const ctx = createContext({ trace: calls.trace });
 * console.log(expositionText(calls.families()));
 * ```
 */
export function callMetrics(): CallMetrics {
  const calls = new Map<string, { readonly labels: Readonly<Record<string, string>>; value: number }>();
  const throttled = new Map<string, { readonly labels: Readonly<Record<string, string>>; value: number }>();
  const durations = new Map<string, Durations>();
  return {
    trace: ({ provider, service, operation, region }) => {
      const name = `${service}.${operation}`;
      return ({ durationMs, code = 'ok' }) => {
        count(calls, { provider, region, operation: name, outcome: code });
        if (code === 'THROTTLED') count(throttled, { provider, region });
        observe(durations, { provider, operation: name }, durationMs / 1_000);
      };
    },
    families: () => [
      {
        name: 'postern_cloud_calls_total',
        type: 'counter',
        help: 'Attempts of cloud calls that have ended, by outcome: ok, or the code of the error.',
        samples: [...calls.values()],
      },
      {
        name: 'postern_throttled_total',
        type: 'counter',
        help: 'Attempts that a cloud refused because of its rate limits.',
        samples: [...throttled.values()],
      },
      {
        name: 'postern_cloud_call_duration_seconds',
        type: 'histogram',
        help: 'How long an attempt took.',
        samples: [...durations.values()].flatMap(histogram),
      },
    ],
  };
}

function count(
  into: Map<string, { readonly labels: Readonly<Record<string, string>>; value: number }>,
  labels: Readonly<Record<string, string>>,
): void {
  const key = Object.values(labels).join('\n');
  const found = into.get(key);
  if (found === undefined) into.set(key, { labels, value: 1 });
  else found.value += 1;
}

function observe(into: Map<string, Durations>, labels: Readonly<Record<string, string>>, seconds: number): void {
  const key = Object.values(labels).join('\n');
  const found = into.get(key) ?? { labels, counts: BUCKETS.map(() => 0), sum: 0, count: 0 };
  into.set(key, found);
  found.sum += seconds;
  found.count += 1;
  for (const [at, end] of BUCKETS.entries()) if (seconds <= end) found.counts[at] = (found.counts[at] ?? 0) + 1;
}

function histogram({ labels, counts, sum, count: total }: Durations): readonly MetricSample[] {
  return [
    ...BUCKETS.map((end, at) => ({
      suffix: '_bucket',
      labels: { ...labels, le: String(end) },
      value: counts[at] ?? 0,
    })),
    { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: total },
    { suffix: '_sum', labels, value: sum },
    { suffix: '_count', labels, value: total },
  ];
}
