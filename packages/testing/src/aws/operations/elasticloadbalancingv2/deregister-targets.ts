import type { DeregisterTargetsInput, DeregisterTargetsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { deregister } from '../../load-balancing/target-group/draining.js';
import { getTargetGroup } from '../../load-balancing/find.js';
import { TARGETS } from '../../load-balancing/limits.js';
import { sameTarget } from '../../load-balancing/target-group/targets.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/**
 * Removes targets from a group. They drain, then they are gone. A target that is not registered is not an
 * error.
 */
export const deregisterTargets = operation<Given<DeregisterTargetsInput>, DeregisterTargetsOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DeregisterTargets',
  kind: 'write',
  limits: TARGETS,
  run: (call, input) => {
    const group = getTargetGroup(call.state, input.TargetGroupArn);
    for (const target of input.Targets) {
      // Without a port, all registrations of that ID are deregistered.
      const rows = group.targets.filter((row) =>
        target.Port === undefined ? row.id === target.Id : sameTarget(group, row, target),
      );
      for (const row of rows) deregister(call, group, row);
    }
    return {};
  },
});
