import type {
  ModifyLoadBalancerAttributesInput,
  ModifyLoadBalancerAttributesOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { attributeList } from '../../load-balancing/attributes.js';
import { getLoadBalancer } from '../../load-balancing/find.js';
import { ATTRIBUTES, TWENTY } from '../../load-balancing/limits.js';
import { changedLoadBalancerAttributes } from '../../load-balancing/load-balancer/load-balancer-attributes.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Sets attributes of a load balancer; answers all of them. */
export const modifyLoadBalancerAttributes = operation<
  Given<ModifyLoadBalancerAttributesInput>,
  ModifyLoadBalancerAttributesOutput
>({
  service: 'elasticloadbalancingv2',
  name: 'ModifyLoadBalancerAttributes',
  kind: 'write',
  limits: { Attributes: TWENTY, ...ATTRIBUTES, 'Attributes[].Value': { length: [0, 1024] } },
  run: (call, input) => {
    const row = getLoadBalancer(call.state, input.LoadBalancerArn);
    row.attributes = changedLoadBalancerAttributes(row, input.Attributes);
    return { Attributes: attributeList(row.attributes) };
  },
});
