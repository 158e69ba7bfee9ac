import { entriesOf } from '../ec2/prefix-list-view.js';
import { routesOf } from '../ec2/vgw-routes.js';
import type { RouteRow, RouteTableRow, SubnetRow } from '../state/ec2-state.js';
import type { RegionState } from '../state/region-state.js';
import { coveringBits } from './blocks.js';

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
 * The route that takes an address: the longest prefix; for equal ones a static route before that of a prefix list before one
 * that is propagated. A local route wins over what is propagated even if that is more specific.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
 */
export function chooseRoute(state: RegionState, table: RouteTableRow, address: string): RouteRow | undefined {
  const found = routesOf(state, table).flatMap((route) => {
    const bits = bitsOf(state, route, address);
    return bits === undefined ? [] : [{ route, bits }];
  });
  const isLocal = found.some(({ route }) => route.targetKind === 'local');
  const [best] = found
    .filter(({ route }) => !isLocal || route.origin !== 'EnableVgwRoutePropagation')
    .sort((a, b) => b.bits - a.bits || rank(a.route) - rank(b.route));
  return best?.route;
}

function bitsOf({ ec2 }: RegionState, { kind, destination }: RouteRow, address: string): number | undefined {
  if (kind !== 'prefix-list') return coveringBits(destination, address);
  const list = ec2.prefixLists.get(destination);
  const lengths = (list ? (entriesOf(list) ?? []) : []).flatMap(({ cidr }) => coveringBits(cidr, address) ?? []);
  return lengths.length === 0 ? undefined : Math.max(...lengths);
}

function rank({ kind, origin, targetKind }: RouteRow): number {
  if (targetKind === 'local') return 0;
  if (origin === 'EnableVgwRoutePropagation') return 3;
  return kind === 'prefix-list' ? 2 : 1;
}
