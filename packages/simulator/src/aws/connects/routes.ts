import type { RouteRow } from '../ec2/state.js';
import { anyCovers, longestMatch } from './blocks.js';
import { explain, type Finding, type Place } from './connection.js';
import { throughTransitGateway, chooseRoute, leavesVpc, routeTableOf, AWAY } from './transit-gateway.js';
import { blocksOf, endAt, outside, reached, type Router, type Way } from './one-call.js';
import { vgwRoutes } from '../ec2/vpc/vgw-routes.js';
import type { RegionState, AwsState } from '../state/aws-state.js';
import { routeState } from '../ec2/route-table/route-table-view.js';

/**
 * A virtual private gateway forwards to what one of its connections has announced: Direct Connect, or a VPN
 * connection that is up. The other end is assumed to answer.
 * @see https://docs.aws.amazon.com/vpn/latest/s2svpn/vpn-route-priority.html
 */
function outOfVgw(region: RegionState, id: string, address: string): Way | Finding {
  const best = longestMatch(vgwRoutes(region, id), address);
  if (!best) {
    return explain('virtual-private-gateway', `No line of ${id} leads to ${address}.`, 'NO_ROUTE_TO_DESTINATION', id);
  }

  return outside(address, `${id} and ${best.by}`, ['virtual-private-gateway', 'outside']);
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
