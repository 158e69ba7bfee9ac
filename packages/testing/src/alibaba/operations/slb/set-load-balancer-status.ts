import { slbAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface SetLoadBalancerStatusInput {
  readonly LoadBalancerId: string;
  readonly LoadBalancerStatus: 'active' | 'inactive';
}

/** An inactive one forwards nothing. @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-setloadbalancerstatus */
export const setLoadBalancerStatus = slbAction<SetLoadBalancerStatusInput, Readonly<Record<never, never>>>({
  name: 'SetLoadBalancerStatus',
  kind: 'write',
  parameters: { LoadBalancerId: neededText, LoadBalancerStatus: { ...neededText, values: ['active', 'inactive'] } },
  run: ({ state }, { LoadBalancerId, LoadBalancerStatus }) => {
    getLoadBalancer(state, LoadBalancerId).status = LoadBalancerStatus;
    return {};
  },
});
