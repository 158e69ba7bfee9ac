import type { Destination } from '../../simulation/world/cloud.js';
import type { Departure } from '../ec2/flow-log/flow-records.js';
import type { RegionState } from '../state/aws-state.js';
import { isAddress, isIpv6 } from './blocks.js';
import { joined, stopped, type Finding, type Connection, type SourceConnection, type Via } from './connection.js';
import { decide } from '../../simulation/open-questions.js';
import { goLeg, type Here, type Leg } from './leg.js';
import { isForwarded } from './endpoint.js';
import { ownerStops } from './load-balancer.js';
import { arrivalAt, ways, type OneCall, type Way } from './one-call.js';
import { connectsByPrivateLink } from './private-link.js';
import { calledByMethod, type PrivateCall } from './rest-method.js';
import { wayTo } from './routes.js';

interface Called {
  readonly address: string;
  readonly port: number;
}

const nothing = (because: string): Finding => ({ by: 'target', because });

/**
 * The addresses of a destination: an address; each of the balancer's interfaces, for the ARN of a load
 * balancer or listener; or, for a Cloud Map service's ARN, each instance that discovery may answer: not
 * unhealthy, with an address and a port.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-private.html
 */
function calledBy(region: RegionState, to: Destination, port: number | undefined): readonly Called[] | Finding {
  const text = typeof to === 'string' ? to : to.targetId;
  if (text.includes(':servicediscovery:')) return instancesOf(region, text, port);
  if (text.includes(':elasticloadbalancing:')) return interfacesOf(region, text, port);
  if (!isAddress(text)) return nothing(`${text} is no address, listener or Cloud Map service.`);

  return port === undefined ? nothing(`No port of ${text} is named.`) : [{ address: text, port }];
}

function interfacesOf(
  { ec2, loadBalancing }: RegionState,
  arn: string,
  given: number | undefined,
): readonly Called[] | Finding {
  const listener = loadBalancing.listeners.get(arn);
  if (!listener && arn.includes(':listener/')) return { by: 'listener', because: `There is no listener ${arn}.` };

  const balancer = loadBalancing.loadBalancers.get(listener?.fields.LoadBalancerArn ?? arn);
  const port = given ?? listener?.fields.Port;
  if (!balancer) return nothing(`There is no load balancer ${arn}.`);

  const { LoadBalancerName: name } = balancer.fields;
  if (port === undefined) return nothing(`No port of ${name} is named.`);

  const addresses = balancer.zones
    .flatMap(({ interfaceIds }) => interfaceIds)
    .flatMap((id) => ec2.interfaces.get(id)?.privateIpAddress ?? []);
  if (addresses.length === 0) return nothing(`Load balancer ${name} has no address.`);

  return addresses.map((address) => ({ address, port }));
}

/** The query of an integration's URI narrows the instances by their attributes. */
function instancesOf({ cloudMap }: RegionState, uri: string, given: number | undefined): readonly Called[] | Finding {
  const [arn = '', query = ''] = uri.split('?');
  const service = [...cloudMap.services.values()].find((row) => row.fields.Arn === arn);
  if (!service) return nothing(`There is no service ${arn}.`);

  const { Name: name } = service.fields;

  const wanted = [...new URLSearchParams(query)];
  const instances = [...cloudMap.instances.values()].filter(
    ({ serviceId, fields }) =>
      serviceId === service.fields.Id && wanted.every(([key, value]) => fields.Attributes[key] === value),
  );
  if (instances.length === 0) return nothing(`No instance of ${name} is registered.`);

  const healthy = instances.filter(({ health }) => health !== 'UNHEALTHY');
  if (healthy.length === 0) return { by: 'target-health', because: `No instance of ${name} is healthy.` };

  const called: Called[] = [];
  for (const { fields } of healthy) {
    const { Id: id, Attributes: attributes } = fields;
    const address = attributes['AWS_INSTANCE_IPV4'] ?? attributes['AWS_INSTANCE_IPV6'];
    const port = given ?? Number(attributes['AWS_INSTANCE_PORT'] ?? Number.NaN);
    if (address === undefined) return nothing(`Instance ${id} of ${name} has no AWS_INSTANCE_IPV4.`);
    if (Number.isNaN(port)) return nothing(`Instance ${id} of ${name} has no AWS_INSTANCE_PORT.`);

    called.push({ address, port });
  }
  return called;
}

