import type { Instance, NetworkInterface, Subnet } from '../model/network.js';
import type { LoadBalancer } from '../model/load-balancer.js';
import type { Found, RegionIndex } from '../world/views.js';
import { derivedFrom, type Derived } from '../world/derived.js';
import { refusedOr } from '../world/index/gap-facts.js';
import { interfaceAt } from './sources/interface-at.js';
import { balancerAt } from './sources/balancer-at.js';
import type { Place } from './end.js';
import type { FindPrefixes } from './groups/filter.js';
import { createGroupSet, type GroupSet } from './groups/group-set.js';
import { holds, readSpan, type Span } from './span.js';

/** The index of another account or region, where the snapshot shows it. */
export type FarRegion = (place: {
  readonly account?: string | undefined;
  readonly region?: string | undefined;
}) => World | undefined;

/** A region for walks: subnets, groups and prefix lists parsed into numbers, each once. */
export interface World {
  /** What walks compute from the region: once, by the function that computes it. */
  readonly derived: Derived<World>;
  readonly index: RegionIndex;
  readonly far: FarRegion;
  readonly place: (subnetId: string) => Found<Place>;
  /** The subnet of a network that has an address; undefined where none has. */
  readonly placeOf: (networkId: string, span: Span) => Place | undefined;
  /** One set for all interfaces with the same groups. */
  readonly groupSet: (ids: readonly string[]) => GroupSet;
  readonly prefixes: FindPrefixes;
  /** The blocks of a network, or why they are not known. */
  readonly blocksOf: (networkId: string) => readonly Span[] | undefined;
  readonly interfacesOf: (attachedTo: string) => readonly NetworkInterface[];
  readonly interfacesOfLink: (linkId: string) => readonly NetworkInterface[];
  readonly interfaceAt: (networkId: string, address: string) => NetworkInterface | undefined;
  readonly instanceAt: (networkId: string, address: string) => Instance | undefined;
  readonly balancerAt: (networkId: string, address: string) => LoadBalancer | undefined;
}

/** Reads a region for walks; lazily. */
export function createWorld(index: RegionIndex, far: FarRegion = () => undefined): World {
  const places = new Map<string, Found<Place>>();
  const sets = new Map<string, GroupSet>();
  const lists = new Map<string, ReturnType<FindPrefixes>>();
  const blocks = new Map<string, readonly Span[] | undefined>();
  const findGroup = (id: string) => index.find('securityGroups', id);
  const world: World = {
    derived: derivedFrom(() => world),
    index,
    far,
    place(subnetId) {
      const known = places.get(subnetId);
      if (known !== undefined) return known;
      const found = index.find('subnets', subnetId);
      const place: Found<Place> =
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
      const made = createGroupSet(ids, findGroup);
      sets.set(key, made);
      return made;
    },
    prefixes(id) {
      const known = lists.get(id);
      if (known !== undefined) return known;
      const made = readPrefixes(index, id);
      lists.set(id, made);
      return made;
    },
    blocksOf(networkId) {
      if (blocks.has(networkId)) return blocks.get(networkId);
      const found = index.find('networks', networkId);
      const made =
        found.is === 'found'
          ? [...found.value.cidrBlocks, ...(found.value.ipv6CidrBlocks ?? [])].flatMap((text) => readSpan(text) ?? [])
          : undefined;
      blocks.set(networkId, made);
      return made;
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

function readPlace(world: World, subnet: Subnet, key: number): Place {
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
