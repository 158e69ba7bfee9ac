import type { Choose } from '../../simulation/open-questions.js';
import { tableOf, transitRoutes } from '../ec2/transit-gateway/transit-views.js';
import type { RouteRow, SubnetRow } from '../ec2/state.js';
import type { RegionState } from '../state/region-state.js';
import type { TransitGatewayAttachmentRow, TransitGatewayRow } from '../ec2/transit-gateway/state.js';
import { anyCovers, coveringBits } from './blocks.js';
import type { Finding, Place } from './connection.js';
import { blocksOf, endAt } from './places.js';
import { chooseRoute, leavesVpc, routeTableOf, AWAY } from './route-choice.js';
import { outside, reached, type Router, type Way } from './one-call.js';
import { isUp, vgwRoutes } from '../ec2/vpc/vgw-routes.js';
import type { AwsState } from '../state/aws-state.js';
import { routeState } from '../ec2/route-table/route-table-view.js';

const explain = (by: Finding['by'], because: string, code: string, ...at: readonly string[]): Finding => ({
  by,
  because,
  explained: { code, at },
});
const stop = (because: string, code: string, ...at: readonly string[]): Finding =>
  explain('transit-gateway', because, code, ...at);

/**
 * A transit gateway accepts packets through its interface in the sender's zone, routes them by the table
 * that the attachment is associated with, and delivers them through the other attachment's interfaces.
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/how-transit-gateways-work.html
 * @see https://docs.aws.amazon.com/vpc/latest/tgw/tgw-vpc-attachments.html
 */
