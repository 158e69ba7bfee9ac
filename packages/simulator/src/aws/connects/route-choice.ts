import type { Choose } from '../../simulation/open-questions.js';
import { cidrsOf } from '../ec2/prefix-list.js';
import { routeState } from '../ec2/route-table/route-table-view.js';
import { routesOf } from '../ec2/vpc/vgw-routes.js';
import type { RouteRow, RouteTableRow, SubnetRow } from '../ec2/state.js';
import type { RegionState } from '../state/region-state.js';
import { coveringBits } from './blocks.js';

/** Routes to the internet, where no private address is. */
export const AWAY: ReadonlySet<string> = new Set(['internet-gateway', 'egress-only-gateway', 'carrier-gateway']);

/** The table of a subnet: its own, else the VPC's main one. */
export function routeTableOf({ ec2 }: RegionState, { id, vpcId }: SubnetRow): RouteTableRow | undefined {
  const tables = [...ec2.routeTables.values()].filter((table) => table.vpcId === vpcId);
  return (
    tables.find(({ associations }) => associations.some(({ subnetId }) => subnetId === id)) ??
    tables.find(({ associations }) =>
      associations.some(({ subnetId, gatewayId }) => subnetId === undefined && gatewayId === undefined),
    )
  );
}

/**
 * The route for an address: the longest prefix. Among equal ones, a static route precedes that of a prefix
 * list, which precedes a propagated one. A local route precedes propagated ones even if they are more
 * specific. Of prefix lists with one block AWS uses one at random.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
 */
export function chooseRoute(
  state: RegionState,
  table: RouteTableRow,
  address: string,
  choose: Choose,
): RouteRow | undefined {
  const found = routesOf(state, table).flatMap((route) => {
    const bits = bitsOf(state, route, address);
    return bits === undefined ? [] : [{ route, bits }];
  });
  const isLocal = found.some(({ route }) => route.targetKind === 'local');
  const [best, ...others] = found
    .filter(({ route }) => !isLocal || route.origin !== 'EnableVgwRoutePropagation')
    .sort((a, b) => b.bits - a.bits || rank(a.route) - rank(b.route));
  if (!best) return undefined;

  const equal = others.filter(({ route, bits }) => bits === best.bits && rank(route) === rank(best.route));
  const routes = [best, ...equal].map(({ route }) => route);
  const hops = [...new Map(routes.map((route) => [route.targetId, route])).values()];
  if (best.route.kind !== 'prefix-list' || hops.length === 1) return best.route;

  const names = hops.map(({ destination }) => destination).join(' and ');
  return hops[choose(`which of ${names}, which have one block, ${table.id} takes for ${address}`, hops.length)];
}

function bitsOf({ ec2 }: RegionState, { kind, destination }: RouteRow, address: string): number | undefined {
  if (kind !== 'prefix-list') return coveringBits(destination, address);

  const blocks = cidrsOf(ec2.prefixLists.get(destination));
  const lengths = blocks.flatMap((block) => coveringBits(block, address) ?? []);
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}

function rank({ kind, origin, targetKind }: RouteRow): number {
  if (targetKind === 'local') return 0;
  if (origin === 'EnableVgwRoutePropagation') return 3;

  return kind === 'prefix-list' ? 2 : 1;
}

/**
 * Whether a table of a VPC has a route to an address. Any table counts: one of them is that of
 * the NAT gateway's own subnet, and a private NAT gateway forwards by the routes of its subnet. Routes to a
 * NAT gateway or the internet do not count.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html
 */
export function leavesVpc(region: RegionState, vpcId: string, address: string, choose: Choose): boolean {
  return [...region.ec2.routeTables.values()].some((table) => {
    const route = table.vpcId === vpcId ? chooseRoute(region, table, address, choose) : undefined;
    if (!route || route.targetKind === 'nat-gateway' || AWAY.has(route.targetKind)) return false;

    return routeState(region.ec2, table, route) !== 'blackhole';
  });
}
