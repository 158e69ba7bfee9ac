import type { GroupTarget, TargetGroup } from '../../../do/model/load-balancer.js';
import type { RegionIndex } from '../../../do/world/views.js';

/** The reason that AWS reports for a target that answered its health check with an unexpected status code. */
const OTHER_CODE = 'Target.ResponseCodeMismatch';

/**
 * Whether calls to a group without healthy targets are answered. Load balancers of AWS fail open: where all
 * targets that they could forward a call to fail their health checks, they forward it to any of these. A
 * target that answered its health check with a status code other than the expected one answers calls as well.
 * A target that did not answer in time is assumed not to. All targets must answer, because it is unknown
 * which one gets a call. CLB of Alibaba Cloud forwards nothing to unhealthy backends, and reports no such
 * reason.
 * @param targets the targets of one group that a load balancer could forward calls to from the zone that
 *   calls enter
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/modify-target-group-health-settings.html
 */
export function unhealthyTargetsAnswer(targets: readonly GroupTarget[]): boolean {
  const called = targets.filter(mayGetCalls);
  return called.length > 0 && called.every(({ health, reason }) => health === 'unhealthy' && reason === OTHER_CODE);
}

/** Whether a target would get calls if it were healthy: one that is `unused` or `draining` would not. */
export function mayGetCalls({ health }: GroupTarget): boolean {
  return health !== 'unused' && health !== 'draining';
}

/**
 * Whether so few targets are healthy that a load balancer sends to all of them, the unhealthy ones included, although some are healthy.
 * Undefined where its threshold was not read, or where it depends on whether AWS takes the percentage of the targets in use or of all
 * registered ones, which is not documented. CLB of Alibaba Cloud sends nothing to unhealthy backends.
 * @param used the targets of the group that calls could be sent to
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
 */
export function failsOver(
  { region, clouds }: Pick<RegionIndex, 'region' | 'clouds'>,
  { minimumHealthy, targets = [] }: TargetGroup,
  used: readonly GroupTarget[],
  healthy: number,
): boolean | undefined {
  if (!clouds.network(region).loadBalancersFailOpen) return false;
  if (minimumHealthy === undefined) return undefined;
  const { count = 0, percent = 0 } = minimumHealthy;
  if (healthy < count) return true;
  const isBelow = (registered: number): boolean => healthy * 100 < percent * registered;
  return isBelow(used.length) === isBelow(targets.length) ? isBelow(used.length) : undefined;
}

/**
 * Whether a target answers calls: it is not unhealthy, or it answered its health check with another status
 * code.
 */
export function answersCalls({ health, reason }: GroupTarget): boolean {
  return health !== 'unhealthy' || reason === OTHER_CODE;
}

/** Whether a load balancer of the region forwards calls to targets of which none is healthy. */
export function failsOpen(
  { region, clouds }: Pick<RegionIndex, 'region' | 'clouds'>,
  targets: readonly GroupTarget[],
): boolean {
  return clouds.network(region).loadBalancersFailOpen && targets.some(({ health }) => health === 'unhealthy');
}
