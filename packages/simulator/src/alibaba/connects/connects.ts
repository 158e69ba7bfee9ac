import { decide, type Choose } from '../../simulation/open-questions.js';
import { blockHas } from '../vpc/request/text-rules.js';
import type { AlibabaState, AlibabaRegionState } from '../state/alibaba-state.js';
import type { VSwitchRow } from '../vpc/state.js';
import type { Finding, Source, Target, Connection, SourceConnection, Via } from './connection.js';
import { findRoute } from './routes.js';
import { findTarget, privateAddress, interfaceStops, serviceStops } from './places.js';
import { readBlock } from '../../simulation/addresses.js';
import type { AlibabaCall } from '../operation/operation.js';
import type { Checks } from '../slb/load-balancer.js';
import { findCaller, type CallingLink } from './calling-link.js';
import { loadBalancerStops, ways, type Arrival, type OneCall } from './load-balancer.js';
import { firstStop, networkAclsStop } from './network-acls.js';
import { mayEnter, mayLeave, type Admission } from './security-groups.js';

/**
 * Whether answers have no return path to the link's interface. The table of the target's vSwitch must have a
 * route to the link's VPC. A return path outside this world is assumed to arrive only where the call left
 * this world, too. An outside end answers all callers, unless the route to it says whom it answers.
 */
function wayBackStops(
  { alibaba, choose }: { readonly alibaba: AlibabaState; readonly choose: Choose },
  { from, place }: Source,
  target: Target,
): Finding | undefined {
  if (target.kind === 'outside') {
    const { answers, nextHop } = target;
    if (answers === undefined || answers.some((block) => blockHas(block, from))) return undefined;

    return { by: 'route-return', because: `Behind ${nextHop} no route leads back to ${from}.` };
  }

  const vSwitch = vSwitchOf(target);
  if (!place || !vSwitch) return undefined;

  const route = findRoute({ alibaba, state: target.state, vSwitch, choose }, from);
  if ('by' in route) return { by: 'route-return', because: `The answer to ${from}: ${route.because}` };
  if (route.kind === 'vpc' && route.vpcId === place.vSwitch.vpcId) return undefined;

  const where = route.kind === 'vpc' ? route.vpcId : route.nextHop;
  return { by: 'route-return', because: `The answer to ${from} goes to ${where} instead of the link.` };
}

function vSwitchOf(target: Target): VSwitchRow | undefined {
  if (target.kind === 'interface') return target.vSwitch;

  return target.kind === 'load-balancer' ? target.state.network.vSwitches.get(target.balancer.VSwitchId) : undefined;
}

/**
 * The target as a shared or conventional instance finds it: only what an authorization names, on its port.
 * @see https://www.alibabacloud.com/help/en/doc-detail/179362.htm
 */
function authorized(state: AlibabaRegionState, given: string, port: number): Target | Finding {
  const address = privateAddress(state, given);
  const accesses = [...state.cloudApi.vpcAccesses.values()].filter(
    (row) =>
      row.Port === port &&
      (row.InstanceId === given || (address !== undefined && privateAddress(state, row.InstanceId) === address)),
  );
  const [first] = accesses;
  if (!first || address === undefined) {
    return { by: 'authorization', because: `No VPC access authorization names ${given} and port ${port}.` };
  }

  // several VPCs may have the address: the one where it is in use is meant
  const targets = accesses.map(({ VpcId }) => findTarget(state, VpcId, address));
  return targets.find((found) => 'kind' in found) ?? findTarget(state, first.VpcId, address);
}

/** The account and the region; what health checks of load balancers meet: without it every server that runs is healthy. */
interface Asked extends Pick<AlibabaCall, 'alibaba' | 'region'> {
  readonly checks?: Checks | undefined;
}

/**
 * Whether calls of a gateway instance, or of a gateway, reach a port over TCP, and what decides it. The result follows from
 * the simulated world only. For VPC integration instances these are evaluated: accessible blocks, routes,
 * security groups in both directions, network ACLs in both directions for the call and its answer, the
 * return path, and the listener with its access control list. For the others the authorization replaces
 * blocks and routes. Gateways of Cloud-native API Gateway have no accessible blocks, and reach the internet through NAT gateways.
 *
 * A link connects when all its zones do. VPCs behind a peering, or behind a transit router of the region,
 * are evaluated. What is behind a VPN, Express Connect, another account's peering or a transit router's
 * other attachments is assumed to answer, unless the route says whom it answers. Two questions are
 * undecided: whether groups of servers behind a load balancer filter callers whose address it keeps, and
 * what a service does with calls to an interface of its own. An interface without an IPv6 address does not
 * reach an IPv6 address.
 * @param address a private address, or the id of an ECS instance or a load balancer
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/user-guide/vpc-integration-instances
 */
export function connects(call: Asked, linkId: string, address: string, port: number | undefined): Connection {
  return decide((choose) => connectsIn(call, linkId, address, port, choose));
}

/**
 * What becomes of one call: it takes one of the ways that {@link connects} evaluates. Calls do not come from a new egress block
 * until the switchover has been confirmed.
 */
export function followOne(
  call: Asked,
  linkId: string,
  address: string,
  port: number | undefined,
  one: OneCall,
): Connection {
  return connectsIn(call, linkId, address, port, () => 0, one);
}

