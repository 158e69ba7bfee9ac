import { need, refuse, checkQuota } from '../request/text-rules.js';
import { family, listing } from '../request/family.js';
import { applyFilters, shownFilters } from '../request/filters.js';
import { ID, needRow } from '../request/ids.js';
import { pageRows } from '../request/list-rows.js';
import { tagsFrom } from '../request/tags.js';
import {
  attached,
  getTransitGateway,
  newTransitRouteTable,
  memberView,
  tableAndAttachment,
} from '../transit-gateway/transit-gateways.js';
import { defaultsOf, transitRouteTableView } from '../transit-gateway/transit-views.js';
import { ServiceError } from '../../operation/operation.js';

const ATTACHMENT_FILTERS = shownFilters('resource-id resource-type transit-gateway-attachment-id', attached);

/** Route tables of transit gateways, with associations and propagations. */
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
});
