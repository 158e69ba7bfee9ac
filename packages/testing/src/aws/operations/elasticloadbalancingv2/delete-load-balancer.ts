import type { DeleteLoadBalancerInput, DeleteLoadBalancerOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { AwsCall } from '../../call.js';
import { checkArn } from '../../load-balancing/arns.js';
import { listenersOf, rulesOf } from '../../load-balancing/find.js';
import { release } from '../../load-balancing/load-balancer/interfaces.js';
import { loadBalancerAttributes } from '../../load-balancing/load-balancer/load-balancer-attributes.js';
import { noteAttachments } from '../../load-balancing/references.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';
import { ServiceError } from '../../service-error.js';
import type { LoadBalancerRow } from '../../state/load-balancing-state.js';

/**
 * Deletes a load balancer with its listeners and rules; target groups stay. Deleting one that does not exist
 * succeeds.
 */
export const deleteLoadBalancer = operation<Given<DeleteLoadBalancerInput>, DeleteLoadBalancerOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DeleteLoadBalancer',
  kind: 'write',
  run: (call, input) => {
    checkArn('load balancer', input.LoadBalancerArn);
    const { loadBalancers, listeners, rules } = call.state.loadBalancing;
    const row = loadBalancers.get(input.LoadBalancerArn);
    if (row === undefined) return {};
    checkDeletable(call, row);
    for (const listener of listenersOf(call.state, row.arn)) {
      for (const rule of rulesOf(call.state, listener.arn)) rules.delete(rule.arn);
      listeners.delete(listener.arn);
    }
    loadBalancers.delete(row.arn);
    noteAttachments(call);
    release(call, row.zones);
    return {};
  },
});

function checkDeletable(call: AwsCall, row: LoadBalancerRow): void {
  if (loadBalancerAttributes(row)['deletion_protection.enabled'] === 'true') {
    throw new ServiceError(
      'OperationNotPermitted',
      `Load balancer '${row.arn}' cannot be deleted because deletion protection is enabled`,
    );
  }
  if (row.heldBy.length > 0) {
    throw new ServiceError(
      'ResourceInUse',
      `Load balancer '${row.arn}' cannot be deleted because it is currently associated with another service`,
    );
  }
  for (const group of call.state.loadBalancing.targetGroups.values()) {
    const target = group.targets.some((target) => target.id === row.arn && target.deregisteredAt === undefined);
    if (target) {
      throw new ServiceError(
        'ResourceInUse',
        `Load balancer '${row.arn}' is in use as a target of target group '${group.arn}'`,
      );
    }
  }
}
