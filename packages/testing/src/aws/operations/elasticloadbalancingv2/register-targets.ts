import type { RegisterTargetsInput, RegisterTargetsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../call.js';
import { invalid } from '../../load-balancing/errors.js';
import { getTargetGroup } from '../../load-balancing/find.js';
import { TARGETS } from '../../load-balancing/limits.js';
import { loadBalancersOf, targetGroupsOf } from '../../load-balancing/references.js';
import { newTarget } from '../../load-balancing/targets.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';
import type { TargetGroupRow, TargetRow } from '../../state/load-balancing-state.js';

/** Registers targets. One that is registered already stays as it is; one that is draining comes back. */
export const registerTargets = operation<Given<RegisterTargetsInput>, RegisterTargetsOutput>({
  service: 'elasticloadbalancingv2',
  name: 'RegisterTargets',
  kind: 'write',
  limits: TARGETS,
  run: (call, input) => {
    const group = getTargetGroup(call.state, input.TargetGroupArn);
    if (input.Targets.length === 0) throw invalid('At least one target must be specified');
    const fresh = input.Targets.map((target) => newTarget(call, group, target));
    const kept = group.targets.filter((row) => row.deregisteredAt === undefined);
    const added = fresh.filter((row) => !kept.some(({ id, port }) => id === row.id && port === row.port));
    const returning = (row: TargetRow): boolean => added.some(({ id, port }) => id === row.id && port === row.port);
    checkQuotas(call, group, kept.length + added.length);
    group.targets = [...group.targets.filter((row) => !returning(row)), ...unique(added)];
    return {};
  },
});

function unique(rows: readonly TargetRow[]): TargetRow[] {
  return [...new Map(rows.map((row) => [`${row.id} ${row.port}`, row])).values()];
}

function checkQuotas(call: AwsCall, group: TargetGroupRow, count: number): void {
  if (group.targetType === 'lambda' && count > 1) {
    throw new ServiceError('TooManyTargets', "A target group with target type 'lambda' can have only one target");
  }
  if (count > call.quota('targets-per-target-group')) {
    throw new ServiceError(
      'TooManyTargets',
      `The maximum number of targets in target group '${group.arn}' has been reached`,
    );
  }
  for (const balancer of loadBalancersOf(call.state, group.arn)) {
    if (balancer.type === 'gateway') continue;
    const others = [...targetGroupsOf(call.state, balancer.arn)]
      .filter((arn) => arn !== group.arn)
      .map((arn) => call.state.loadBalancing.targetGroups.get(arn)?.targets.length ?? 0);
    const total = others.reduce((sum, size) => sum + size, count);
    if (total > call.quota(`targets-per-${balancer.type}-load-balancer`)) {
      throw new ServiceError(
        'TooManyTargets',
        `The maximum number of targets on load balancer '${balancer.arn}' has been reached`,
      );
    }
  }
}
