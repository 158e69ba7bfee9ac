import type { AwsState, RegionState } from '../state/aws-state.js';

type TargetGroupRow = RegionState['loadBalancing']['targetGroups'] extends Map<string, infer Row> ? Row : never;
type TargetRow = TargetGroupRow['targets'][number];

/** Whether the network carries the health checks of one node to a target, since when, and how it was before. */
export interface Reached {
  readonly isOpen: boolean;
  /** Simulated milliseconds since the epoch; -Infinity where it was never seen otherwise. */
  readonly since: number;
  readonly before?: Reached | undefined;
}

/** How the network carries health checks to a target, from each node that checks it; none where nothing can stop them. */
export type ReachedOf = (group: TargetGroupRow, target: TargetRow) => readonly Reached[];

/** Where health checks begin: those of all nodes, or of the one that has an interface. */
export interface CheckedFrom {
  readonly aws: AwsState;
  readonly region: RegionState;
  readonly interfaceId?: string | undefined;
}

/** What follows the network for the health checks of load balancers. */
export interface NetworkChecks {
  readonly from: (place: CheckedFrom) => ReachedOf;
}

/** How many milliseconds of failed checks, and of passed ones, change the health of a target. */
interface Thresholds {
  readonly unhealthyMs: number;
  readonly healthyMs: number;
}

/**
 * Whether the checks of one node count a target as unhealthy because of the network. What was before they began is of no account.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
export function isCutOff({ isOpen, since, before }: Reached, start: number, times: Thresholds, now: number): boolean {
  const wasCutOff = before !== undefined && since > start && isCutOff(before, start, times, since);
  const lasts = now - Math.max(since, start);
  return isOpen ? wasCutOff && lasts < times.healthyMs : wasCutOff || lasts >= times.unhealthyMs;
}

/** Whether no check of a node has passed since the checks began. */
export function isUntried({ isOpen, since, before }: Reached, start: number): boolean {
  return !isOpen && (before === undefined || since <= start || isUntried(before, start));
}

/** The largest threshold, times the largest interval. */
const LONGEST_MS = 10 * 300_000;

/** Whether health by this history changes as time passes, without another change of the world. */
export const isMoving = ({ since }: Reached, now: number): boolean => now - since < LONGEST_MS;
