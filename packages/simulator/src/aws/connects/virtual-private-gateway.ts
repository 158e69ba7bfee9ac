import { vgwRoutes } from '../ec2/vpc/vgw-routes.js';
import type { RegionState } from '../state/region-state.js';
import { coveringBits } from './blocks.js';
import type { Finding } from './connection.js';
import { outside, type Way } from './way.js';

/**
 * A virtual private gateway forwards to what one of its connections has announced: Direct Connect, or a VPN
 * connection that is up. The other end is assumed to answer.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
 */
export function outOfVgw(region: RegionState, id: string, address: string): Way | Finding {
  const [best] = vgwRoutes(region, id)
    .flatMap((route) => {
      const bits = coveringBits(route.destination, address);
      return bits === undefined ? [] : [{ route, bits }];
    })
    .sort((a, b) => b.bits - a.bits);
  if (!best) return { by: 'virtual-private-gateway', because: `No line of ${id} leads to ${address}.` };
  return outside(address, `${id} and ${best.route.by}`, ['virtual-private-gateway', 'outside']);
}
