import { madeIn, madeOnce } from '../../../do/world/derived.js';
import type { NetworkInterface } from '../../../do/model/network.js';
import type { RouteEntry, RouteTable } from '../../../do/model/routing.js';
import { type End, unknownStep, worstOf } from '../model/step.js';
import type { SubnetPlace, Lists } from '../model/world.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import { throughPeering } from './peering.js';
import { compileTable, routesFor, type Chosen, type CompiledTable, AWAY, nextHopsFor } from './route-table.js';
import { flatAddressMap, piecesOf } from '../model/address-map.js';
import { holds, isPoint, meets, readSpan, type Span } from '../model/span.js';
import { throughTransit } from './transit.js';
import { throughVirtualGateway } from './virtual-gateway.js';
import { arrives, stops, type Arrival, type Leaving } from './arrival.js';
import {
  HOP,
  CHECK,
  passed,
  noRoute,
  blackhole,
  away,
  dropped,
  eitherStep,
  stateUnknown,
  notFollowed,
  partlyStep,
} from './route-steps.js';
import type { Missing } from '../../../do/world/views.js';

/**
 * The path of packets for an end, by the routes of a subnet and onward: within the network, over a peering, a router
 * between networks, or out of the cloud. Where different routes apply to parts of the end, it is stopped where the
 * route of a known address stops it. The currently known addresses alone are never enough to pass, since they change.
 */
export function routeTo(place: SubnetPlace, to: End): Arrival {
  const whole = spanRoute(place, to.span);
  if (whole.partly !== true || to.points === undefined || to.points.length === 0) return whole;

  const worst = worstOf(to.points.map((point) => spanRoute(place, point)));
  return worst === undefined || worst.verdict === 'pass' ? whole : worst;
}

interface SpanRoute extends Arrival {
  readonly partly?: true | undefined;
}

function spanRoute(place: SubnetPlace, span: Span): SpanRoute {
  const known = madeOnce(place.world, 'routes of subnets', place, () => new Map<string, SpanRoute>());
  return madeIn(known, `${span.start} ${span.end}`, () => findRoute(place, span));
}

function findRoute(place: SubnetPlace, span: Span): SpanRoute {
  const { subnet, world } = place;
  const what = { kind: 'route table', id: subnet.routeTableId ?? subnet.id };
  const missing = {
    what: `the routes of ${subnet.id}`,
    remedy: 'Take the snapshot again with `postern snapshot`, which reads route tables.',
  };
  if (subnet.routeTableId === undefined) {
    const gap = refusedOr(world.index, 'subnets', subnet.id, world.index.missing('routeTables') ?? missing);
    return stops([unknownStep(CHECK, HOP, { kind: 'subnet', id: subnet.id }, gap)]);
  }

  const found = world.index.find('routeTables', subnet.routeTableId);
  if (found.is !== 'found') {
    return stops([unknownStep(CHECK, HOP, what, found.is === 'unknown' ? found.missing : missing)]);
  }
  if (found.value.routes === undefined) {
    return stops([unknownStep(CHECK, HOP, what, world.index.missing('routeTables', found.value.id) ?? missing)]);
  }

  const table = compileTable(found.value, found.value.routes, world);
  const parts = routesFor(table, span).flatMap(({ span: some, value }) =>
    ownPieces(place, value?.route, some).map((to) => ({ span: to, way: followed(table, { place, to }, value) })),
  );
  const [first] = parts;
  if (first === undefined) return stops([noRoute(table.id)]);
  if (parts.length === 1) return first.way;
  if (parts.every(({ way }) => way.verdict === 'fail' || way.verdict === 'pass') && sameVerdict(parts)) {
    return worstOf(parts.map(({ way }) => way)) ?? first.way;
  }

  const bad = worstOf(parts.map(({ way }) => way)) ?? first.way;
  if (parts.every(({ way }) => way.verdict !== 'pass')) return bad;

  return { ...stops([partlyStep(table.id, parts, bad)]), partly: true };
}

