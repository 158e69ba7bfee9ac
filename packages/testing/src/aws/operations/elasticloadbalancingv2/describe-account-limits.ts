import type {
  DescribeAccountLimitsInput,
  DescribeAccountLimitsOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { PAGE } from '../../load-balancing/limits.js';
import { paged } from '../../load-balancing/paged.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** The quotas of this service, under the names that this operation has for them. */
export const describeAccountLimits = operation<Given<DescribeAccountLimitsInput>, DescribeAccountLimitsOutput>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeAccountLimits',
  kind: 'read',
  limits: PAGE,
  run: (call, input) => {
    const all = LIMITS.map(([Name, key]) => ({ Name, Max: String(call.quota(key)) }));
    const { items, next } = paged('DescribeAccountLimits', all, input, ({ Name }) => Name);
    return { Limits: items, NextMarker: next };
  },
});

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Limit.html */
const LIMITS: readonly (readonly [name: string, quota: string])[] = [
  ['application-load-balancers', 'application-load-balancers'],
  ['condition-values-per-alb-rule', 'condition-values-per-rule'],
  ['condition-wildcards-per-alb-rule', 'condition-wildcards-per-rule'],
  ['listeners-per-application-load-balancer', 'listeners-per-application-load-balancer'],
  ['listeners-per-network-load-balancer', 'listeners-per-network-load-balancer'],
  ['network-load-balancers', 'network-load-balancers'],
  ['rules-per-application-load-balancer', 'rules-per-application-load-balancer'],
  ['target-groups', 'target-groups'],
  ['target-groups-per-action-on-application-load-balancer', 'target-groups-per-application-action'],
  ['target-groups-per-action-on-network-load-balancer', 'target-groups-per-network-action'],
  ['target-groups-per-application-load-balancer', 'target-groups-per-application-load-balancer'],
  ['targets-per-application-load-balancer', 'targets-per-application-load-balancer'],
  ['targets-per-availability-zone-per-network-load-balancer', 'targets-per-zone-per-network-load-balancer'],
  ['targets-per-network-load-balancer', 'targets-per-network-load-balancer'],
];