/**
 * Whether calls through a VPC link reach a destination over TCP, and what decides it; for a V1 link see
 * `private-link.ts`, for the ARN of a method of a REST API `rest-method.ts`. The result follows from the
 * simulated world only: from every interface of the link to every address of the destination, and the
 * answer's return path. A link connects when all of these do.
 *
 * What is outside the simulated world (behind Direct Connect, a VPN, another account's peering, an
 * appliance) is assumed to answer. Everything up to there is evaluated. Interfaces of a link have no IPv6
 * address as the service creates them, and interfaces without one do not reach an IPv6 address. Two facts
 * are not evaluated, since they do not concern the network: a gateway refuses targets of other VPCs, and the
 * content of certificates. Where the answer depends on undocumented behavior, or on chance, each possibility
 * is evaluated. It is undecided where they differ.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
export function connects(world: Omit<Here, 'choose'>, linkId: string, to: Destination, port?: number): Connection {
  const method = calledByMethod(world.region, to);
  if (method) return 'by' in method ? stopped(method) : connectsForMethod(world, linkId, to, method);

  const request = typeof to === 'string' ? world.request : to.request;
  return decide((choose) => connectsIn({ ...world, request, choose }, linkId, to, port));
}

/** What becomes of one call: it takes one of the ways that {@link connects} evaluates. What is undocumented stops it. */
export function followOne(
  world: Omit<Here, 'choose' | 'one'>,
  linkId: string,
  to: Destination,
  port: number | undefined,
  one: OneCall,
): Connection {
  return connectsIn({ ...world, one, choose: () => 0 }, linkId, to, port);
}

function connectsForMethod(
  world: Omit<Here, 'choose'>,
  linkId: string,
  to: Destination,
  method: PrivateCall,
): Connection {
  if (method.linkId === linkId) return connects(world, linkId, method.to, method.port);

  const name = typeof to === 'string' ? to : to.targetId;
  return stopped({ by: 'link', because: `${name} has VPC link ${method.linkId}, not ${linkId}.` });
}

function connectsIn(here: Here, linkId: string, to: Destination, port: number | undefined): Connection {
  const older = here.region.restApi.vpcLinks.get(linkId);
  if (older) return connectsByPrivateLink(here, older, to, port);

  const link = here.region.apiGateway.vpcLinks.get(linkId);
  if (!link) return stopped({ by: 'link', because: `There is no VPC link ${linkId}.` });

  const { VpcLinkStatus: status = 'PENDING' } = link.fields;
  if (status !== 'AVAILABLE') return stopped({ by: 'link', because: `VPC link ${linkId} is ${status}.` });

  const called = calledBy(here.region, to, port);
  if ('by' in called) return stopped(called);

  const callers = ways(here, link.interfaceIds);
  const sources = callers.flatMap((id) => ways(here, called).map((one) => fromOne(here, id, one)));
  return joined(sources, { by: 'link', because: `VPC link ${linkId} has no network interface.` });
}

function fromOne(here: Here, interfaceId: string, { address, port }: Called): SourceConnection {
  const eni = here.region.ec2.interfaces.get(interfaceId);
  const subnet = eni && here.region.ec2.subnets.get(eni.subnetId);
  const from = isIpv6(address) ? eni?.ipv6Addresses[0] : eni?.privateIpAddress;
  const result = (passes: boolean, { by, because }: Finding, via: readonly Via[] = []): SourceConnection => ({
    connects: passes,
    zoneId: eni?.zoneId ?? '',
    subnetId: eni?.subnetId ?? '',
    from: from ?? '',
    to: address,
    port,
    via: [...new Set(via)],
    by,
    because,
  });
  if (!eni || !subnet) return result(false, { by: 'link', because: `${interfaceId} of the link is gone.` });
  if (from === undefined) {
    return result(false, {
      by: 'link',
      because: `${interfaceId} of the link has no IPv6 address to call ${address} from.`,
    });
  }

  const place = { region: here.region, eni, subnet, address: from };
  const way = wayTo(here, place, address);
  const departs = (met: Departure['met']): void => here.one?.departs({ interfaceId, from, to: address, port, met });
  if ('by' in way) {
    departs('lost');
    return result(false, way);
  }

  const leg = goLeg(here, place, way, port);
  departs(metBy(way, leg));
  const { end } = way;
  const stop = leg.stop ?? (end.kind === 'place' ? ownerStops(here, place, end, port) : undefined) ?? leg.late;
  if (stop) return result(false, stop);

  if (!isForwarded(end)) here.one?.arrives(arrivalAt(end, port, from));
  return result(true, passed(way, port), [...way.via, ...leg.via]);
}

/** What a call met at its interface: its groups or the network ACL of its subnet refuse it. Around a transit gateway other ACLs have the same word. */
function metBy({ gates }: Way, { stop, late }: Leg): Departure['met'] {
  if (stop?.by === 'security-group-out' || (stop?.by === 'network-acl-out' && gates === undefined)) return 'refused';

  return stop || late ? 'lost' : 'answered';
}

function passed({ end }: Way, port: number): Finding {
  if (end.kind === 'outside') {
    return { by: 'route', because: `${end.address} is behind ${end.nextHop}, which is taken to answer.` };
  }

  const { eni, address } = end.place;
  const name = end.balancer?.fields.LoadBalancerName;
  return name === undefined
    ? { by: 'security-group-in', because: `${eni.id} takes the call at ${address} on port ${port}.` }
    : { by: 'listener', because: `Load balancer ${name} takes the call at ${address} on port ${port}.` };
}
