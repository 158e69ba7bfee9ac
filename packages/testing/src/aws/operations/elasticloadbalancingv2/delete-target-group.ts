import type { DeleteTargetGroupInput, DeleteTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { checkArn } from '../../load-balancing/arns.js';
import { loadBalancersOf } from '../../load-balancing/references.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** Deletes a target group that no listener and no rule uses. Deleting one that does not exist succeeds. */
export const deleteTargetGroup = operation<Given<DeleteTargetGroupInput>, DeleteTargetGroupOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DeleteTargetGroup',
  kind: 'write',
  run: (call, input) => {
    checkArn('target group', input.TargetGroupArn);
    if (loadBalancersOf(call.state, input.TargetGroupArn).length > 0) {
      throw new ServiceError(
        'ResourceInUse',
        `Target group '${input.TargetGroupArn}' is currently in use by a listener or a rule`,
      );
    }
    call.state.loadBalancing.targetGroups.delete(input.TargetGroupArn);
    return {};
  },
});
