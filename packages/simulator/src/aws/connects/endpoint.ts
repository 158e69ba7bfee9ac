import { balancersOf, serviceNamed } from '../ec2/vpc-endpoint/endpoint-services.js';
import type { VpcEndpointRow } from '../ec2/vpc-endpoint/state.js';
import type { LoadBalancerRow } from '../load-balancing/state.js';
import type { End, Finding, Place } from './connection.js';
import type { Here } from './leg.js';
import { nodesOf } from './places.js';
import { mayEnter } from './security-groups.js';

interface Node {
  readonly place: Place;
  readonly balancer: LoadBalancerRow;
}

/** The endpoint whose interface a call arrived at. */
function endpointAt({ region, eni }: Place): VpcEndpointRow | undefined {
  return [...region.ec2.vpcEndpoints.values()].find(({ interfaces }) => Object.values(interfaces).includes(eni.id));
}

/** Whether a load balancer or an endpoint service of the account forwards what arrives at an end. */
export function isForwarded(end: End): boolean {
  if (end.kind !== 'place') return false;

  const name = endpointAt(end.place)?.fields.ServiceName ?? '';
  return end.balancer !== undefined || serviceNamed(end.place.region, name) !== undefined;
}

/**
 * The nodes that PrivateLink carries calls of an endpoint's interface to: those of each load balancer of the service in the zone of the
 * interface, one of which gets all calls. None for other interfaces; a service of another account, or of AWS, is assumed to answer.
 * @see https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html (considerations)
 */
export function nodesBehind(here: Here, place: Place): readonly Node[] | Finding {
  const { region, eni } = place;
  const endpoint = endpointAt(place);
  if (!endpoint) return [];

  const { id, state, fields } = endpoint;
  if (state !== 'available') return { by: 'target', because: `VPC endpoint ${id} is ${state}.` };

  const service = serviceNamed(region, fields.ServiceName);
  if (!service) return [];

  const all = balancersOf(region, service).flatMap((balancer) =>
    nodesOf(place, balancer).map((node): Node => ({ place: node, balancer })),
  );
  const near = all.filter((node) => node.place.eni.zoneId === eni.zoneId);
  if (near.length > 0) return near;

  const crosses = all.some(({ balancer }) => balancer.attributes['load_balancing.cross_zone.enabled'] === 'true');
  // No page says whether cross-zone load balancing helps an endpoint in a zone without a node.
  const question = `whether ${fields.ServiceName} answers in ${eni.zoneId}, where it has no node`;
  if (crosses && here.choose(question, 2) === 1) return all;

  return { by: 'zone', because: `${fields.ServiceName} has no node in ${eni.zoneId}, the zone of ${id}.` };
}

/**
 * What the groups of a load balancer do with calls through an endpoint: where they apply to PrivateLink, they see the client's own address.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html#security-group-considerations
 */
export function groupsStop(client: Place, node: Place, balancer: LoadBalancerRow, port: number): Finding | undefined {
  if (balancer.fields.EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic !== 'on') return undefined;

  const end = { kind: 'place', place: node, balancer } as const;
  const way = { end, via: [], references: { out: false, in: false }, gates: undefined };
  const into = mayEnter(client, way, node, port, client.address);
  return 'by' in into ? into : undefined;
}
