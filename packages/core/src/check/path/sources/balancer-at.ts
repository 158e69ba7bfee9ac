import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { RegionIndex } from '../../../do/world/views.js';

/** The load balancer that reports an address of a network as its own. */
export function balancerAt(region: RegionIndex, networkId: string, address: string): LoadBalancer | undefined {
  return region
    .group('loadBalancers', 'address', (one) => (one.addresses ?? []).map((own) => `${one.networkId} ${own}`))
    .get(`${networkId} ${address}`)?.[0];
}
