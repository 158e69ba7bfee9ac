import type { Destination } from '../../simulation/cloud.js';
import type { AwsState } from '../state/aws-state.js';
import type { RegionState } from '../state/region-state.js';
import { isIpv6 } from './blocks.js';
import type { Connection, Finding, Place, SourceConnection, Via } from './connection.js';
import { calledBy, type Called } from './destinations.js';
import { loadBalancerStops } from './load-balancer.js';
import { networkAclsStop } from './network-acls.js';
import { mayEnter, mayLeave } from './security-groups.js';
import { wayTo, type Way } from './way.js';

/** The account, the region whose link is meant, and the time, by which targets are healthy. */
export interface Here {
  readonly aws: AwsState;
  readonly region: RegionState;
  readonly now: number;
}

/**
 * Whether calls through a V2 VPC link reach a destination over TCP, and what decides it, worked out from the simulated world
 * alone: from every interface of the link to every address of the destination, and the answer's way back. A link connects when
 * all of these do. What lies outside the simulated world (behind Direct Connect, a VPN, another account's peering, an appliance)
 * is taken to answer; everything up to there is judged. Interfaces of a link have no IPv6 address as the service makes them, and
 * from those without one nothing reaches an IPv6 address. That a gateway refuses targets of other VPCs, and what certificates
 * say, is not a question of the network and not looked at.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-vpc-links.html
 */
export function connects(here: Here, linkId: string, to: Destination, port?: number): Connection {
  const link = here.region.apiGateway.vpcLinks.get(linkId);
  if (!link) return stopped({ by: 'link', because: `There is no VPC link ${linkId}.` });
  const { VpcLinkStatus: status = 'PENDING' } = link.fields;
  if (status !== 'AVAILABLE') return stopped({ by: 'link', because: `VPC link ${linkId} is ${status}.` });
  const called = calledBy(here.region, to, port);
  if ('by' in called) return stopped(called);
  const sources = link.interfaceIds.flatMap((id) => called.map((one) => fromOne(here, id, one)));
  const [first] = sources;
  if (!first) return stopped({ by: 'link', because: `VPC link ${linkId} has no network interface.` });
  const { by, because } = sources.find((source) => !source.connects) ?? first;
  return { connects: sources.every((source) => source.connects), by, because, sources };
}

function stopped(finding: Finding): Connection {
  return { connects: false, ...finding, sources: [] };
}

function fromOne(here: Here, interfaceId: string, { address, port }: Called): SourceConnection {
  const eni = here.region.ec2.interfaces.get(interfaceId);
  const subnet = eni && here.region.ec2.subnets.get(eni.subnetId);
  const from = isIpv6(address) ? eni?.ipv6Addresses[0] : eni?.privateIpAddress;
  const result = (passes: boolean, finding: Finding, via: readonly Via[] = []): SourceConnection => ({
    connects: passes,
    zoneId: eni?.zoneId ?? '',
    subnetId: eni?.subnetId ?? '',
    from: from ?? '',
    to: address,
    port,
    via: [...new Set(via)],
    ...finding,
  });
  if (!eni || !subnet) return result(false, { by: 'link', because: `${interfaceId} of the link is gone.` });
  if (from === undefined) {
    return result(false, {
      by: 'link',
      because: `${interfaceId} of the link has no IPv6 address to call ${address} from.`,
    });
  }
  const place = { region: here.region, eni, subnet, address: from };
  const way = wayTo(here.aws, place, address);
  if ('by' in way) return result(false, way);
  const judged = judge(here, place, way, port);
  return 'stop' in judged ? result(false, judged.stop) : result(true, passed(way, port), [...way.via, ...judged.via]);
}

/** Everybody on the way, in the order in which packets meet them; the listener before the answer. */
function judge(
  here: Here,
  from: Place,
  way: Way,
  port: number,
): { readonly stop: Finding } | { readonly via: readonly Via[] } {
  const out = mayLeave(from, way, port);
  if ('by' in out) return { stop: out };
  const { end } = way;
  if (end.kind === 'outside') {
    const stop = networkAclsStop(from, way, undefined, port);
    return stop ? { stop } : out;
  }
  const back = wayTo(here.aws, end.place, from.address);
  const known = 'by' in back ? undefined : back;
  const acl = networkAclsStop(from, way, known, port);
  if (acl && acl.by !== 'network-acl-return') return { stop: acl };
  const into = mayEnter(from, way, end.place, port);
  if ('by' in into) return { stop: into };
  const balancer = end.balancer && loadBalancerStops(end.place, end.balancer, port, here.now);
  const stop = balancer ?? wayBackStops(from, back) ?? acl;
  return stop ? { stop } : { via: [...out.via, ...into.via] };
}

/** Answers must come back to the link's interface; an appliance on their way is taken to forward them. */
function wayBackStops(from: Place, back: Way | Finding): Finding | undefined {
  if ('by' in back) return { by: 'route-return', because: `The answer to ${from.address}: ${back.because}` };
  const { end, via } = back;
  if (end.kind === 'outside' ? via.includes('middlebox') : end.place.eni.id === from.eni.id) return undefined;
  const where = end.kind === 'outside' ? end.nextHop : end.place.eni.id;
  return { by: 'route-return', because: `The answer to ${from.address} goes to ${where} instead of the link.` };
}

function passed({ end }: Way, port: number): Finding {
  if (end.kind === 'outside') {
    return { by: 'route', because: `${end.address} is behind ${end.nextHop}, which is taken to answer.` };
  }
  const { eni, address } = end.place;
  return end.balancer
    ? { by: 'listener', because: `Load balancer ${end.balancer.name} takes the call at ${address} on port ${port}.` }
    : { by: 'security-group-in', because: `${eni.id} takes the call at ${address} on port ${port}.` };
}
