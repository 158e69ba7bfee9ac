import { madeOnce } from '../../../do/world/derived.js';
import { contains, type Prefix } from '../../../cidr/prefix.js';
import { PrefixSet } from '../../../cidr/prefix-set.js';
import type { NextHop, RouteEntry, RouteTable } from '../../../do/model/routing.js';
import type { LinkView, Missing, RegionIndex } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import { readBlocks } from '../../path/model/group-set.js';

/** The route tables of a link's subnets, each once. */
export function tablesOf({ region, subnetIds }: LinkView): {
  readonly tables: readonly RouteTable[];
  readonly missing?: Missing | undefined;
} {
  const tables = new Map<string, RouteTable>();
  let missing: Missing | undefined;
  for (const subnetId of subnetIds) {
    const subnet = region.find('subnets', subnetId);
    if (subnet.is !== 'found') {
      if (subnet.is === 'unknown') missing ??= subnet.missing;
      continue;
    }

    const { routeTableId } = subnet.value;
    if (routeTableId === undefined) {
      missing ??= refusedOr(region, 'subnets', subnetId, region.missing('routeTables') ?? noRoutes(subnetId));
      continue;
    }

    const table = region.find('routeTables', routeTableId);
    if (table.is === 'unknown') missing ??= table.missing;
    if (table.is !== 'found') continue;

    tables.set(routeTableId, table.value);
    if (table.value.routes === undefined) missing ??= region.missing('routeTables', routeTableId) ?? noRoutes(subnetId);
  }
  return { tables: [...tables.values()], missing };
}

function noRoutes(subnetId: string): Missing {
  return { what: `the routes of ${subnetId}`, remedy: `Check the route table of ${subnetId}.` };
}

/** Next hops to other private networks, as far as is known. */
const CONNECTING: ReadonlySet<NextHop['kind']> = new Set([
  'peering',
  'transit-gateway',
  'virtual-gateway',
  'vpn-gateway',
  'express-connect',
  'interface',
  'instance',
  'endpoint',
  'other',
]);

/**
 * The addresses that a table routes through other private networks; of destinations by prefix list see
 * `listed`. The longest prefix decides: a blackhole route or a route to the internet removes its own block
 * from a wider route.
 */
export function routedBy(region: RegionIndex, table: RouteTable): PrefixSet {
  return madeOnce(region, 'routed blocks', table, () => readRoutes(region, table));
}

function readRoutes(region: RegionIndex, table: RouteTable): PrefixSet {
  const ways: Destination[] = [];
  const stops: Destination[] = [];
  for (const route of table.routes ?? []) {
    for (const block of blocksOf(route)) {
      const onward = leads(route) ? [block] : behindNat(region, table, route, block);
      for (const part of onward) ways.push({ block: part, route, bits: block.bits });
      if (!onward.some((part) => contains(part, block))) stops.push({ block, route, bits: block.bits });
    }
  }
  let set = PrefixSet.of(ways.map(({ block }) => block));
  for (const stop of stops) {
    if (set.containment(stop.block) === 'outside') continue;

    const first = ways.filter((way) => goesBefore(way, stop)).map(({ block }) => block);
    set = set.subtract(PrefixSet.of([stop.block]).subtract(PrefixSet.of(first)));
  }
  return set;
}

/**
 * The part of a route to a NAT gateway that may lead on: what another route of the network leads to, since the gateway
 * forwards by the table of its own subnet; and the whole block of a route of its own, where the gateway may have its addresses.
 * As in `path/route`.
 */
function behindNat(region: RegionIndex, table: RouteTable, route: RouteEntry, block: Prefix): readonly Prefix[] {
  if (route.nextHop.kind !== 'nat' || route.state !== 'active') return [];
  if (region.clouds.network(region.region).natHasDestinations && block.bits > 0) return [block];

  const tables = region.group('routeTables', 'network', ({ networkId }) => [networkId]).get(table.networkId) ?? [];
  const onward = tables.flatMap(({ routes = [] }) => routes.filter(leads).flatMap(blocksOf));
  return onward.flatMap((one) => (contains(block, one) ? [one] : contains(one, block) ? [block] : []));
}

function blocksOf({ cidrBlock }: RouteEntry): readonly Prefix[] {
  return cidrBlock === undefined ? [] : readBlocks([cidrBlock]);
}

interface Destination {
  /** The part of a route's block that it leads to, or stops. */
  readonly block: Prefix;
  readonly route: RouteEntry;
  /** The length of the route's own block. */
  readonly bits: number;
}

/**
 * Whether a route within another route's block applies to its addresses: it is longer, or as long and not propagated.
 */
function goesBefore(way: Destination, stop: Destination): boolean {
  if (!contains(stop.block, way.block)) return false;
  if (way.route === stop.route || way.bits > stop.bits) return true;

  return stop.route.origin === 'propagated' && way.route.origin !== 'propagated';
}

function leads({ nextHop, state }: RouteEntry): boolean {
  return state === 'active' && CONNECTING.has(nextHop.kind);
}

/** The addresses that a table routes by prefix lists, and why some of them are not known. */
export function listed(
  region: RegionIndex,
  table: RouteTable,
): { readonly set: PrefixSet; readonly missing?: Missing | undefined } {
  let missing: Missing | undefined;
  const blocks: string[] = [];
  for (const { prefixListId, nextHop, state } of table.routes ?? []) {
    const mayLead = CONNECTING.has(nextHop.kind) || nextHop.kind === 'nat';
    if (prefixListId === undefined || state !== 'active' || !mayLead) continue;

    const list = region.find('prefixLists', prefixListId);
    if (list.is === 'found' && list.value.cidrBlocks !== undefined) blocks.push(...list.value.cidrBlocks);
    else {
      const what = `the entries of prefix list ${prefixListId}`;
      missing ??= list.is === 'unknown' ? list.missing : { what, remedy: `Check the entries of ${prefixListId}.` };
    }
  }
  return { set: PrefixSet.of(readBlocks(blocks)), missing };
}

/** One block on the other side of a peering. */
export interface PeerBlock {
  readonly text: string;
  readonly networkId: string;
  readonly peeringId: string;
}

/** The blocks of the networks that a link's network is peered with. */
export function otherSides({ region, networkId }: LinkView): {
  readonly blocks: readonly PeerBlock[];
  readonly missing?: Missing | undefined;
} {
  if (networkId === undefined) return { blocks: [] };

  const { missing } = region.all('peerings');
  const here =
    region.group('peerings', 'network', ({ sides }) => sides.map((side) => side.networkId)).get(networkId) ?? [];
  let unread = missing;
  const blocks = here.flatMap(({ id, state, sides }) => {
    if (state !== 'active') return [];

    return sides
      .filter((side) => side.networkId !== networkId)
      .flatMap((side) => {
        const network = region.find('networks', side.networkId);
        const texts = side.cidrBlocks ?? (network.is === 'found' ? network.value.cidrBlocks : undefined);
        unread ??=
          texts === undefined
            ? { what: `the CIDR blocks of ${side.networkId}`, remedy: `Check the CIDR blocks of ${side.networkId}.` }
            : undefined;
        return (texts ?? []).map((text) => ({ text, networkId: side.networkId, peeringId: id }));
      });
  });
  return { blocks, missing: unread };
}