function sameVerdict(parts: readonly { readonly way: Arrival }[]): boolean {
  return parts.every(({ way }) => way.verdict === parts[0]?.way.verdict);
}

function followed(table: CompiledTable, leaving: Leaving, chosen: Chosen | undefined): Arrival {
  if (table.open !== undefined) {
    // Its destinations may be longer than any prefix that is known.
    const { route, missing } = table.open;
    const id = route.prefixListId ?? table.id;
    return stops([unknownStep(CHECK, HOP, { kind: 'prefix list', id }, missing)]);
  }
  if (chosen === undefined) return stops([noRoute(table.id)]);

  const { route, equals = [] } = chosen;
  if (equals.length === 0) return along(table, leaving, route);

  const ways = [route, ...equals].map((one) => along(table, leaving, one));
  const worst = worstOf(ways) ?? stops([noRoute(table.id)]);
  // Several next hops of one entry share the calls, and each must deliver them; of equal prefix lists one is
  // chosen at random.
  if (route.prefixListId === undefined && worst.verdict !== 'pass') return worst;

  return ways.every((way) => isSameWay(way, worst)) ? worst : stops([eitherStep(table.id, [route, ...equals])]);
}

/** Whether two paths have the same result: both are stopped, or both arrive at the same network. */
function isSameWay(a: Arrival, b: Arrival): boolean {
  if (a.verdict !== b.verdict) return false;
  if (a.verdict !== 'pass') return true;

  const isOnePlace =
    a.at?.kind === 'network' && b.at?.kind === 'network'
      ? a.at.world === b.at.world && a.at.networkId === b.at.networkId
      : a.at?.kind === b.at?.kind;
  const isAlike = a.references.in === b.references.in && a.references.out === b.references.out;
  return isOnePlace && isAlike && a.gates === undefined && b.gates === undefined;
}

function along(table: CompiledTable, leaving: Leaving, route: RouteEntry): Arrival {
  if (route.state === 'blackhole') {
    const stopped = stops([blackhole(table, route, leaving)]);
    return route.cidrBlock?.endsWith('/0') === true ? stopped : { ...stopped, dead: true };
  }
  if (route.state === 'unknown') return stops([stateUnknown(table.id, route)]);

  return onward(table.id, route, leaving);
}

function onward(tableId: string, route: RouteEntry, leaving: Leaving): Arrival {
  const { place } = leaving;
  const taken = passed(tableId, route);
  const { kind, id = '' } = route.nextHop;
  switch (kind) {
    case 'local':
      return arrives([taken], { kind: 'network', world: place.world, networkId: place.subnet.networkId });
    case 'peering':
      return throughPeering(taken, id, leaving);
    case 'transit-gateway':
      return throughTransit(taken, id, leaving);
    case 'virtual-gateway':
    case 'vpn-gateway':
    case 'express-connect':
      return throughVirtualGateway(taken, route, leaving);
    case 'interface':
    case 'instance':
      return throughMachine(tableId, route, leaving);
    case 'internet':
      return stops([away(tableId, route)]);
    case 'nat':
      return throughNat(tableId, route, leaving);
    default:
      return stops([notFollowed(tableId, route)]);
  }
}

/** A default route to a NAT gateway is that to the internet; a route of its own may name addresses that the gateway has. */
function throughNat(tableId: string, route: RouteEntry, leaving: Leaving): Arrival {
  const { index } = leaving.place.world;
  const { natHasDestinations } = index.clouds.network(index.region);
  if (natHasDestinations && route.cidrBlock?.endsWith('/0') !== true) return stops([notFollowed(tableId, route)]);

  const onward = onwardFromNat(leaving);
  if (onward === 'may') return stops([notFollowed(tableId, route)]);
  if (onward === 'none') return stops([away(tableId, route)]);

  const what = { kind: 'NAT gateway', id: route.nextHop.id ?? 'nat' };
  return stops([passed(tableId, route), unknownStep(CHECK, HOP, what, onward)]);
}

