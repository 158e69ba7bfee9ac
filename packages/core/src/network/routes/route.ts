import type { RouteEntry } from '../../model/routing.js';
import { deadHop, routeBehind } from './blackhole.js';
import { blockText, type End, type Place } from '../end.js';
import { refusedOr } from '../../world/index/gap-facts.js';
import { onlyJoin } from './join.js';
import { onwardFromNat } from './nat.js';
import { throughPeering } from './peering.js';
import { compileTable, routesFor, type Chosen, type CompiledTable } from './route-table.js';
import { routeText } from '../../text/rule-words.js';
import { holds, spanText, type Span } from '../span.js';
import type { Why } from '../path.js';
import { unknownStep, type Step, type Told } from '../step.js';
import { throughTransit } from './transit.js';
import { throughVirtualGateway } from './virtual-gateway.js';
import { partlyText } from '../whole-span.js';
import { arrives, stops, worstArrival, type Arrival, type Leaving } from './way-on.js';

const HOP = 'route';
const CHECK = 'path/route';

const memo = new WeakMap<Place, Map<string, Arrival>>();

/**
 * The path of packets for an end, by the routes of a subnet and onward: within the network, over a peering, a
 * router between networks, or out of the cloud. Where different routes apply to parts of the end, it is
 * stopped where the route of a known address stops it. The currently known addresses alone are never enough
 * to pass, since they change.
 */
export function wayTo(place: Place, to: End): Arrival {
  const whole = spanWay(place, to.span);
  if (whole.partly !== true || to.points === undefined || to.points.length === 0) return whole;
  const worst = worstArrival(to.points.map((point) => spanWay(place, point)));
  return worst === undefined || worst.verdict === 'pass' ? whole : worst;
}

interface SpanWay extends Arrival {
  readonly partly?: true | undefined;
}

function spanWay(place: Place, span: Span): SpanWay {
  const known = memo.get(place) ?? new Map<string, SpanWay>();
  memo.set(place, known);
  const key = `${span.start} ${span.end}`;
  const there = known.get(key);
  if (there !== undefined) return there;
  const made = findWay(place, span);
  known.set(key, made);
  return made;
}

