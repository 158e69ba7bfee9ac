import { madeOnce } from '../../../do/world/derived.js';
import type { LoadBalancer } from '../../../do/model/load-balancer.js';
import type { NetworkInterface } from '../../../do/model/network.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';
import type { End } from '../model/step.js';
import { holds, spanText } from '../model/span.js';
import type { World } from '../model/world.js';
import { firstFamily, subnetPlace, interfaceEnd } from './interface-end.js';

/**
 * The ends of a load balancer: its addresses, from its interfaces or from its own data; otherwise the blocks
 * of its subnets, one address of each of which is its own. The same applies to subnets whose interface could
 * not be read. Families other than IPv4 count only where it has no IPv4 address.
 */
export function balancerEnds(world: World, balancer: LoadBalancer): readonly End[] {
  // A load balancer has many listeners, and its ends are theirs.
  return madeOnce(world, 'ends of load balancers', balancer, () => findEnds(world, balancer));
}

function findEnds(world: World, balancer: LoadBalancer): readonly End[] {
  const interfaces = world.interfacesOf(balancer.id);
  if (interfaces.length > 0) {
    const known = interfaces.flatMap((one) =>
      firstFamily(one.addresses).map((span): End => ({
        ...interfaceEnd(world, one, span),
        owner: balancer.name,
        behindNetworkAcl: filtered(balancer),
      })),
    );
    return [
      ...(changes(balancer) ? bySubnet(known) : known),
      ...blockEnds(world, balancer, withoutInterface(world, balancer, interfaces)),
    ];
  }

  const { addresses = [], networkId, subnetIds, securityGroupIds } = balancer;
  const common = {
    networkId,
    groups: world.groupSet(securityGroupIds),
    behindNetworkAcl: filtered(balancer),
    owner: balancer.name,
  };
  const own = firstFamily(addresses);
  if (own.length > 0) {
    return own.map((span): End => {
      const place = subnetIds
        .map((id) => subnetPlace(world, id))
        .find((one) =>
          one?.spans.some(
            (block) => block.start <= span.start && span.end <= block.end && block.family === span.family,
          ),
        );
      const unplaced = place === undefined ? unreadPlace(world, subnetIds) : undefined;
      return { ...common, text: spanText(span), span, place, unplaced };
    });
  }

  return blockEnds(world, balancer, subnetIds);
}

/** The blocks of subnets of a load balancer, of which one address each is its own. */
function blockEnds(world: World, balancer: LoadBalancer, subnetIds: readonly string[]): readonly End[] {
  return subnetIds.flatMap((id): readonly End[] => {
    const place = subnetPlace(world, id);
    const span = place?.spans[0];
    if (place === undefined || span === undefined) return [];

    return [
      {
        text: `${balancer.name} in ${id} (${spanText(span)})`,
        span,
        place,
        networkId: place.subnet.networkId,
        groups: world.groupSet(balancer.securityGroupIds),
        behindNetworkAcl: filtered(balancer),
        owner: balancer.name,
      },
    ];
  });
}

/**
 * Whether a load balancer gets other addresses of its subnets as it grows: application load balancers do,
 * others keep their addresses.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 */
function changes({ kind }: LoadBalancer): boolean {
  return kind === 'application';
}

/** Ends whose addresses change: the blocks of their subnets, with the current addresses. */
function bySubnet(ends: readonly End[]): readonly End[] {
  const made = new Map<string, End>();
  for (const [at, end] of ends.entries()) {
    const { place, span } = end;
    const block = place?.spans.find((one) => holds(one, span));
    const key = place === undefined || block === undefined ? `${at}` : `${place.subnet.id} ${block.start}`;
    const before = made.get(key);
    if (before !== undefined) made.set(key, { ...before, points: [...(before.points ?? []), span] });
    else made.set(key, block === undefined ? end : { ...end, span: block, points: [span] });
  }
  return [...made.values()];
}

/** The subnets of a load balancer in which it has an interface that could not be read, or may get one. */
function withoutInterface(
  { index }: World,
  balancer: LoadBalancer,
  interfaces: readonly NetworkInterface[],
): readonly string[] {
  if (!changes(balancer) && index.missing('interfaces')?.failed !== true) return [];

  return balancer.subnetIds.filter((id) => !interfaces.some(({ subnetId }) => subnetId === id));
}

/** Why a load balancer may have ends other than the known ones: a subnet of it that could not be read. */
export function endsMissing(world: World, balancer: LoadBalancer): Missing | undefined {
  const { id, subnetIds, addresses = [] } = balancer;
  const interfaces = world.interfacesOf(id);
  if (interfaces.length > 0) return unreadPlace(world, withoutInterface(world, balancer, interfaces));

  return addresses.length > 0 ? undefined : unreadPlace(world, subnetIds);
}

/** Why the first of some subnets that could not be read is not known. */
function unreadPlace(world: World, subnetIds: readonly string[]): Missing | undefined {
  for (const id of subnetIds) {
    const found = world.place(id);
    if (found.is === 'unknown') return found.missing;
  }
  return undefined;
}

function filtered({ behindNetworkAcl }: LoadBalancer): boolean {
  return behindNetworkAcl !== false;
}

/** The load balancer that reports an address of a network as its own. */
export function balancerAt(region: RegionIndex, networkId: string, address: string): LoadBalancer | undefined {
  return region
    .group('loadBalancers', 'address', (one) => (one.addresses ?? []).map((own) => `${one.networkId} ${own}`))
    .get(`${networkId} ${address}`)?.[0];
}
