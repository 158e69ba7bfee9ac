import type { RouteTable } from '../../../do/model/routing.js';
import type { Lists } from '../model/world.js';
import type { Missing } from '../../../do/world/views.js';
import { AWAY, compileTable, nextHopsFor } from './route-table.js';
import type { Leaving } from './arrival.js';

/**
 * Whether a packet that a NAT gateway forwards may reach an address. The NAT gateway is in a subnet of the
 * network whose routes use it, and forwards by the route table of that subnet. Which subnet that is, is not
 * read. So the address is unreachable (`none`) where no table of the network has a route to it other than by
 * a NAT gateway or to the internet. Where that depends on a table that was not read: the missing fact.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html (private NAT gateways)
 */
export function onwardFromNat({ place: { subnet, world }, to }: Leaving): 'may' | 'none' | Missing {
  const { index } = world;
  const tables = index.group('routeTables', 'network', ({ networkId }) => [networkId]).get(subnet.networkId) ?? [];
  let missing = index.missing('routeTables');
  for (const table of tables) {
    const hops = nextHopsFor(table, to, world);
    if (hops?.some(({ kind }) => kind !== 'nat' && !AWAY.has(kind)) === true) return 'may';
    if (hops === undefined) missing ??= unreadRoutes(table, world);
  }
  return missing ?? 'none';
}

function unreadRoutes(table: RouteTable, world: Lists): Missing {
  const open = table.routes && compileTable(table, table.routes, world).open;
  return open?.missing ?? { what: `the routes of ${table.id}`, remedy: 'Take the snapshot again.' };
}