function findWay(place: Place, span: Span): SpanWay {
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
  const table = compileTable(found.value, found.value.routes, world.prefixes);
  const parts = routesFor(table, span).map((part) => ({
    span: part.span,
    way: followed(table, { place, to: part.span }, part.value),
  }));
  const [first] = parts;
  if (first === undefined) return stops([noRoute(table.id)]);
  if (parts.length === 1) return first.way;
  if (parts.every(({ way }) => way.verdict === 'fail' || way.verdict === 'pass') && sameVerdict(parts)) {
    return worstArrival(parts.map(({ way }) => way)) ?? first.way;
  }
  const bad = worstArrival(parts.map(({ way }) => way)) ?? first.way;
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
  const worst = worstArrival(ways) ?? stops([noRoute(table.id)]);
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

function throughNat(tableId: string, route: RouteEntry, leaving: Leaving): Arrival {
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
  const { id = '' } = route.nextHop;
  const found = place.world.index.find('interfaces', id);
  const own = place.world.interfaceAt(place.subnet.networkId, spanText(to));
  if (own !== undefined && own.id === id) {
    const taken = passed(tableId, route);
    return arrives([taken], { kind: 'network', world: place.world, networkId: place.subnet.networkId });
  }
  if (found.is === 'found' && found.value.sourceDestinationCheck === true) return stops([dropped(tableId, route)]);
  return stops([notFollowed(tableId, route)]);
}

function evidence(tableId: string, route: RouteEntry): Pick<Told, 'kind' | 'id' | 'text'> {
  return { kind: 'route', id: tableId, text: routeText(route) };
}

function passed(tableId: string, route: RouteEntry): Step {
  return { check: CHECK, hop: HOP, verdict: 'pass', tell: () => evidence(tableId, route) };
}

function noRoute(tableId: string): Step {
  return {
    check: CHECK,
    hop: HOP,
    verdict: 'fail',
    tell: ({ from, to }) => ({
      kind: 'route table',
      id: tableId,
      text: `no route for ${to.text}`,
      code: 'NO_ROUTE_TO_DESTINATION',
      why: {
        code: 'NO_ROUTE',
        params: {
          table: tableId,
          to: to.text,
          block: blockText(to),
          isOwn: isOwn(from, to),
          nextHop: onlyJoin(from, to),
        },
      },
      because: `${tableId} has no route to ${to.text}`,
      remedy: isOwn(from, to)
        ? `Declare an address that is in use: ${to.text} is in ${from.networkId ?? 'the network'}, and none of its subnets contains it.`
        : `Add a route for ${blockText(to)} to ${tableId}${hopText(from, to)}.`,
    }),
  };
}

/** ` with the next hop pcx-1`, where that is the only one to the destination. */
function hopText(from: End, to: End): string {
  const hop = onlyJoin(from, to);
  return hop === undefined ? '' : ` with the next hop ${hop}`;
}

/**
 * Whether an address belongs to the sender's own network: on Alibaba Cloud there are routes to the existing
 * vSwitches, not to all of its blocks.
 */
function isOwn({ networkId, place }: End, { span }: End): boolean {
  if (networkId === undefined || place === undefined || place.world.placeOf(networkId, span) !== undefined)
    return false;
  return place.world.blocksOf(networkId)?.some((block) => holds(block, span)) === true;
}

function blackhole(table: CompiledTable, route: RouteEntry, { place, to: span }: Leaving): Step {
  const { id } = table;
  const block = route.cidrBlock ?? route.prefixListId ?? '';
  const under = routeBehind(table, route, span);
  const hop = deadHop(place, route.nextHop);
  return failed(id, route, 'BAD_STATE_ROUTE', (to) => ({
    why: {
      code: 'BLACKHOLE',
      params: {
        table: id,
        to,
        route: block,
        behind: under && routeText(under),
        nextHop: route.nextHop.id,
        cause: hop?.because,
      },
    },
    because: `the route of ${id} for ${to} is a blackhole${hop === undefined ? '' : `: ${hop.because}`}`,
    remedy: [
      ...(hop === undefined ? [] : [hop.remedy]),
      `Change the next hop of route ${block} of ${id} to one that exists${under === undefined ? '' : `, or remove the route: ${routeText(under)} then applies`}.`,
    ].join(' Or: '),
  }));
}

function away(tableId: string, route: RouteEntry): Step {
  return failed(tableId, route, 'MORE_SPECIFIC_ROUTE', (to, block) => ({
    why: {
      code: 'ROUTE_LEADS_AWAY',
      params: { table: tableId, to, block, nextHop: route.nextHop.id ?? route.nextHop.kind },
    },
    because: `${tableId} sends traffic for ${to} to ${route.nextHop.id ?? route.nextHop.kind}, which does not reach private addresses`,
    remedy: `Add a route for ${block} to ${tableId} with a next hop that reaches it.`,
  }));
}

function dropped(tableId: string, route: RouteEntry): Step {
  return failed(tableId, route, 'ENI_SOURCE_DEST_CHECK_RESTRICTION', (to) => ({
    why: {
      code: 'NEXT_HOP_DROPS',
      params: { table: tableId, to, nextHop: route.nextHop.id, route: route.cidrBlock ?? route.prefixListId },
    },
    because: `the source/destination check of ${route.nextHop.id ?? 'the next hop'} drops traffic for other addresses, such as ${to}`,
    remedy: `Change the next hop of route ${route.cidrBlock ?? route.prefixListId ?? ''} of ${tableId}. If ${route.nextHop.id ?? 'the interface'} is a router, disable its source/destination check instead; no API reports whether it then forwards.`,
  }));
}

function failed(
  tableId: string,
  route: RouteEntry,
  code: string,
  say: (to: string, block: string) => { readonly why: Why; readonly because: string; readonly remedy: string },
): Step {
  return {
    check: CHECK,
    hop: HOP,
    verdict: 'fail',
    tell: ({ to }) => ({ ...evidence(tableId, route), code, ...say(to.text, blockText(to)) }),
  };
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#route-tables-priority-propagated-routes */
function eitherStep(tableId: string, routes: readonly RouteEntry[]): Step {
  const lists = routes.flatMap(({ prefixListId }) => prefixListId ?? []);
  const by = lists.length === 0 ? 'one entry' : lists.join(' and ');
  const chance = lists.length === 0 ? 'which share the calls' : 'of which AWS chooses one at random';
  const hops = routes.map(({ nextHop: { id, kind } }) => id ?? kind);
  return {
    check: CHECK,
    hop: HOP,
    verdict: 'unknown',
    tell: ({ to }) => ({
      kind: 'route table',
      id: tableId,
      text: `${by}: one block with different next hops: ${hops.join(', ')}`,
      why: { code: 'SEVERAL_NEXT_HOPS', params: { table: tableId, to: to.text, lists, nextHops: hops } },
      because: `cannot be determined: ${tableId} has routes to ${to.text} in ${by} with different next hops, ${chance}`,
      remedy:
        lists.length === 0
          ? `Check the path through each of ${hops.join(', ')}.`
          : `Remove the block of ${to.text} from all but one of these prefix lists.`,
    }),
  };
}

function stateUnknown(tableId: string, route: RouteEntry): Step {
  return {
    check: CHECK,
    hop: HOP,
    verdict: 'unknown',
    tell: () => ({
      ...evidence(tableId, route),
      why: { code: 'ROUTE_STATE_UNKNOWN', params: { table: tableId, route: routeText(route) } },
      because: `the state of this route of ${tableId} is not documented`,
      remedy: 'Check the route in the console of the cloud.',
    }),
  };
}

function notFollowed(tableId: string, route: RouteEntry): Step {
  const to = route.nextHop.id ?? route.nextHop.native ?? route.nextHop.kind;
  return {
    check: CHECK,
    hop: HOP,
    verdict: 'unknown',
    tell: () => ({
      ...evidence(tableId, route),
      code: 'UNSUPPORTED_COMPONENT',
      why: { code: 'NOT_FOLLOWED', params: { nextHop: to } },
      because: `no API reports which traffic ${to} forwards`,
      remedy: `Check that ${to} forwards these calls and their answers.`,
    }),
  };
}

function partlyStep(
  tableId: string,
  parts: readonly { readonly span: Span; readonly way: Arrival }[],
  bad: Arrival,
): Step {
  return {
    check: CHECK,
    hop: HOP,
    verdict: 'unknown',
    partly: true,
    tell: (way) => {
      const words = partlyText(
        parts.map(({ span, way: { verdict } }) => ({ text: spanText(span), passes: verdict === 'pass' })),
      );
      const deciding = bad.steps.at(-1)?.tell(way);
      return {
        kind: 'route table',
        id: tableId,
        text: words,
        why: {
          code: 'ROUTE_TAKES_PART',
          params: { table: tableId, to: way.to.text, parts: words, bad: deciding?.why?.code, ...deciding?.why?.params },
        },
        because: `the routes of ${tableId} reach only a part of ${way.to.text}: ${words}`,
        remedy: deciding?.remedy,
      };
    },
  };
}
