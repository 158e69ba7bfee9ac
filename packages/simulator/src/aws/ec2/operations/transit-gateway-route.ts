import { needRow, ID } from '../request/ids.js';
import { covers, type Block } from '../../../simulation/addresses.js';
import { parseBlock, invalidValue, missingParameter, need } from '../request/text-rules.js';
import { family } from '../request/family.js';
import { applyFilters, shownFilters } from '../request/filters.js';
import { pageRows } from '../request/list-rows.js';
import {
  transitRoutes,
  routeAt,
  routeAttachment,
  routeBlock,
  transitRouteView,
  type TransitRoute,
} from '../transit-gateway/transit-views.js';
import { ServiceError } from '../../operation/operation.js';
import { ownValue } from '../../../simulation/own-value.js';

/** Routes by prefix list are not simulated. */
const FILTERS = shownFilters(
  `attachment.resource-id=transit-gateway-attachments.resource-id
   attachment.resource-type=transit-gateway-attachments.resource-type
   attachment.transit-gateway-attachment-id=transit-gateway-attachments.transit-gateway-attachment-id prefix-list-id
   state type`,
  transitRouteView,
);

/** Whether a route is found by a search for a block. */
const SEARCHES: Readonly<Record<string, (route: Block, wanted: Block) => boolean>> = {
  'route-search.exact-match': (route, wanted) => route.text === wanted.text,
  'route-search.longest-prefix-match': (route, wanted) => covers(route, wanted),
  'route-search.subnet-of-match': (route, wanted) => covers(wanted, route),
  'route-search.supernet-of-match': (route, wanted) => covers(route, wanted),
};

type FoundRoute = TransitRoute & { readonly id: string };

/** Static routes of transit gateways, and the search in all of their routes. */
export const transitGatewayRouteOperations = family({
  /** A static route to an attachment, or a blackhole. */
  CreateTransitGatewayRoute(call, input) {
    const table = needRow(call.state.ec2, ID.transitGatewayRouteTable, input.TransitGatewayRouteTableId);
    const destination = routeBlock(input.DestinationCidrBlock);
    if (table.routes.some((route) => route.destination === destination)) {
      throw new ServiceError('RouteAlreadyExists', `Route for ${destination} already exists in ${table.id}.`); // [U] words
    }

    const attachmentId = routeAttachment(call.state.ec2, table, input);
    table.routes.push({ destination, attachmentId });
    return { Route: routeAt(call.state, table, destination) };
  },

  /** Gives a static route another attachment, or makes it a blackhole. */
  ReplaceTransitGatewayRoute(call, input) {
    const table = needRow(call.state.ec2, ID.transitGatewayRouteTable, input.TransitGatewayRouteTableId);
    const destination = routeBlock(input.DestinationCidrBlock);
    const route = table.routes.find((row) => row.destination === destination);
    if (!route)
      throw new ServiceError('InvalidRoute.NotFound', `Route for ${destination} does not exist in ${table.id}.`); // [U] words

    route.attachmentId = routeAttachment(call.state.ec2, table, input);
    return { Route: routeAt(call.state, table, destination) };
  },

  DeleteTransitGatewayRoute({ state }, input) {
    const table = needRow(state.ec2, ID.transitGatewayRouteTable, input.TransitGatewayRouteTableId);
    const destination = routeBlock(input.DestinationCidrBlock);
    if (!table.routes.some((row) => row.destination === destination)) {
      throw new ServiceError('InvalidRoute.NotFound', `Route for ${destination} does not exist in ${table.id}.`); // [U] words
    }

    const route = routeAt(state, table, destination);
    table.routes = table.routes.filter((row) => row.destination !== destination);
    return { Route: { ...route, State: 'deleted' } };
  },

  /** Routes of a transit gateway’s table, those that are propagated included. */
  SearchTransitGatewayRoutes({ state }, input) {
    const table = needRow(state.ec2, ID.transitGatewayRouteTable, input.TransitGatewayRouteTableId);
    const filters = need(input.Filters, 'filters');
    if (filters.length === 0) throw missingParameter('filters');

    const searches = filters.filter(({ Name = '' }) => Object.hasOwn(SEARCHES, Name));
    const others = filters.filter(({ Name = '' }) => !Object.hasOwn(SEARCHES, Name));
    const all = applyFilters(transitRoutes(state, table), others, FILTERS).map((route) => ({
      ...route,
      id: route.destination,
    }));
    const found = searches.reduce((routes, { Name = '', Values = [] }) => search(routes, Name, Values), all);
    const { rows, next } = pageRows(found, input, {
      list: `SearchTransitGatewayRoutes/${table.id}`,
      defaultSize: 1000,
    });
    return { Routes: rows.map(transitRouteView), AdditionalRoutesAvailable: next !== undefined, NextToken: next };
  },
});

function search(routes: FoundRoute[], name: string, values: readonly string[]): FoundRoute[] {
  if (values.length === 0) throw missingParameter('Filter.Value');

  const matches = ownValue(SEARCHES, name);
  const found = new Set<FoundRoute>();
  for (const value of values) {
    const wanted = parseBlock(value.includes('/') ? value : `${value}/${value.includes(':') ? 128 : 32}`);
    if (!wanted) throw invalidValue(`Value (${value}) for filter ${name} is invalid. This is not a valid CIDR block.`);

    const hits = routes.flatMap((route) => {
      const block = parseBlock(route.destination);
      return block && block.family === wanted.family && matches?.(block, wanted) ? [{ route, bits: block.bits }] : [];
    });
    const longest = Math.max(...hits.map(({ bits }) => bits));
    const isLongest = name === 'route-search.longest-prefix-match';
    for (const { route, bits } of hits) if (!isLongest || bits === longest) found.add(route);
  }
  return routes.filter((route) => found.has(route));
}