function connectsIn(
  { alibaba, region, checks }: Asked,
  linkId: string,
  address: string,
  port: number | undefined,
  choose: Choose,
  one?: OneCall,
): Connection {
  if (port === undefined) return stopped({ by: 'target', because: `No port of ${address} is named.` });

  const state = alibaba.regions.get(region);
  const link = findCaller(state, linkId, one !== undefined);
  if ('by' in link) return stopped(link);

  const { sources } = link;
  if (!state || sources.length === 0) {
    return stopped({ by: 'link', because: `Instance ${linkId} has no address that calls could come from.` });
  }

  const here = { alibaba, state, choose, checks, one };
  const results = ways(one, sources).map((source) => fromOne(here, link, source, address, port));
  const [first] = results;
  const failed = results.find((result) => !result.connects);
  const { by, because }: Finding = failed ?? first ?? { by: 'link', because: '' };
  return { connects: failed === undefined, by, because, sources: results };
}

function stopped(finding: Finding): Connection {
  return { connects: false, ...finding, sources: [] };
}

/** The account, and the link's region in it. */
interface Here {
  readonly alibaba: AlibabaState;
  readonly state: AlibabaRegionState;
  readonly choose: Choose;
  readonly checks: Checks | undefined;
  readonly one: OneCall | undefined;
}

function fromOne(here: Here, link: CallingLink, given: Source, address: string, port: number): SourceConnection {
  const source = withFamily(given, privateAddress(here.state, address) ?? '');
  const result = (passes: boolean, finding: Finding, via: readonly Via[] = []): SourceConnection => ({
    connects: passes,
    zoneId: source.zoneId,
    from: source.from,
    to: address,
    via: [...new Set(via)],
    ...finding,
  });
  if (source.from === '') {
    return result(false, { by: 'link', because: `${given.from} has no IPv6 address to call ${address} from.` });
  }

  const found = link.inVpc
    ? inConnectedVpc(here, link.inVpc, source, address)
    : { target: namedTarget(here, address, port), via: [] };
  if ('by' in found) return result(false, found);

  const { target, via } = found;
  if ('by' in target) return result(false, target);

  const judged = judge(here, source, target, port);
  if ('by' in judged) return result(false, judged);

  if (target.kind !== 'load-balancer') here.one?.arrives(arrivalAt(source, target, port));
  return result(true, passed(source, target, port), [...via, ...judged.via]);
}

function arrivalAt(
  { from: source }: Source,
  target: Exclude<Target, { kind: 'load-balancer' }>,
  port: number,
): Arrival {
  const { address } = target;
  if (target.kind === 'outside') {
    return { address, port, source: target.seenAs ?? source, vpcId: undefined, instanceId: undefined };
  }

  return { address, port, source, vpcId: target.eni.vpcId, instanceId: target.eni.instanceId };
}

/** The target as the others find it: what an authorization names. */
function namedTarget({ state, one }: Here, given: string, port: number): Target | Finding {
  const address = one?.vpcId === undefined ? undefined : privateAddress(state, given);
  return address === undefined ? authorized(state, given, port) : findTarget(state, one?.vpcId ?? '', address);
}

/** The source's address of the family that is called; empty where it has none. */
function withFamily(source: Source, address: string): Source {
  if (!source.place || !address.includes(':')) return source;

  return { ...source, from: source.place.eni.ipv6Addresses?.[0] ?? '' };
}

/** The target as a link with interfaces in a VPC finds it: accessible blocks of an instance, then routes. */
function inConnectedVpc(
  { alibaba, state, choose }: Here,
  inVpc: NonNullable<CallingLink['inVpc']>,
  { from, place }: Source,
  given: string,
): { readonly target: Target | Finding; readonly via: readonly Via[] } | Finding {
  const address = privateAddress(state, given);
  if (address === undefined || readBlock(address) === undefined || !place) {
    return { by: 'target', because: `${given} is no private address, ECS instance or load balancer.` };
  }

  const stop = inVpc.stops(address);
  if (stop) return stop;

  const route = findRoute({ alibaba, state, vSwitch: place.vSwitch, choose, from }, address);
  if ('by' in route) return route;
  if (route.kind === 'outside') {
    const { nextHop, answers, via, seenAs } = route;
    return { target: { kind: 'outside', address, nextHop, answers, seenAs }, via };
  }

  return { target: findTarget(route.state, route.vpcId, address), via: route.via };
}

/**
 * Evaluates all filters on the path, in the order in which packets pass them; the listener before the answer's route.
 */
function judge(here: Here, source: Source, target: Target, port: number): Admission {
  const { state, choose } = here;
  const out = mayLeave(state, source, target, port);
  if ('by' in out) return out;

  const acls = [...networkAclsStop(state, source, target, port)];
  const acl = firstStop(acls);
  if (acl) return acl;

  const mostly: readonly Via[] = acls.length > 0 ? ['most-ports'] : [];
  if (target.kind === 'load-balancer') {
    const stop =
      loadBalancerStops({ ...here, state: target.state }, source, target.balancer, port) ??
      wayBackStops(here, source, target);
    return stop ?? { via: [...out.via, ...mostly] };
  }
  if (target.kind === 'outside') return wayBackStops(here, source, target) ?? { via: [...out.via, ...mostly] };

  const down = interfaceStops(target.state, target.eni);
  if (down) return down;

  const into = mayEnter(source, target, port);
  if ('by' in into) return into;

  const silent = serviceStops(target.eni, choose);
  if (silent) return silent;

  return wayBackStops(here, source, target) ?? { via: [...out.via, ...into.via, ...mostly] };
}

function passed({ from }: Source, target: Target, port: number): Finding {
  switch (target.kind) {
    case 'interface':
      return { by: 'security-group-in', because: `${target.eni.id} takes ${from} on port ${port}.` };
    case 'load-balancer':
      return {
        by: 'listener',
        because: `The listener of ${target.balancer.LoadBalancerId} takes ${from} on port ${port}.`,
      };
    case 'outside':
      return { by: 'route', because: `${target.address} is behind ${target.nextHop}, which is taken to answer.` };
  }
}
