import type { LoadBalancerRow } from '../state/slb-state.js';
import type { AlibabaRegionState } from '../state/region-state.js';

/** The load balancer, or undefined where there is none of that id. */
export function findLoadBalancer({ slb }: AlibabaRegionState, id: string): LoadBalancerRow | undefined {
  return slb.loadBalancers.get(id);
}
