import type { TargetGroup } from '../../../do/model/load-balancer.js';
import { failStep, type End, unknownStep, type PathStep } from '../model/step.js';
import { subnetPlace, firstFamily, instanceEnd, interfaceEnd } from '../sources/interface-end.js';
import type { World } from '../model/world.js';
import { namesOf, registrarsOf } from './registrars.js';
import { calledTargetReasons, loadBalancerReasons } from '../reasons/load-balancer.js';
import type { Missing } from '../../../do/world/views.js';
import { isEndpoint, ownerOf, primaryInterface, type AddressOwner } from '../sources/owners.js';
import { routeTo } from '../routes/route.js';
import { readSpan, spanText } from '../model/span.js';
import type { Candidate } from './balancers.js';
import { madeOnce } from '../../../do/world/derived.js';
import type { PathCode } from '../reasons/index.js';
import type { Reason } from '../reasons/reason.js';
import type { Arrival } from '../routes/arrival.js';

/** Where members of a registrar are while they run: an end in one of its subnets, with its groups. */
export interface MemberEnd {
  readonly end: End;
  /** The port of their health checks. */
  readonly port: number;
  /** `tasks of orders` */
  readonly name: string;
}

/** `is unhealthy in (target-group orders) due to (reason Request timed out)`, `Task failed ELB health checks`. */
const FAILS_CHECKS = /health[- ]check|\bunhealthy\b/i;

/**
 * Where members that fail their health checks are while they run. They are deregistered for it, so a group can be empty when it is read,
 * and a path to its targets cannot be followed.
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
 */
export function failingMembers(world: World, { id, port: ofGroup, healthCheck }: TargetGroup): readonly MemberEnd[] {
  return registrarsOf(world.index, id).flatMap((one): readonly MemberEnd[] => {
    const { stoppedReason = '', subnetIds = [], securityGroupIds, targetGroups } = one;
    const registered = targetGroups.find(({ targetGroupId }) => targetGroupId === id)?.port;
    const port = healthCheck?.port ?? registered ?? ofGroup;
    if (port === undefined || securityGroupIds === undefined || !FAILS_CHECKS.test(stoppedReason)) return [];

    const { name, members } = namesOf(one);
    const text = `${members} of ${name}`;
    return subnetIds.flatMap((subnetId) => {
      const place = subnetPlace(world, subnetId);
      const [span] = place?.spans ?? [];
      if (place === undefined || span === undefined) return [];

      const groups = world.groupSet(securityGroupIds);
      return [{ end: { text, span, place, groups, behindNetworkAcl: true }, port, name: text }];
    });
  });
}

export const CHECK = 'path/load-balancer';
const HOP = 'load balancer to target';

/** A fact that is needed to follow the path is missing. */
export function lost(id: string, what: string, missing?: Missing): PathStep {
  const remedy = 'Take the snapshot again with credentials that may read network interfaces and subnets.';
  return unknownStep(CHECK, HOP, { kind: 'target', id }, missing ?? { what, remedy });
}

export function endOf(world: World, { group, target }: Candidate, node: End): AddressOwner | PathStep {
  if (group.kind === 'instance') {
    const own = primaryInterface(world, target.id);
    const [span] = own?.is === 'found' ? firstFamily(own.value.addresses) : [];
    if (own?.is === 'found' && span !== undefined) return { end: interfaceEnd(world, own.value, span) };

    const found = world.index.region.instances === undefined ? undefined : world.index.find('instances', target.id);
    const [address] = found?.is === 'found' ? firstFamily(found.value.addresses) : [];
    if (found?.is === 'found' && address !== undefined) return { end: instanceEnd(world, found.value, address) };

    const unsure = own?.is === 'unknown' ? own.missing : undefined;
    const missing = unsure ??
      world.index.missing('interfaces') ?? {
        what: `the network interface of ${target.id}`,
        remedy: 'Take the snapshot again with credentials that may read network interfaces.',
      };
    return unknownStep(CHECK, HOP, { kind: 'instance', id: target.id }, missing);
  }

  const span = readSpan(target.id);
  if (span === undefined) return lost(target.id, `the address of ${target.id}`);
  if (node.place === undefined) return lost(target.id, `the subnet of ${node.text}`, node.unplaced);

  const bare: End = { text: spanText(span), span, behindNetworkAcl: true };
  const arrival = routeTo(node.place, bare);
  if (arrival.at?.kind !== 'network') return { end: bare };

  const owner = ownerOf(arrival.at.world, arrival.at.networkId, span);
  if (owner === 'unused') return addressUnused(target.id, arrival.at.networkId);

  return 'end' in owner ? owner : unknownStep(CHECK, HOP, { kind: 'address', id: target.id }, owner);
}