function throughTransitGateway({ choose }: Router, from: Place, id: string, address: string): Way | Finding {
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

  const [best] = transitRoutes(from.region, table)
    .flatMap((route) => {
      const bits = coveringBits(route.destination, address);
      return bits === undefined ? [] : [{ route, bits }];
    })
    .sort((a, b) => b.bits - a.bits);
  if (!best) return stop(`No route of ${table.id} leads to ${address}.`, 'TGW_RTB_CANNOT_ROUTE', id, table.id);

  const { destination, attachments, state } = best.route;
  const [other] = attachments;
  if (!other || state === 'blackhole')
    return stop(
      `${destination} in ${table.id} drops what it takes: it is a blackhole.`,
      'TGW_RTB_BAD_STATE_ROUTE',
      id,
      table.id,
    );

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
  if (!subnet || !route || !forwards(choose, region, subnet, route, address))
    return stop(
      `${attachment.resourceId}, to which ${attachment.id} belongs, does not have ${address}.`,
      'NO_POSSIBLE_DESTINATION',
      attachment.id,
    );

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

/**
 * A virtual private gateway forwards to what one of its connections has announced: Direct Connect, or a VPN
 * connection that is up. The other end is assumed to answer.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
 */
function outOfVgw(region: RegionState, id: string, address: string): Way | Finding {
  const [best] = vgwRoutes(region, id)
    .flatMap((route) => {
      const bits = coveringBits(route.destination, address);
      return bits === undefined ? [] : [{ route, bits }];
    })
    .sort((a, b) => b.bits - a.bits);
  if (!best) {
    const because = `No line of ${id} leads to ${address}.`;
    return explain('virtual-private-gateway', because, 'NO_ROUTE_TO_DESTINATION', id);
  }

  return outside(address, `${id} and ${best.route.by}`, ['virtual-private-gateway', 'outside']);
}

/**
 * Forwards to private addresses, too, as its owner has set it up: the endpoint of a firewall or of a Gateway Load Balancer.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/create-gateway-load-balancer-endpoint-service.html
 */
const MIDDLEBOXES = new Set(['vpc-endpoint']);

/**
 * The path that the routes give a packet: the table of the sender's subnet, and the tables of its next hop.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export function wayTo(here: Router, from: Place, address: string): Way | Finding {
  const table = routeTableOf(from.region, from.subnet);
  const route = table && chooseRoute(from.region, table, address, here.choose);
  const at = table?.id ?? from.subnet.id;
  if (!table || !route)
    return explain('route', `No route of ${at} leads to ${address}.`, 'NO_ROUTE_TO_DESTINATION', at, from.subnet.vpcId);

  const { destination, targetKind, targetId } = route;
  const said = `${destination} in ${at} leads to ${targetId}`;
  if (routeState(from.region.ec2, table, route) === 'blackhole') {
    const because = `${said}, which drops everything: the route is a blackhole.`;
    return explain('blackhole', because, 'BAD_STATE_ROUTE', at, targetId);
  }

  const way = along(here, from, route, address, said);
  if (!('by' in way)) return { ...way, hops: [at, ...(way.hops ?? (targetKind === 'local' ? [] : [targetId]))] };

  return way.explained ? way : { ...way, explained: { code: 'MORE_SPECIFIC_ROUTE', at: [at, targetId] } };
}

/** What the next hop of a route does with a packet. */
function along(
  here: Router,
  from: Place,
  { targetKind, targetId }: RouteRow,
  address: string,
  said: string,
): Way | Finding {
  switch (targetKind) {
    case 'local':
      return reached(endAt(from.region, from.subnet.vpcId, address), [], true, true);
    case 'vpc-peering-connection':
      return throughPeering(here.aws, from, targetId, address);
    case 'transit-gateway':
      return throughTransitGateway(here, from, targetId, address);
    case 'virtual-private-gateway':
      return outOfVgw(from.region, targetId, address);
    case 'network-interface':
      return throughInterface(from, targetId, address, said);
    case 'nat-gateway':
      if (leavesVpc(from.region, from.subnet.vpcId, address, here.choose))
        return outside(address, targetId, ['middlebox', 'outside']);

      return { by: 'route', because: `${said}, and no route of ${from.subnet.vpcId} leads on to ${address}.` };
    default:
      if (AWAY.has(targetKind)) return { by: 'route', because: `${said}, and ${address} is not there.` };

      return outside(address, targetId, MIDDLEBOXES.has(targetKind) ? ['middlebox', 'outside'] : ['outside']);
  }
}

/**
 * A peering connection carries only packets for the other VPC's own blocks. Groups may be referred to across
 * it within one region. The resources of another account behind it are not in this world, and are assumed to
 * answer.
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-basics.html
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-security-groups.html
 */
function throughPeering(aws: AwsState, from: Place, id: string, address: string): Way | Finding {
  const row = from.region.ec2.peerings.get(id);
  const far = row?.requester.vpcId === from.subnet.vpcId ? row.accepter : row?.requester;
  if (!row || !far) return explain('peering', `There is no peering connection ${id}.`, 'BAD_STATE', id);

  const region = aws.regions.get(far.region);
  const vpc = region?.ec2.vpcs.get(far.vpcId);
  const blocks = vpc ? blocksOf(vpc) : [far.cidrBlock, ...(far.furtherBlocks ?? [])];
  if (!anyCovers(blocks, address)) {
    const because = `${id} carries only what is meant for ${blocks.join(', ')}; ${address} is not.`;
    return explain('peering', because, 'PCX_REQUIRES_ADDRESS_IN_VPC_CIDR', id);
  }
  if (!region || !vpc) return outside(address, id, ['peering', 'outside']);

  const isOneRegion = row.requester.region === row.accepter.region;
  return reached(endAt(region, far.vpcId, address), ['peering'], isOneRegion, isOneRegion);
}

/**
 * An interface accepts packets for its own addresses. It accepts other packets only without its
 * source/destination check. The resource behind it is then assumed to forward them.
 */
function throughInterface(from: Place, id: string, address: string, said: string): Way | Finding {
  const eni = from.region.ec2.interfaces.get(id);
  if (eni && [...eni.addresses, ...eni.ipv6Addresses].includes(address)) {
    return reached(endAt(from.region, from.subnet.vpcId, address), [], true, true);
  }
  if (eni?.sourceDestCheck !== false) {
    const because = `${said}, whose source/destination check drops what is meant for ${address}.`;
    return explain('route', because, 'ENI_SOURCE_DEST_CHECK_RESTRICTION', id);
  }

  return outside(address, id, ['middlebox', 'outside']);
}
