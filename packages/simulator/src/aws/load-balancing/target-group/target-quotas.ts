import type { AwsCall } from '../../operation/call.js';
import { ServiceError } from '../../operation/service-error.js';
import type { LoadBalancerRow, TargetGroupRow, TargetRow } from '../state.js';
import { loadBalancerAttributes } from '../load-balancer/load-balancer-attributes.js';
import { loadBalancersOf, targetGroupsOf } from '../references.js';

/**
 * What one application load balancer counts for behind a network load balancer, without and with cross-zone balancing.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html
 */
const BALANCER_WEIGHT = { zonal: 50, crossZone: 100 } as const;

/**
 * Checks that a group may have these targets, and that the load balancers which use it may.
 * @throws {ServiceError} `TooManyTargets`.
 */
export function checkTargetQuotas(call: AwsCall, group: TargetGroupRow, targets: readonly TargetRow[]): void {
  if (group.targetType === 'lambda' && targets.length > 1) {
    throw tooMany("A target group with target type 'lambda' can have only one target");
  }
  if (targets.length > call.quota('targets-per-target-group')) {
    throw tooMany(`The maximum number of targets in target group '${group.arn}' has been reached`);
  }
  for (const balancer of loadBalancersOf(call.state, group.arn)) {
    const all = [...targetGroupsOf(call.state, balancer.arn)].flatMap((arn) => {
      const row = call.state.loadBalancing.targetGroups.get(arn);
      return row === undefined ? [] : (row === group ? targets : row.targets).map((target) => ({ row, target }));
    });
    checkBalancer(call, balancer, all);
  }
}

function checkBalancer(
  call: AwsCall,
  balancer: LoadBalancerRow,
  all: readonly { readonly row: TargetGroupRow; readonly target: TargetRow }[],
): void {
  if (balancer.type === 'gateway') return;
  const full = tooMany(`The maximum number of targets on load balancer '${balancer.arn}' has been reached`);
  if (all.length > call.quota(`targets-per-${balancer.type}-load-balancer`)) throw full;
  if (balancer.type !== 'network') return;
  const crossZone = loadBalancerAttributes(balancer)['load_balancing.cross_zone.enabled'] === 'true';
  const zones = new Map<string, number>();
  for (const { row, target } of all) {
    const weight = row.targetType === 'alb' ? BALANCER_WEIGHT[crossZone ? 'crossZone' : 'zonal'] : 1;
    // With cross-zone balancing every node uses every target: the zonal quota then is one for all.
    const zone = crossZone ? '' : (target.availabilityZone ?? '');
    zones.set(zone, (zones.get(zone) ?? 0) + weight);
  }
  const most = call.quota('targets-per-zone-per-network-load-balancer');
  if ([...zones.values()].some((count) => count > most)) throw full;
}

function tooMany(message: string): ServiceError {
  return new ServiceError('TooManyTargets', message);
}
