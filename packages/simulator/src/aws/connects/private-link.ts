import type { Destination } from '../../simulation/world/cloud.js';
import type { LoadBalancerRow } from '../load-balancing/state.js';
import type { VpcLinkV1Row } from '../rest-apis/control/state.js';
import { joined, stopped, type Connection, type Finding, type Place, type SourceConnection } from './connection.js';
import type { Here } from './leg.js';
import { loadBalancerStops } from './load-balancer.js';
import { ways, nodesOf } from './one-call.js';
import { rulesAbout } from './security-groups.js';
import { coverAll } from './blocks.js';
import { cidrsOf } from '../ec2/prefix-list.js';

/**
 * Whether calls through a V1 VPC link reach a listener of its network load balancer, and what the load balancer
 * forwards to. The link is an endpoint of PrivateLink in front of the load balancer. Calls arrive at each of
 * its nodes from addresses of the service, and leave with the node's own address: targets never see the
 * caller, whatever the target group is set to.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-nlb-for-vpclink-using-console.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#client-ip-preservation
 */
export function connectsByPrivateLink(
  here: Here,
  { fields }: VpcLinkV1Row,
  to: Destination,
  given: number | undefined,
): Connection {
  const { id, status, targetArns } = fields;
  if (status !== 'AVAILABLE') return stopped({ by: 'link', because: `VPC link ${id} is ${status}.` });

  const { loadBalancers, listeners } = here.region.loadBalancing;
  const balancer = loadBalancers.get(targetArns[0] ?? '');
  if (!balancer) return stopped({ by: 'link', because: `VPC link ${id}: there is no load balancer ${targetArns[0]}.` });

  const text = typeof to === 'string' ? to : to.targetId;
  const listener = listeners.get(text);
  const { LoadBalancerArn: arn, DNSName, LoadBalancerName: name } = balancer.fields;
  const isOwn = text === arn || text === DNSName || listener?.fields.LoadBalancerArn === arn;
  if (!isOwn) return stopped({ by: 'target', because: `VPC link ${id} reaches ${name} only, not ${text}.` });

  const port = given ?? listener?.fields.Port;
  if (port === undefined) return stopped({ by: 'target', because: `No port of ${name} is named.` });

  const sources = ways(here, nodesOf(here, balancer)).map((node) => fromNode(here, balancer, node, port));
  return joined(sources, { by: 'target', because: `Load balancer ${name} has no address.` });
}

function fromNode(here: Here, balancer: LoadBalancerRow, node: Place, port: number): SourceConnection {
  const stop = inboundStops(balancer, node, port) ?? loadBalancerStops(here, node, node, balancer, port);
  const because = `Load balancer ${balancer.fields.LoadBalancerName} accepts the call at ${node.address} on port ${port}.`;
  return {
    connects: stop === undefined,
    zoneId: node.eni.zoneId,
    subnetId: node.subnet.id,
    // The service's own address, which nothing in the VPC sees.
    from: '',
    to: node.address,
    port,
    via: [],
    ...(stop ?? { by: 'listener', because }),
  };
}

/**
 * The load balancer's groups apply to calls over PrivateLink unless this is turned off. The service's addresses are not
 * published, so that only rules that together allow all addresses certainly allow them [I].
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function inboundStops(balancer: LoadBalancerRow, place: Place, port: number): Finding | undefined {
  const { region, eni } = place;
  if (eni.groupIds.length === 0 || balancer.fields.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic !== 'on')
    return undefined;

  const rules = rulesAbout(place, false, port);
  const listed = rules.flatMap(({ PrefixListId = '' }) => cidrsOf(region.ec2.prefixLists.get(PrefixListId)));
  if (coverAll([...rules.flatMap(({ CidrIpv4 }) => CidrIpv4 ?? []), ...listed])) return undefined;

  return {
    by: 'security-group-in',
    because: `${balancer.fields.LoadBalancerName} enforces its inbound rules on PrivateLink traffic, and ${eni.groupIds.join(', ')} does not allow all addresses of API Gateway on port ${port}.`,
  };
}
