import { need, refuse, checkQuota, parseBlock, invalidValue, missingParameter } from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { applyFilters, shownFilters, pageRows } from '../request/filters.js';
import { ID, needRow } from '../request/ids.js';
import {
  attached,
  getTransitGateway,
  newTransitRouteTable,
  memberView,
  tableAndAttachment,
} from '../transit-gateway/transit-gateways.js';
import {
  defaultsOf,
  transitRouteTableView,
  transitRoutes,
  routeAt,
  routeAttachment,
  routeBlock,
  transitRouteView,
  type TransitRoute,
} from '../transit-gateway/transit-views.js';
import { ServiceError } from '../../operation/operation.js';
import { covers, type Block } from '../../../simulation/addresses.js';
import { ownValue } from '../../../simulation/own-value.js';

const ATTACHMENT_FILTERS = shownFilters('resource-id resource-type transit-gateway-attachment-id', attached);

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

/**
 * Route tables of transit gateways, with associations and propagations. Static routes of transit gateways,
 * and the search in all of their routes.
 */
export const transitGatewayRouteTableOperations = family({
  CreateTransitGatewayRouteTable(call, input) {
    const { ec2 } = call.state;
    const gateway = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const tags = tagsFrom(input.TagSpecifications, 'transit-gateway-route-table');
    const own = [...ec2.transitGatewayRouteTables.values()].filter((row) => row.transitGatewayId === gateway.id);
    checkQuota(call, 'route-tables-per-transit-gateway', own.length, 'TransitGatewayRouteTableLimitExceeded'); // [U]

    const row = newTransitRouteTable(call, gateway.id, tags);
    return { TransitGatewayRouteTable: { ...transitRouteTableView(call.state, row), State: 'pending' } };
  },

  DeleteTransitGatewayRouteTable(call, input) {
    const { ec2 } = call.state;
    const row = needRow(ec2, ID.transitGatewayRouteTable, input.TransitGatewayRouteTableId);
    const { association, propagation } = defaultsOf(call.state, row);
    if (association || propagation) {
      throw new ServiceError('IncorrectState', `${row.id} is a default route table of ${row.transitGatewayId}.`); // [U]
    }
    if (row.associations.length > 0) {
      throw new ServiceError(
        'IncorrectState',
        `${row.id} has non-disassociated associations: ${row.associations.join(', ')}.`,
      ); // [U]
    }

    ec2.transitGatewayRouteTables.delete(row.id);
    return { TransitGatewayRouteTable: { ...transitRouteTableView(call.state, row), State: 'deleting' } };
  },

  DescribeTransitGatewayRouteTables: listing({
    of: ID.transitGatewayRouteTable,
    as: 'TransitGatewayRouteTables',
    view: (row, { state }) => transitRouteTableView(state, row),
    filters: `default-association-route-table default-propagation-route-table state transit-gateway-id
         transit-gateway-route-table-id`,
  }),

  /** An attachment is associated with one table at most. */
  AssociateTransitGatewayRouteTable({ state: { ec2 } }, input) {
    const { table, attachment } = tableAndAttachment(ec2, input);
    const tables = [...ec2.transitGatewayRouteTables.values()];
    if (tables.some(({ associations }) => associations.includes(attachment.id))) {
      throw new ServiceError(
        'Resource.AlreadyAssociated',
        `Transit Gateway Attachment ${attachment.id} is already associated to a route table.`,
      );
    }

    table.associations.push(attachment.id);
    return { Association: memberView(table, attachment, 'associating') };
  },

  /** Packets of an attachment without a table are dropped. */
  DisassociateTransitGatewayRouteTable({ state: { ec2 } }, input) {
    const { table, attachment } = tableAndAttachment(ec2, input);
    if (!table.associations.includes(attachment.id)) {
      throw new ServiceError(
        'InvalidAssociation.NotFound',
        `The association of ${attachment.id} with ${table.id} does not exist.`, // [U]
      );
    }

    table.associations = table.associations.filter((id) => id !== attachment.id);
    return { Association: memberView(table, attachment, 'disassociating') };
  },

  GetTransitGatewayRouteTableAssociations({ state: { ec2 } }, input) {
    const table = needRow(ec2, ID.transitGatewayRouteTable, input.TransitGatewayRouteTableId);
    const all = table.associations.flatMap((id) => ec2.transitGatewayAttachments.get(id) ?? []);
    const wanted = applyFilters(all, input.Filters, ATTACHMENT_FILTERS);
    const { rows, next } = pageRows(wanted, input, { list: `GetTransitGatewayRouteTableAssociations/${table.id}` });
    return { Associations: rows.map((row) => ({ ...attached(row), State: 'associated' })), NextToken: next };
  },

  /** From now on the table contains the CIDR blocks of the attachment as propagated routes. */
  EnableTransitGatewayRouteTablePropagation({ state: { ec2 } }, input) {
    const { table, attachment } = tableAndAttachment(ec2, input);
    refuse(input, ['TransitGatewayRouteTableAnnouncementId']);
    if (table.propagations.includes(attachment.id)) {
      throw new ServiceError(
        'TransitGatewayRouteTablePropagation.Duplicate',
        `Propagation ${attachment.id} is already enabled in ${table.id}.`, // [U] words
      );
    }

    table.propagations.push(attachment.id);
    return { Propagation: memberView(table, attachment, 'enabling') };
  },

  DisableTransitGatewayRouteTablePropagation({ state: { ec2 } }, input) {
    const { table, attachment } = tableAndAttachment(ec2, input);
    refuse(input, ['TransitGatewayRouteTableAnnouncementId']);
    if (!table.propagations.includes(attachment.id)) {
      throw new ServiceError(
        'TransitGatewayRouteTablePropagation.NotFound',
        `Propagation ${attachment.id} does not exist in ${table.id}.`, // [U] words
      );
    }

    table.propagations = table.propagations.filter((id) => id !== attachment.id);
    return { Propagation: memberView(table, attachment, 'disabling') };
  },

  GetTransitGatewayRouteTablePropagations({ state: { ec2 } }, input) {
    const table = needRow(ec2, ID.transitGatewayRouteTable, input.TransitGatewayRouteTableId);
    const all = table.propagations.flatMap((id) => ec2.transitGatewayAttachments.get(id) ?? []);
    const wanted = applyFilters(all, input.Filters, ATTACHMENT_FILTERS);
    const { rows, next } = pageRows(wanted, input, { list: `GetTransitGatewayRouteTablePropagations/${table.id}` });
    return {
      TransitGatewayRouteTablePropagations: rows.map((row) => ({ ...attached(row), State: 'enabled' })),
      NextToken: next,
    };
  },

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
