import type { CheckOptions } from '../do/findings/check.js';
import type { OnClouds } from '../do/kinds/cloud/clouds.js';
import type { Report } from '../do/findings/finding.js';
import type { Spec } from '../do/spec.js';
import type { Snapshot } from '../do/snapshot/snapshot.js';
import { checksOf } from '../check/checks/registry.js';
import { countedCheck } from '../check/checks/run.js';
import type { WatchReason } from './model.js';
import { collectsUncreated, type Uncreated } from './judged.js';

/** One look at everything that a spec names. */
export interface Observation {
  readonly spec: Spec;
  /** When, as ISO 8601. */
  readonly at: string;
  /**
   * Milliseconds since the observation before, by a clock that cannot jump; undefined: another process made it, so the difference of the
   * times counts.
   */
  readonly elapsedMs?: number | undefined;
  /** What was read and found; undefined: nothing could be read. */
  readonly read?:
    | {
        readonly snapshot: Snapshot;
        readonly report: Report;
        /** What does not exist yet, by subject: no verdict is `works` for it. */
        readonly uncreated?: Uncreated | undefined;
      }
    | undefined;
  /** Why nothing could be read: `CREDENTIALS_EXPIRED: DescribeSubnets: …`. */
  readonly failure?: string | undefined;
}

/**
 * The observation of a snapshot that was just taken.
 *
 * ```ts
 * const seen = observation(await observeSpec(spec, drivers, ctx, { checks: true }), spec, { clouds });
 * ```
 *
 * @throws {InvalidInputError} as `check`.
 */
export function observation(
  snapshot: Snapshot,
  spec: Spec,
  {
    elapsedMs,
    clouds,
    checks = checksOf(clouds),
    now,
  }: Pick<Observation, 'elapsedMs'> & Pick<CheckOptions, 'checks' | 'now'> & OnClouds,
): Observation {
  const uncreated = new Map<string, WatchReason>();
  const all = [...checks, collectsUncreated(uncreated)];
  const { report } = countedCheck(snapshot, spec, { clouds, checks: all, now, passes: false, live: true });
  return { spec, at: snapshot.takenAt, elapsedMs, read: { snapshot, report, uncreated } };
}

/** The observation in which nothing could be read: credentials that expired, a network that is down. */
export function failedObservation(
  { code, message }: { readonly code: string; readonly message: string },
  spec: Spec,
  at: string,
  elapsedMs?: number,
): Observation {
  return { spec, at, elapsedMs, failure: `${code}: ${message}` };
}
