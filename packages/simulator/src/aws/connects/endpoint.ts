import { balancersOf, serviceNamed } from '../ec2/vpc-endpoint/endpoint-services.js';
import type { VpcEndpointRow } from '../ec2/vpc-endpoint/state.js';
import type { LoadBalancerRow, ListenerRow, TargetGroupRow } from '../load-balancing/state.js';
import type { End, Finding, Place, Sent } from './connection.js';
import type { Here } from './leg.js';
import { nodesOf } from './one-call.js';
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

/** Listeners that decrypt what arrives. */
const ENDS_TLS = new Set<string | undefined>(['HTTPS', 'TLS']);

/** "With a TCP listener, the load balancer passes encrypted traffic through to the targets without decrypting it." */
const PASSES_ON = new Set<string | undefined>(['TCP', 'TCP_UDP', 'TCP_QUIC']);

/**
 * What a load balancer sends to the targets of a group. Undefined behind an application load balancer: there its own requests are not
 * judged.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-listeners.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
 */
export function sentTo({ fields }: ListenerRow, group: TargetGroupRow, sent: Sent | undefined): Sent | undefined {
  if (sent === undefined || PASSES_ON.has(fields.Protocol)) return sent;
  if (fields.Protocol !== 'TLS') return undefined;

  return group.fields.Protocol === 'TLS' ? 'tls of a load balancer' : 'plain';
}

/**
 * Why a listener does not accept what one call sends. An application load balancer answers plain HTTP on a port for HTTPS
 * with a page of its own. Where no TLS session is established, the connection is closed: plain bytes to a network load
 * balancer's listener for TLS, a TLS handshake with a listener for HTTP, and a caller without a certificate where mutual
 * TLS verifies it. HTTP APIs and load balancers present none. What a trust store contains is not simulated: it accepts any.
 * @see https://repost.aws/knowledge-center/api-gateway-private-integration-errors
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/mutual-authentication.html
 */
export function listenerRefuses(
  { one, sent }: Here,
  balancer: LoadBalancerRow,
  listener: ListenerRow,
): Finding | undefined {
  if (one === undefined || sent === undefined) return undefined;

  const { Protocol: protocol, Port: port, MutualAuthentication } = listener.fields;
  const { LoadBalancerName: name } = balancer.fields;
  const refuse = (because: string): Finding => {
    one.refuses();
    return { by: 'listener', because };
  };
  if (ENDS_TLS.has(protocol)) {
    if (sent === 'plain' && protocol === 'HTTPS') {
      one.accepted({ balancer, listener, actions: [], client: '' });
      one.answers(400);
      const because = `The listener on port ${port} of ${name} expects HTTPS, and the call is plain HTTP.`;
      return { by: 'listener', because };
    }
    if (sent === 'plain')
      return refuse(`The listener on port ${port} of ${name} expects TLS, and the call is plain HTTP.`);

    const { Mode: mode, IgnoreClientCertificateExpiry: mayBeExpired } = MutualAuthentication ?? {};
    const certificate = sent === 'tls of the gateway' ? one.certificate : undefined;
    if (mode === 'verify' && certificate === undefined)
      return refuse(`The listener on port ${port} of ${name} requires a client certificate.`);
    if (mode === 'verify' && certificate === 'expired' && mayBeExpired !== true)
      return refuse(`The client certificate that the listener on port ${port} of ${name} verifies has expired.`);

    if (sent === 'tls of the gateway') one.endsTls(listener);
    return undefined;
  }
  if (sent === 'plain' || PASSES_ON.has(protocol)) return undefined;

  return refuse(`The listener on port ${port} of ${name} expects plain HTTP, and the call is TLS.`);
}
