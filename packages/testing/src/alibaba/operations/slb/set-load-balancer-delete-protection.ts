import { slbAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface SetLoadBalancerDeleteProtectionInput {
  readonly LoadBalancerId: string;
  readonly DeleteProtection: 'on' | 'off';
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-setloadbalancerdeleteprotection */
export const setLoadBalancerDeleteProtection = slbAction<
  SetLoadBalancerDeleteProtectionInput,
  Readonly<Record<never, never>>
>({
  name: 'SetLoadBalancerDeleteProtection',
  kind: 'write',
  parameters: { LoadBalancerId: neededText, DeleteProtection: { ...neededText, values: ['on', 'off'] } },
  run: ({ state }, { LoadBalancerId, DeleteProtection }) => {
    getLoadBalancer(state, LoadBalancerId).deleteProtection = DeleteProtection;
    return {};
  },
});
