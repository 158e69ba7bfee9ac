import type { DeleteListenerInput, DeleteListenerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { getListener, rulesOf } from '../../load-balancing/find.js';
import { noteAttachments } from '../../load-balancing/references.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';

/** Deletes a listener with its rules. */
export const deleteListener = operation<Given<DeleteListenerInput>, DeleteListenerOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DeleteListener',
  kind: 'write',
  run: (call, input) => {
    const row = getListener(call.state, input.ListenerArn);
    const { listeners, rules, targetGroups } = call.state.loadBalancing;
    for (const { targets } of targetGroups.values()) {
      const target = targets.find(({ id, port }) => id === row.loadBalancerArn && port === row.port);
      if (target !== undefined && target.deregisteredAt === undefined) {
        throw new ServiceError(
          'ResourceInUse',
          `Listener port '${row.port}' is in use by registered target '${row.loadBalancerArn}' and cannot be removed.`,
        );
      }
    }
    for (const rule of rulesOf(call.state, row.arn)) rules.delete(rule.arn);
    listeners.delete(row.arn);
    noteAttachments(call);
    return {};
  },
});
