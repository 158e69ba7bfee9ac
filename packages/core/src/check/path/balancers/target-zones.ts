import type { GroupTarget, LoadBalancer, TargetGroup } from '../../../do/model/load-balancer.js';
import type { Verdict } from '../../../do/findings/finding.js';
import type { Candidate } from './candidate.js';
import type { World } from '../model/world.js';

/**
 * Whether a load balancer's node in a zone forwards calls to a target. Without cross-zone load balancing it
 * forwards to targets of its own zone only.
 * @param zone the zone that calls enter; undefined where it is not known
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing
 */
export function serves(
  world: World,
  balancer: LoadBalancer,
  { group, target }: Candidate,
  zone: string | undefined,
): Verdict {
  const crosses = crossesZones(world, balancer, group);
  if (crosses === true || target.zone === 'all') return 'pass';
  const zones = target.zone === undefined ? zonesOf(world, group, target) : [target.zone];
  if (zones === undefined || zone === undefined) return 'unknown';
  if (zones.includes(zone)) return 'pass';
  return crosses === undefined ? 'unknown' : 'fail';
}

/**
 * Whether each zone of a load balancer forwards calls to targets of all zones. Where the group's own setting could not be read, that of
 * the load balancer may not be the effective one.
 */
export function crossesZones({ index }: World, { crossZone }: LoadBalancer, group: TargetGroup): boolean | undefined {
  const unread = group.crossZone === undefined && index.missing('targetGroups', group.id) !== undefined;
  return unread ? undefined : (group.crossZone ?? crossZone);
}

/** The zones that a target is in, by its interfaces or address. */
function zonesOf(world: World, { kind, networkId }: TargetGroup, { id }: GroupTarget): readonly string[] | undefined {
  if (kind === 'load-balancer') {
    const found = world.index.find('loadBalancers', id);
    return found.is === 'found' ? found.value.zones : undefined;
  }
  const own =
    kind === 'instance'
      ? world.interfacesOf(id)
      : [networkId === undefined ? undefined : world.interfaceAt(networkId, id)].flatMap((one) => one ?? []);
  const zones = own.flatMap(({ subnetId }) => {
    const place = world.place(subnetId);
    return place.is === 'found' ? [place.value.subnet.zone] : [];
  });
  return zones.length === 0 ? undefined : zones;
}
