import { madeOnce } from '../../../do/world/derived.js';
import type { RouteEntry, RouteTable } from '../../../do/model/routing.js';
import type { Missing } from '../../../do/world/views.js';
import type { FindPrefixes, Lists, SubnetPlace } from '../model/world.js';
import { flatAddressMap, piecesOf, type Block, type AddressMap } from '../model/address-map.js';
import { meets, readSpan, type Span, holds } from '../model/span.js';
import type { AbsentNextHop } from '../reasons/route.js';

/** A route, with the facts for route selection. */
export interface Chosen {
  readonly route: RouteEntry;
  readonly span: Span;
  readonly rank: number;
  /** Whether a local route covers these addresses: no propagated route precedes it. */
  readonly local: boolean;
  /** Routes of the same block and rank with other next hops. */
  readonly equals?: readonly RouteEntry[] | undefined;
}

/** A flattened route table: the route of each address. */
export interface CompiledTable {
  readonly id: string;
  readonly routes4: AddressMap<Chosen>;
  readonly routes6: AddressMap<Chosen>;
  /** All routes, one by one. */
  readonly routes: readonly Chosen[];
  /** A route whose destinations are not known, which may have a longer prefix than all others. */
  readonly open: { readonly route: RouteEntry; readonly missing: Missing } | undefined;
}

/**
 * Flattens a route table by its rules: the longest prefix; of equal ones local before static before a prefix
 * list's before propagated. A propagated route never applies to addresses that a local route covers,
 * regardless of its prefix length.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/route-tables-priority.html
 */
export function compileTable(table: RouteTable, routes: readonly RouteEntry[], lists: Lists): CompiledTable {
  return madeOnce(lists, 'route tables', table, () => compile(table, routes, lists));
}

function compile(table: RouteTable, routes: readonly RouteEntry[], { prefixes }: Lists): CompiledTable {
  const blocks: Block<Chosen>[] = [];
  let open: CompiledTable['open'];
  for (const route of routes) {
    const spans = spansOf(route, prefixes);
    if ('missing' in spans) open ??= { route, missing: spans.missing };
    else {
      for (const span of spans.spans) {
        blocks.push({ span, value: { route, span, rank: rankOf(route), local: route.origin === 'local' } });
      }
    }
  }
  return {
    id: table.id,
    routes: blocks.map(({ value }) => value),
    routes4: flatAddressMap(
      blocks.filter(({ span }) => span.family === 4),
      choose,
    ),
    routes6: flatAddressMap(
      blocks.filter(({ span }) => span.family === 6),
      choose,
    ),
    open,
  };
}

/** The routes for the addresses of a span, with the part of each. */
export function routesFor(table: CompiledTable, span: Span): readonly Block<Chosen | undefined>[] {
  return piecesOf(span.family === 4 ? table.routes4 : table.routes6, span);
}

/**
 * The next hops of a table for addresses: all of several equal routes, none of blackholes. Undefined where
 * its routes, or the blocks of one, were not read.
 */
export function nextHopsFor(table: RouteTable, span: Span, lists: Lists): readonly RouteEntry['nextHop'][] | undefined {
  if (table.routes === undefined) return undefined;

  const compiled = compileTable(table, table.routes, lists);
  if (compiled.open !== undefined) return undefined;

  const routes = routesFor(compiled, span).flatMap(({ value }) =>
    value ? [value.route, ...(value.equals ?? [])] : [],
  );
  return routes.filter(({ state }) => state !== 'blackhole').map(({ nextHop }) => nextHop);
}

function spansOf({ cidrBlock, prefixListId }: RouteEntry, prefixes: FindPrefixes): ReturnType<FindPrefixes> {
  if (prefixListId !== undefined) return prefixes(prefixListId);

  const span = cidrBlock === undefined ? undefined : readSpan(cidrBlock);
  return span === undefined
    ? { missing: { what: `the destination of a route, ${cidrBlock ?? 'none'}`, remedy: 'Take the snapshot again.' } }
    : { spans: [span] };
}

function rankOf({ origin, prefixListId }: RouteEntry): number {
  if (origin === 'local') return 0;
  if (origin === 'propagated') return 3;

  return prefixListId === undefined ? 1 : 2;
}

/** Blocks come from the outside in, so that one that is not equal to the outer one is longer. */
function choose(outer: Chosen | undefined, own: Chosen): Chosen {
  if (outer === undefined) return own;

  const local = outer.local || own.local;
  const same = meets(outer.span, own.span) && outer.span.start === own.span.start && outer.span.end === own.span.end;
  if (same && own.rank === outer.rank && !isSameHop(own.route, outer.route)) {
    return { ...outer, equals: [...(outer.equals ?? []), own.route] };
  }

  const wins = outer.local && own.rank === 3 ? false : same ? own.rank < outer.rank : true;
  const winner = wins ? own : outer;
  return winner.local === local ? winner : { ...winner, local };
}

function isSameHop({ nextHop: a }: RouteEntry, { nextHop: b }: RouteEntry): boolean {
  return a.kind === b.kind && a.id === b.id;
}

/**
 * Next hops to the internet: no private address is there. A NAT gateway may be a private one, and an endpoint
 * may belong to a firewall or a Gateway Load Balancer. Both forward to private addresses, and their type is
 * not read.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-scenarios.html
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html
 */
export const AWAY: ReadonlySet<RouteEntry['nextHop']['kind']> = new Set(['internet']);

/** The route for a span after a blackhole route is removed, where it has a working next hop. */
export function routeBehind({ routes }: CompiledTable, gone: RouteEntry, span: Span): RouteEntry | undefined {
  const holding = routes
    .filter(({ route, span: own }) => route !== gone && holds(own, span))
    .toSorted((a, b) => (holds(a.span, b.span) ? 1 : -1));
  const [next] = holding;
  return next?.route.state === 'active' && !AWAY.has(next.route.nextHop.kind) ? next.route : undefined;
}

/**
 * Why an existing next hop carries no traffic, where the snapshot shows it: after the change the cloud activates the route
 * automatically.
 * @see https://docs.aws.amazon.com/vpc/latest/peering/vpc-peering-routing.html
 */
export function absentNextHop(
  { subnet: { networkId }, world: { index } }: SubnetPlace,
  { kind, id = '' }: RouteEntry['nextHop'],
): AbsentNextHop | undefined {
  if (kind === 'peering') {
    const found = index.find('peerings', id);
    if (found.is !== 'found' || found.value.state !== 'pending') return undefined;

    return { is: 'pending peering', id, nativeState: found.value.nativeState };
  }
  if (kind === 'transit-gateway') {
    const found = index.find('transitGateways', id);
    if (found.is !== 'found' || found.value.state !== 'available' || found.value.attachments === undefined)
      return undefined;
    if (index.missing('transitGateways', id) !== undefined) return undefined;

    const isAttached = found.value.attachments.some(
      ({ resourceId, state }) => resourceId === networkId && state !== 'deleted',
    );
    return isAttached ? undefined : { is: 'transit gateway', id, network: networkId };
  }
  if (kind === 'virtual-gateway') {
    const found = index.find('virtualGateways', id);
    if (found.is !== 'found' || found.value.state !== 'available' || found.value.networkIds.includes(networkId))
      return undefined;

    return { is: 'virtual gateway', id, network: networkId };
  }

  return undefined;
}
