import type { Choose } from '../../simulation/open-questions.js';
import { tableOf, transitRoutes } from '../ec2/transit-gateway/transit-views.js';
import type { RouteRow, SubnetRow, RouteTableRow } from '../ec2/state.js';
import type { RegionState } from '../state/aws-state.js';
import type { TransitGatewayAttachmentRow, TransitGatewayRow } from '../ec2/transit-gateway/state.js';
import { anyCovers, longestMatch, coveringBits } from './blocks.js';
import { explain, type Finding, type Place } from './connection.js';
import { blocksOf, endAt, outside, reached, type Router, type Way } from './one-call.js';
import { isUp, routesOf } from '../ec2/vpc/vgw-routes.js';
import { cidrsOf } from '../ec2/prefix-list.js';
import { routeState } from '../ec2/route-table/route-table-view.js';

const stop = (because: string, code: string, ...at: readonly string[]): Finding =>
  explain('transit-gateway', because, code, ...at);

/**
 * A transit gateway accepts packets through its interface in the sender's zone, routes them by the table
 * that the attachment is associated with, and delivers them through the other attachment's interfaces.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
export function throughTransitGateway({ choose }: Router, from: Place, id: string, address: string): Way | Finding {
  const { ec2 } = from.region;
  const gateway = ec2.transitGateways.get(id);
  const mine = [...ec2.transitGatewayAttachments.values()].find(
    (row) => row.transitGatewayId === id && row.resourceId === from.subnet.vpcId && row.state === 'available',
  );
  if (!gateway || !mine)
    return stop(`${from.subnet.vpcId} is not attached to ${id}.`, 'BAD_STATE_ATTACHMENT', id, from.subnet.vpcId);

  const near = gatesOf(from.region, mine).find(({ zoneId }) => zoneId === from.subnet.zoneId);
  if (!near) {
    const because = `${mine.id} has no subnet in ${from.subnet.zoneId}, so that ${from.subnet.id} cannot use it.`;
    return stop(because, 'TGW_ROUTE_AZ_RESTRICTION', id, mine.id, from.subnet.id);
  }

  const table = tableOf(from.region, mine);
  if (!table) {
    const because = `${mine.id} is associated with no route table of ${id}.`;
    return stop(because, 'TGW_ATTACH_MISSING_TGW_RTB_ASSOCIATION', id, mine.id);
  }

  const best = longestMatch(transitRoutes(from.region, table), address);
  if (!best) return stop(`No route of ${table.id} leads to ${address}.`, 'TGW_RTB_CANNOT_ROUTE', id, table.id);

  const { destination, attachments, state } = best;
  const [other] = attachments;
  if (!other || state === 'blackhole') {
    const because = `${destination} in ${table.id} drops what it takes: it is a blackhole.`;
    return stop(because, 'TGW_RTB_BAD_STATE_ROUTE', id, table.id);
  }

  const way = deliver(choose, from, gateway, mine, other, address);
  const hops = [mine.id, table.id, other.id];
  return 'by' in way ? way : { ...way, hops, gates: { near, far: farGates(from, other) } };
}

/** The path of a packet that the gateway forwards to an attachment. */
function deliver(
  choose: Choose,
  from: Place,
  gateway: TransitGatewayRow,
  mine: TransitGatewayAttachmentRow,
  other: TransitGatewayAttachmentRow,
  address: string,
): Way | Finding {
  const { region } = from;
  if (other.resourceType === 'direct-connect-gateway') {
    return outside(address, other.resourceId, ['transit-gateway', 'outside']);
  }
  if (other.resourceType === 'vpn') {
    const connection = region.ec2.vpnConnections.get(other.resourceId);
    if (!connection || !isUp(connection))
      return stop(`${other.resourceId} is not up.`, 'TGW_BAD_STATE_VPN', other.resourceId);
    if (connection.fields.Options.StaticRoutesOnly !== true && !anyCovers(connection.learned, address)) {
      return stop(`${other.resourceId} has learned no way to ${address}.`, 'NO_POSSIBLE_DESTINATION', other.resourceId);
    }

    return outside(address, other.resourceId, ['transit-gateway', 'outside']);
  }

  const vpc = region.ec2.vpcs.get(other.resourceId);
  if (!vpc) return outside(address, other.id, ['transit-gateway', 'outside']); // another account's
  if (anyCovers(blocksOf(vpc), address)) {
    return reached(endAt(region, vpc.id, address), ['transit-gateway'], false, mayRefer(gateway, mine, other));
  }

  return onward(choose, region, other, address);
}

/** Groups may be referred to by inbound rules only, where the gateway and both attachments support it. @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html#vpc-attachment-security */
function mayRefer({ fields }: TransitGatewayRow, ...attachments: readonly TransitGatewayAttachmentRow[]): boolean {
  return (
    fields.Options.SecurityGroupReferencingSupport === 'enable' &&
    attachments.every((row) => row.options?.SecurityGroupReferencingSupport === 'enable')
  );
}

/**
 * A packet for another destination is routed by the table of the subnet where it was delivered: an appliance is assumed to forward
 * it, unless its interface accepts only packets for its own addresses.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/work-with-nat-instances.html#EIP_Disable_SrcDestCheck
 */
function onward(
  choose: Choose,
  region: RegionState,
  attachment: TransitGatewayAttachmentRow,
  address: string,
): Way | Finding {
  const [subnet] = gatesOf(region, attachment);
  const table = subnet && routeTableOf(region, subnet);
  const route = table && chooseRoute(region, table, address, choose);
  if (!subnet || !route || !forwards(choose, region, subnet, route, address)) {
    const because = `${attachment.resourceId}, to which ${attachment.id} belongs, does not have ${address}.`;
    return stop(because, 'NO_POSSIBLE_DESTINATION', attachment.id);
  }

  return outside(address, route.targetId, ['transit-gateway', 'middlebox', 'outside']);
}

function forwards(
  choose: Choose,
  region: RegionState,
  { vpcId }: SubnetRow,
  { targetKind, targetId }: RouteRow,
  address: string,
): boolean {
  if (targetKind === 'network-interface') return region.ec2.interfaces.get(targetId)?.sourceDestCheck === false;
  if (targetKind === 'nat-gateway') return leavesVpc(region, vpcId, address, choose);

  return targetKind === 'vpc-endpoint';
}

function gatesOf({ ec2 }: RegionState, { subnetIds }: TransitGatewayAttachmentRow): readonly SubnetRow[] {
  return subnetIds.map((id) => ec2.subnets.get(id)).filter((subnet) => subnet !== undefined);
}

/** Packets stay in the sender's zone where the other side has an interface there; otherwise any of them may be used. */
function farGates({ region, subnet }: Place, other: TransitGatewayAttachmentRow): readonly SubnetRow[] {
  const all = gatesOf(region, other);
  const same = all.filter(({ zoneId }) => zoneId === subnet.zoneId);
  return same.length > 0 ? same : all;
}

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
