import { AWAY } from './blackhole.js';
import type { Leaving } from './way-on.js';
import { nextHopsFor } from './route-table.js';

/**
 * Whether what a NAT gateway forwards may get to an address. It stands in a subnet of the network whose routes lead to it, and goes on
 * by the route table of that subnet; which subnet that is, is not read. So the address is out of reach where no table of the network
 * leads there but by a NAT gateway or to the internet.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html (private NAT gateways)
 */
export function mayGoOnFromNat({ place: { subnet, world }, to }: Leaving): boolean {
  const { index } = world;
  if (index.missing('routeTables') !== undefined) return true;
  const tables = index.group('routeTables', 'network', ({ networkId }) => [networkId]);
  return (tables.get(subnet.networkId) ?? []).some((table) => {
    const hops = nextHopsFor(table, to, world.prefixes);
    return hops === undefined || hops.some(({ kind }) => kind !== 'nat' && !AWAY.has(kind));
  });
}
