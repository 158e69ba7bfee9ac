import type { RegisterTargetsInput, RegisterTargetsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { invalid } from '../../load-balancing/errors.js';
import { getTargetGroup } from '../../load-balancing/find.js';
import { TARGETS } from '../../load-balancing/limits.js';
import { checkTargetQuotas } from '../../load-balancing/target-group/target-quotas.js';
import { newTarget } from '../../load-balancing/target-group/targets.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import type { TargetRow } from '../../state/load-balancing-state.js';

/**
 * Registers targets. One that is registered already is not changed; one that is draining is registered
 * again.
 */
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
    const added = unique(fresh).filter((row) => !kept.some(({ id, port }) => id === row.id && port === row.port));
    const returning = (row: TargetRow): boolean => added.some(({ id, port }) => id === row.id && port === row.port);
    checkTargetQuotas(call, group, [...kept, ...added]);
    group.targets = [...group.targets.filter((row) => !returning(row)), ...added];
    return {};
  },
});

function unique(rows: readonly TargetRow[]): TargetRow[] {
  return [...new Map(rows.map((row) => [`${row.id} ${row.port}`, row])).values()];
}
