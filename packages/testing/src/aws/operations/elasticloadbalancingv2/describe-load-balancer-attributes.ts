import type {
  DescribeLoadBalancerAttributesInput,
  DescribeLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { attributeList } from '../../load-balancing/attributes.js';
import { getLoadBalancer } from '../../load-balancing/find.js';
import { loadBalancerAttributes } from '../../load-balancing/load-balancer/load-balancer-attributes.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Every attribute that a load balancer of its type has. */
export const describeLoadBalancerAttributes = operation<
  Given<DescribeLoadBalancerAttributesInput>,
  DescribeLoadBalancerAttributesOutput
>({
  service: 'elasticloadbalancingv2',
  name: 'DescribeLoadBalancerAttributes',
  kind: 'read',
  run: (call, input) => ({
    Attributes: attributeList(loadBalancerAttributes(getLoadBalancer(call.state, input.LoadBalancerArn))),
  }),
});
