import { cloudTraits } from '../../kinds/cloud/clouds.js';
import type { GroupTarget, TargetGroup } from '../../model/load-balancer.js';
import type { RegionIndex } from '../../world/views.js';

/** What AWS says of a target that answered its health check with a status code that this does not take. */
const OTHER_CODE = 'Target.ResponseCodeMismatch';

/**
 * Whether calls to targets of which none is healthy are answered. Load balancers of AWS fail open: where all targets that they
 * could hand a call to fail their health checks, they hand it to any of these. One that answered its health check with another status
 * code than asked for answers calls, too; of one that did not answer in time nobody expects that. All have to answer: which one gets a
 * call is not known. CLB of Alibaba Cloud sends nothing to sick backends, and gives no such reason.
 * @param targets those of one group that a load balancer could hand calls to from where they come in
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/modify-target-group-health-settings.html
 */
export function answerThoughSick(targets: readonly GroupTarget[]): boolean {
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
 * registered ones, which no page says. CLB of Alibaba Cloud sends nothing to sick backends.
 * @param used the targets of the group that calls could be sent to
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
 */
export function failsOver(
  { region }: Pick<RegionIndex, 'region'>,
  { minimumHealthy, targets = [] }: TargetGroup,
  used: readonly GroupTarget[],
  healthy: number,
): boolean | undefined {
  if (!cloudTraits(region).loadBalancersFailOpen) return false;
  if (minimumHealthy === undefined) return undefined;
  const { count = 0, percent = 0 } = minimumHealthy;
  if (healthy < count) return true;
  const isBelow = (registered: number): boolean => healthy * 100 < percent * registered;
  return isBelow(used.length) === isBelow(targets.length) ? isBelow(used.length) : undefined;
}

/** A target that answers its health check, or that nobody expects to: one of another code answers calls, too. */
export function answersCalls({ health, reason }: GroupTarget): boolean {
  return health !== 'unhealthy' || reason === OTHER_CODE;
}

/** Whether a load balancer of the region hands calls to targets of which none is healthy. */
export function failsOpen({ region }: Pick<RegionIndex, 'region'>, targets: readonly GroupTarget[]): boolean {
  return cloudTraits(region).loadBalancersFailOpen && targets.some(({ health }) => health === 'unhealthy');
}
