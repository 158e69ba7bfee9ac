import type { ModifyTargetGroupInput, ModifyTargetGroupOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { getTargetGroup } from '../../load-balancing/find.js';
import { healthCheck } from '../../load-balancing/target-group/health-checks.js';
import { HEALTH_CHECK } from '../../load-balancing/limits.js';
import { targetGroupView } from '../../load-balancing/views.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Changes the health check of a target group; what is not named stays. */
export const modifyTargetGroup = operation<Given<ModifyTargetGroupInput>, ModifyTargetGroupOutput>({
  service: 'elasticloadbalancingv2',
  name: 'ModifyTargetGroup',
  kind: 'write',
  limits: HEALTH_CHECK,
  run: (call, input) => {
    const row = getTargetGroup(call.state, input.TargetGroupArn);
    row.healthCheck = healthCheck(row, input, row.healthCheck);
    return { TargetGroups: [targetGroupView(call, row)] };
  },
});
