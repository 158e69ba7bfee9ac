import type { Subnet } from '../../do/model/network.js';
import type { Found, RegionIndex } from '../../do/world/views.js';
import { derivedFrom } from '../../do/world/derived.js';
import { refusedOr } from '../../do/world/index/gap-facts.js';
import { interfaceAt } from './sources/interface-end.js';
import { balancerAt } from './sources/balancer-ends.js';
import type { SubnetPlace, FindPrefixes, FarRegion, World } from './model/world.js';
import { createGroupSet, type GroupSet } from './model/group-set.js';
import { holds, readSpan, type Span } from './model/span.js';

/** Reads a region for traces; lazily. */
export function createWorld(
  index: RegionIndex,
  far: FarRegion = () => undefined,
  others: World['others'] = () => [],
  isToday = true,
): World {
  const places = new Map<string, Found<SubnetPlace>>();
  const sets = new Map<string, GroupSet>();
  const lists = new Map<string, ReturnType<FindPrefixes>>();
  const blocks = new Map<string, readonly Span[] | undefined>();
  const findGroup = (id: string) => index.find('securityGroups', id);
  const world: World = {
    derived: derivedFrom(() => world),
    index,
    isToday,
    far,
    others,
    place(subnetId) {
      const known = places.get(subnetId);
      if (known !== undefined) return known;

      const found = index.find('subnets', subnetId);
      const place: Found<SubnetPlace> =
        found.is === 'found' ? { is: 'found', value: readPlace(world, found.value, places.size) } : found;
      places.set(subnetId, place);
      return place;
    },
    placeOf(networkId, span) {
      const subnets = index.group('subnets', 'network', ({ networkId }) => [networkId]).get(networkId) ?? [];
      for (const { id } of subnets) {
        const place = world.place(id);
        if (place.is === 'found' && place.value.spans.some((one) => holds(one, span))) return place.value;
      }
      return undefined;
    },
    groupSet(ids) {
      const key = ids.length < 2 ? (ids[0] ?? '') : [...new Set(ids)].toSorted().join(' ');
      const known = sets.get(key);
      if (known !== undefined) return known;

      const computed = createGroupSet(ids, findGroup);
      sets.set(key, computed);
      return computed;
    },
    prefixes(id) {
      const known = lists.get(id);
      if (known !== undefined) return known;

      const computed = readPrefixes(index, id);
      lists.set(id, computed);
      return computed;
    },
    blocksOf(networkId) {
      if (blocks.has(networkId)) return blocks.get(networkId);

      const found = index.find('networks', networkId);
      const computed =
        found.is === 'found'
          ? [...found.value.cidrBlocks, ...(found.value.ipv6CidrBlocks ?? [])].flatMap((text) => readSpan(text) ?? [])
          : undefined;
      blocks.set(networkId, computed);
      return computed;
    },
    interfacesOf: (id) => index.group('interfaces', 'attached to', ({ attachedTo }) => [attachedTo]).get(id) ?? [],
    interfacesOfLink: (id) => index.group('interfaces', 'link', ({ linkId }) => [linkId]).get(id) ?? [],
    interfaceAt: (networkId, address) => interfaceAt(index, networkId, address),
    instanceAt: (networkId, address) =>
      index
        .group('instances', 'address', (one) => one.addresses.map((own) => `${one.networkId} ${own}`))
        .get(`${networkId} ${address}`)?.[0],
    balancerAt: (networkId, address) => balancerAt(index, networkId, address),
  };
  return world;
}

function readPlace(world: World, subnet: Subnet, key: number): SubnetPlace {
  const texts = [subnet.cidrBlock, ...(subnet.ipv6CidrBlocks ?? [])];
  return { world, subnet, key, spans: texts.flatMap((text) => readSpan(text) ?? []) };
}

function readPrefixes(index: RegionIndex, id: string): ReturnType<FindPrefixes> {
  const found = index.find('prefixLists', id);
  if (found.is === 'unknown') return { missing: found.missing };

  const unread = refusedOr(index, 'prefixLists', id, {
    what: `the blocks of prefix list ${id}`,
    remedy: 'Take the snapshot again with credentials that may read prefix lists.',
  });
  if (found.is === 'absent' || found.value.cidrBlocks === undefined) return { missing: unread };

  const spans = found.value.cidrBlocks.map(readSpan);
  const read = spans.flatMap((span) => span ?? []);
  return read.length === spans.length ? { spans: read } : { missing: unread };
}
