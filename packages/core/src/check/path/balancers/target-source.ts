import { madeOnce } from '../../../do/world/derived.js';
import { loadBalancerReasons } from '../reasons/load-balancer.js';
import type { End } from '../model/end.js';
import { readSpan, spanText } from '../model/span.js';
import type { AddressOwner } from '../sources/owners.js';
import type { PathCode } from '../reasons/index.js';
import type { Reason } from '../reasons/reason.js';
import type { PathStep } from '../model/step.js';
import type { Arrival } from '../routes/arrival.js';
import type { World } from '../model/world.js';

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

/** Whether the path to a target uses more than its own network and a peering within the region. */
export function isIndirect({ at, steps }: Arrival, world: World): boolean {
  const { region } = world.index;
  if (!world.index.clouds.network(region).clientAddressesStayNear || at === undefined) return false;
  if (at.kind === 'remote' || steps.some(({ check }) => check === 'path/transit')) return true;
  return at.kind === 'network' && at.world.index.region.region !== region.region;
}

/**
 * A target that is too far away to see its clients' addresses: it must be in the load balancer's network, or
 * in a peered one of the region.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function keptTooFar(name: string): PathStep {
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

/** EC2 marks the interfaces of endpoints by their description only. */
function isEndpoint(owner: string): boolean {
  return owner.startsWith('VPC Endpoint Interface');
}

/** A target that loses calls which keep the client's address. */
export function keptByInterface(name: string, { owner = '' }: AddressOwner['end']): PathStep {
  const what = isEndpoint(owner) ? 'a VPC endpoint' : 'a network load balancer';
  const reason = loadBalancerReasons.CLIENT_ADDRESS_LOST({ target: name, interfaceOf: what });
  return kept(name, `is an interface of ${what}`, reason);
}

/** A target that cannot be called with the client's address, which its group keeps. */
function kept(name: string, text: string, reason: Reason<PathCode>): PathStep {
  return {
    check: 'path/load-balancer',
    hop: `load balancer to ${name}: client address`,
    verdict: 'fail',
    describe: () => ({ kind: 'target', id: name, text, code: 'ELBV2_SOURCE_ADDRESS_PRESERVATION', ...reason }),
  };
}
