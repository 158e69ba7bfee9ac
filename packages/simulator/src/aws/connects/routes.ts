import type { AwsState } from '../state/aws-state.js';
import { routeState } from '../ec2/route-table/route-table-view.js';
import { anyCovers } from './blocks.js';
import type { Finding, Place } from './connection.js';
import { blocksOf, endAt } from './places.js';
import { AWAY, chooseRoute, leavesVpc, routeTableOf } from './route-choice.js';
import { throughTransitGateway } from './transit.js';
import { outOfVgw } from './virtual-private-gateway.js';
import { outside, reached, type Router, type Way } from './way.js';

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
  if (!table || !route)
    return { by: 'route', because: `No route of ${table?.id ?? from.subnet.id} leads to ${address}.` };
  const { destination, targetKind, targetId } = route;
  const said = `${destination} in ${table.id} leads to ${targetId}`;
  if (routeState(from.region.ec2, table, route) === 'blackhole') {
    return { by: 'blackhole', because: `${said}, which drops everything: the route is a blackhole.` };
  }
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
  if (!row || !far) return { by: 'peering', because: `There is no peering connection ${id}.` };
  const region = aws.regions.get(far.region);
  const vpc = region?.ec2.vpcs.get(far.vpcId);
  const blocks = vpc ? blocksOf(vpc) : [far.cidrBlock, ...(far.furtherBlocks ?? [])];
  if (!anyCovers(blocks, address)) {
    return { by: 'peering', because: `${id} carries only what is meant for ${blocks.join(', ')}; ${address} is not.` };
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
    return { by: 'route', because: `${said}, whose source/destination check drops what is meant for ${address}.` };
  }
  return outside(address, id, ['middlebox', 'outside']);
}
