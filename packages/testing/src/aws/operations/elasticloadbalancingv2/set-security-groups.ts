import type { SetSecurityGroupsInput, SetSecurityGroupsOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import { invalid, unfit } from '../../load-balancing/errors.js';
import { getLoadBalancer } from '../../load-balancing/find.js';
import { regroup } from '../../load-balancing/load-balancer/interfaces.js';
import { ON_OFF } from '../../load-balancing/limits.js';
import { checkSecurityGroups } from '../../load-balancing/load-balancer/security-groups.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Replaces the security groups of a load balancer. A network load balancer made without any can have none. */
export const setSecurityGroups = operation<Given<SetSecurityGroupsInput>, SetSecurityGroupsOutput>({
  service: 'elasticloadbalancingv2',
  name: 'SetSecurityGroups',
  kind: 'write',
  limits: { EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: { values: ON_OFF } },
  run: (call, input) => {
    const row = getLoadBalancer(call.state, input.LoadBalancerArn);
    if (row.type === 'gateway') throw unfit("SetSecurityGroups is not supported for load balancers of type 'gateway'");
    if (!row.hasSecurityGroups) {
      throw unfit(
        'You cannot set security groups on a Network Load Balancer which was created without any security groups.',
      );
    }
    if (input.SecurityGroups.length === 0) throw invalid('At least one security group must be specified');
    const enforce = input.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic;
    if (enforce !== undefined && row.type !== 'network') {
      throw unfit(
        "'EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic' can only be specified for LoadBalancer type 'network'.",
      );
    }
    row.securityGroups = checkSecurityGroups(call, row.vpcId, input.SecurityGroups);
    if (enforce !== undefined) row.enforcePrivateLinkInbound = enforce;
    regroup(call, row);
    return {
      SecurityGroupIds: [...row.securityGroups],
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: row.enforcePrivateLinkInbound,
    };
  },
});