function addressUnused(address: string, networkId: string): PathStep {
  return failStep(CHECK, HOP, () => ({
    kind: 'address',
    id: address,
    text: `not in use in ${networkId}`,
    code: 'NO_POSSIBLE_DESTINATION',
    ...calledTargetReasons.ADDRESS_UNUSED({ address, network: networkId, isRegistered: true }),
  }));
}

/**
 * A load balancer's end as seen by targets of a family: the address of its interface in that family, or the
 * block of its subnet. Undefined where it has neither.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function inFamily(node: End, family: 4 | 6): End | undefined {
  if (node.span.family === family) return node;

  const { place, networkId } = node;
  if (place === undefined) return undefined;

  return madeOnce(place.world, 'ends in the other family', node, (): End | undefined => {
    const own =
      networkId === undefined ? undefined : place.world.interfaceAt(networkId, spanText(node.points?.[0] ?? node.span));
    const spans = own?.addresses.flatMap((text) => readSpan(text) ?? []) ?? [];
    const span = [...spans, ...place.spans].find((one) => one.family === family);
    return span && { ...node, span, text: spanText(span), points: undefined };
  });
}

/**
 * Whether the path to a target uses more than its own network and a peering within the region, on a cloud that may lose the address of the
 * client there.
 */
export function isIndirect({ at, steps }: Arrival, world: World): boolean {
  const { region } = world.index;
  if (world.index.clouds.network(region).clientAddressesStayNear === false || at === undefined) return false;
  if (at.kind === 'remote' || steps.some(({ check }) => check === 'path/transit')) return true;

  return at.kind === 'network' && at.world.index.region.region !== region.region;
}

/**
 * A target that is too far away to see its clients' addresses: it must be in the load balancer's network, or
 * in a peered one of the region.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function keptTooFar(name: string, { index }: World): PathStep {
  if (index.clouds.network(index.region).clientAddressesStayNear === undefined) {
    return lost(name, '', {
      what: `whether ${name}, which is in another network, gets the address of the client`,
      remedy: 'Turn off the preservation of client addresses in the target group, or check by hand that calls arrive.',
    });
  }

  const text = 'is not in the network of the load balancer, nor in a peered one of its region';
  return kept(name, text, loadBalancerReasons.CLIENT_ADDRESS_TOO_FAR({ target: name }));
}

/**
 * Whether calls to an interface are lost where a target group preserves the client's address: those of a
 * network load balancer, and of an endpoint of PrivateLink.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function losesClients({ end: { owner = '' }, balancer }: AddressOwner): boolean {
  return balancer?.kind === 'network' || owner.includes(':loadbalancer/net/') || isEndpoint(owner);
}

/** A target that loses calls which keep the client's address. */
export function keptByInterface(name: string, { owner = '' }: AddressOwner['end']): PathStep {
  const what = isEndpoint(owner) ? 'a VPC endpoint' : 'a network load balancer';
  const reason = loadBalancerReasons.CLIENT_ADDRESS_LOST({ target: name, interfaceOf: what });
  return kept(name, `is an interface of ${what}`, reason);
}

/** A target that cannot be called with the client's address, which its group keeps. */
function kept(name: string, text: string, reason: Reason<PathCode>): PathStep {
  return failStep('path/load-balancer', `load balancer to ${name}: client address`, () => ({
    kind: 'target',
    id: name,
    text,
    code: 'ELBV2_SOURCE_ADDRESS_PRESERVATION',
    ...reason,
  }));
}
