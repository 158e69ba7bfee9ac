import { slbAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface SetLoadBalancerNameInput {
  readonly LoadBalancerId: string;
  readonly LoadBalancerName: string;
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-setloadbalancername */
export const setLoadBalancerName = slbAction<SetLoadBalancerNameInput, Readonly<Record<never, never>>>({
  name: 'SetLoadBalancerName',
  kind: 'write',
  parameters: { LoadBalancerId: neededText, LoadBalancerName: { ...neededText, length: [1, 80] } },
  run: ({ state }, { LoadBalancerId, LoadBalancerName }) => {
    getLoadBalancer(state, LoadBalancerId).name = LoadBalancerName;
    return {};
  },
});