/**
 * An instance as next hop: whether it forwards packets cannot be determined. To its own addresses it is an
 * ordinary path.
 */
function throughMachine(tableId: string, route: RouteEntry, { place, to }: Leaving): Arrival {
  if (ownSpans(place, route).some((one) => holds(one, to))) {
    const taken = passed(tableId, route);
    return arrives([taken], { kind: 'network', world: place.world, networkId: place.subnet.networkId });
  }

  const found = place.world.index.find('interfaces', route.nextHop.id ?? '');
  if (found.is === 'found' && found.value.sourceDestinationCheck === true) return stops([dropped(tableId, route)]);

  return stops([notFollowed(tableId, route)]);
}

/** A block in pieces: the addresses of the next hop itself, which it takes, and the others, which it may drop. */
function ownPieces(place: SubnetPlace, route: RouteEntry | undefined, span: Span): readonly Span[] {
  const own = route === undefined || isPoint(span) ? [] : ownSpans(place, route).filter((one) => meets(one, span));
  if (own.length === 0) return [span];

  const blocks = own.map((one) => ({ span: one, value: true }));
  return piecesOf(
    flatAddressMap(blocks, () => true),
    span,
  ).map((piece) => piece.span);
}

/** The addresses of a machine or an interface that is a next hop, and the blocks that were delegated to it. */
function ownSpans({ world, subnet }: SubnetPlace, { nextHop: { kind, id = '' } }: RouteEntry): readonly Span[] {
  if (kind === 'interface') {
    const found = world.index.find('interfaces', id);
    return found.is === 'found' ? spansOf([found.value], subnet.networkId) : NO_SPANS;
  }
  if (kind !== 'instance') return NO_SPANS;

  const all = world.interfacesOf(id);
  const primary = all.find((one) => one.primary === true) ?? (all.length === 1 ? all[0] : undefined);
  if (primary !== undefined) return spansOf([primary], subnet.networkId);

  const found = world.index.region.instances === undefined ? undefined : world.index.find('instances', id);
  return found?.is === 'found' && found.value.networkId === subnet.networkId
    ? found.value.addresses.flatMap((text) => readSpan(text) ?? NO_SPANS)
    : NO_SPANS;
}

const NO_SPANS: readonly Span[] = [];

function spansOf(interfaces: readonly NetworkInterface[], networkId: string): readonly Span[] {
  const own = interfaces.filter((one) => one.networkId === networkId);
  return own.flatMap(({ addresses, prefixes = [] }) =>
    [...addresses, ...prefixes].flatMap((text) => readSpan(text) ?? NO_SPANS),
  );
}

/**
 * Whether a packet that a NAT gateway forwards may reach an address. The NAT gateway is in a subnet of the
 * network whose routes use it, and forwards by the route table of that subnet. Which subnet that is, is not
 * read. So the address is unreachable (`none`) where no table of the network has a route to it other than by
 * a NAT gateway or to the internet. Where that depends on a table that was not read: the missing fact.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html (private NAT gateways)
 */
function onwardFromNat({ place: { subnet, world }, to }: Leaving): 'may' | 'none' | Missing {
  const { index } = world;
  const tables = index.group('routeTables', 'network', ({ networkId }) => [networkId]).get(subnet.networkId) ?? [];
  let missing = index.missing('routeTables');
  for (const table of tables) {
    const hops = nextHopsFor(table, to, world);
    if (hops?.some(({ kind }) => kind !== 'nat' && !AWAY.has(kind)) === true) return 'may';

    if (hops === undefined) missing ??= unreadRoutes(table, world);
  }
  return missing ?? 'none';
}

function unreadRoutes(table: RouteTable, world: Lists): Missing {
  const open = table.routes && compileTable(table, table.routes, world).open;
  return open?.missing ?? { what: `the routes of ${table.id}`, remedy: 'Take the snapshot again.' };
}
