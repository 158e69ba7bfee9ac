import { releaseAddress } from '../../network/vpc/addresses.js';
import { slbAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { slbWords } from '../../slb/errors.js';
import { getLoadBalancer } from '../../slb/load-balancer.js';

/** SLB has no package on npm: our own types. */
interface DeleteLoadBalancerInput {
  readonly LoadBalancerId: string;
}

/**
 * Its listeners and vServer groups are deleted with it.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-deleteloadbalancer
 */
export const deleteLoadBalancer = slbAction<DeleteLoadBalancerInput, Readonly<Record<never, never>>>({
  name: 'DeleteLoadBalancer',
  kind: 'write',
  parameters: { LoadBalancerId: neededText },
  run: ({ state }, { LoadBalancerId }) => {
    const row = getLoadBalancer(state, LoadBalancerId);
    if (row.deleteProtection === 'on') throw slbWords.protectedBalancer();
    if (row.vSwitchId !== '') releaseAddress(state, row.vSwitchId, row.address);
    state.slb.loadBalancers.delete(row.id);
    for (const group of state.slb.serverGroups.values()) {
      if (group.loadBalancerId === row.id) state.slb.serverGroups.delete(group.id);
    }
    return {};
  },
});
