import { routeReasons } from '../reasons/route.js';
import type { RouteEntry } from '../../../do/model/routing.js';
import { absentNextHop, routeBehind, type CompiledTable } from './route-table.js';
import { unsureStep, failStep, blockText, type End, type PathStep } from '../model/step.js';
import { onlyJoin } from './transit.js';
import { routeText } from '../../../do/words/rule-words.js';
import { holds, spanText, type Span } from '../model/span.js';
import type { PathCode } from '../reasons/index.js';
import type { HopText, Reason } from '../reasons/reason.js';
import { partlyText } from '../whole-span.js';
import type { Arrival, Leaving } from './arrival.js';

export const HOP = 'route';
export const CHECK = 'path/route';

function evidence(tableId: string, route: RouteEntry): Pick<HopText, 'kind' | 'id' | 'text'> {
  return { kind: 'route', id: tableId, text: routeText(route) };
}

export function passed(tableId: string, route: RouteEntry): PathStep {
  return { check: CHECK, hop: HOP, verdict: 'pass', describe: () => evidence(tableId, route) };
}

export function noRoute(tableId: string): PathStep {
  return failStep(CHECK, HOP, ({ from, to }) => ({
    kind: 'route table',
    id: tableId,
    text: `no route for ${to.text}`,
    code: 'NO_ROUTE_TO_DESTINATION',
    ...routeReasons.NO_ROUTE({
      table: tableId,
      to: to.text,
      block: blockText(to),
      isOwn: isOwn(from, to),
      nextHop: onlyJoin(from, to),
      network: from.networkId,
    }),
  }));
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

export function blackhole(table: CompiledTable, route: RouteEntry, { place, to: span }: Leaving): PathStep {
  const { id } = table;
  const block = route.cidrBlock ?? route.prefixListId ?? '';
  const under = routeBehind(table, route, span);
  return failed(id, route, 'BAD_STATE_ROUTE', (to) =>
    routeReasons.BLACKHOLE({
      table: id,
      to,
      route: block,
      behind: under && routeText(under),
      nextHop: route.nextHop.id,
      cause: absentNextHop(place, route.nextHop),
    }),
  );
}

export function away(tableId: string, route: RouteEntry): PathStep {
  return failed(tableId, route, 'MORE_SPECIFIC_ROUTE', (to, block) =>
    routeReasons.ROUTE_LEADS_AWAY({ table: tableId, to, block, nextHop: route.nextHop.id ?? route.nextHop.kind }),
  );
}

export function dropped(tableId: string, route: RouteEntry): PathStep {
  return failed(tableId, route, 'ENI_SOURCE_DEST_CHECK_RESTRICTION', (to) =>
    routeReasons.NEXT_HOP_DROPS({
      table: tableId,
      to,
      nextHop: route.nextHop.id,
      route: route.cidrBlock ?? route.prefixListId,
    }),
  );
}

function failed(
  tableId: string,
  route: RouteEntry,
  code: string,
  reason: (to: string, block: string) => Reason<PathCode>,
): PathStep {
  return failStep(CHECK, HOP, ({ to }) => ({ ...evidence(tableId, route), code, ...reason(to.text, blockText(to)) }));
}

/** @see https://docs.aws.amazon.com/vpc/latest/userguide/VPC_Route_Tables.html#route-tables-priority-propagated-routes */
export function eitherStep(tableId: string, routes: readonly RouteEntry[]): PathStep {
  const lists = routes.flatMap(({ prefixListId }) => prefixListId ?? []);
  const by = lists.length === 0 ? 'one entry' : lists.join(' and ');
  const hops = routes.map(({ nextHop: { id, kind } }) => id ?? kind);
  return unsureStep(CHECK, HOP, ({ to }) => ({
    kind: 'route table',
    id: tableId,
    text: `${by}: one block with different next hops: ${hops.join(', ')}`,
    ...routeReasons.SEVERAL_NEXT_HOPS({ table: tableId, to: to.text, lists, nextHops: hops }),
  }));
}

export function stateUnknown(tableId: string, route: RouteEntry): PathStep {
  return unsureStep(CHECK, HOP, () => ({
    ...evidence(tableId, route),
    ...routeReasons.ROUTE_STATE_UNKNOWN({ table: tableId, route: routeText(route) }),
  }));
}

export function notFollowed(tableId: string, route: RouteEntry): PathStep {
  const to = route.nextHop.id ?? route.nextHop.native ?? route.nextHop.kind;
  return unsureStep(CHECK, HOP, () => ({
    ...evidence(tableId, route),
    code: 'UNSUPPORTED_COMPONENT',
    ...routeReasons.NOT_FOLLOWED({ nextHop: to }),
  }));
}

export function partlyStep(
  tableId: string,
  parts: readonly { readonly span: Span; readonly way: Arrival }[],
  bad: Arrival,
): PathStep {
  return {
    check: CHECK,
    hop: HOP,
    verdict: 'unknown',
    partly: true,
    describe: (way) => {
      const words = partlyText(
        parts.map(({ span, way: { verdict } }) => ({ text: spanText(span), passes: verdict === 'pass' })),
      );
      return {
        kind: 'route table',
        id: tableId,
        text: words,
        ...routeReasons.ROUTE_TAKES_PART({
          table: tableId,
          to: way.to.text,
          parts: words,
          bad: bad.steps.at(-1)?.describe(way),
        }),
      };
    },
  };
}
