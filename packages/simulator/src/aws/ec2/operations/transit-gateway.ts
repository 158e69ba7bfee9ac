import type {
  ModifyTransitGatewayOptions,
  TransitGatewayOptions,
  TransitGatewayRequestOptions,
} from '@aws-sdk/client-ec2';
import { invalidValue, need, refuse, checkQuota } from '../request/text-rules.js';
import { family, listing, tagsFrom } from '../request/family.js';
import { ID, getRow, needRow, notFound } from '../request/ids.js';
import {
  getTransitGateway,
  newTransitRouteTable,
  TRANSIT_MS,
  attachmentIn,
  deleteAttachment,
} from '../transit-gateway/transit-gateways.js';
import {
  checkAsn,
  checkGatewayBlocks,
  checkSwitch,
  addGatewayInterface,
  attachmentSubnets,
  removeGatewayInterfaces,
  attachmentOptions,
  DEFAULT_ATTACHMENT_OPTIONS,
} from '../transit-gateway/transit-interfaces.js';
import { transitGatewayView, attachmentView, vpcAttachmentView } from '../transit-gateway/transit-views.js';
import { ServiceError } from '../../operation/operation.js';
import { defined } from '../../../simulation/defined.js';
import type { TransitGatewayRow, TransitGatewayAttachmentRow } from '../transit-gateway/state.js';
import { shownFilters, listRows } from '../request/filters.js';

const VPC_ATTACHMENT_FILTERS = shownFilters(
  'state transit-gateway-attachment-id transit-gateway-id vpc-id',
  vpcAttachmentView,
);

const FILTERS = `options.amazon-side-asn options.association-default-route-table-id options.auto-accept-shared-attachments
  options.default-route-table-association options.default-route-table-propagation options.dns-support
  options.propagation-default-route-table-id options.vpn-ecmp-support owner-id state transit-gateway-id`;

export const transitGatewayOperations = family({
  /** Attaches a VPC: the gateway gets an interface in one subnet of each zone that is named. */
  CreateTransitGatewayVpcAttachment(call, input) {
    const { ec2 } = call.state;
    const gateway = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const vpc = needRow(ec2, ID.vpc, input.VpcId);
    const subnets = attachmentSubnets(ec2, vpc.id, need(input.SubnetIds, 'subnetIds'));
    const options = attachmentOptions(DEFAULT_ATTACHMENT_OPTIONS, input.Options ?? {});
    const tags = tagsFrom(input.TagSpecifications, 'transit-gateway-attachment');
    const alive = [...ec2.transitGatewayAttachments.values()].filter(
      ({ transitGatewayId, state }) => transitGatewayId === gateway.id && state !== 'deleted' && state !== 'rejected',
    );
    if (alive.some(({ resourceId }) => resourceId === vpc.id)) {
      throw new ServiceError(
        'DuplicateTransitGatewayAttachment',
        `${gateway.id} has non-deleted Transit Gateway Attachments with same VPC ID.`,
      );
    }
    checkQuota(call, 'attachments-per-transit-gateway', alive.length, 'TransitGatewayAttachmentLimitExceeded'); // [U]

    const row: TransitGatewayAttachmentRow = {
      id: call.id('tgw-attach-'),
      transitGatewayId: gateway.id,
      transitGatewayOwnerId: gateway.ownerId,
      resourceType: 'vpc',
      resourceId: vpc.id,
      resourceOwnerId: vpc.ownerId,
      createdAt: new Date(call.now),
      subnetIds: subnets.map(({ id }) => id),
      options,
      state: 'pending',
      tags,
    };
    ec2.transitGatewayAttachments.set(row.id, row);
    for (const subnetId of row.subnetIds) addGatewayInterface(call, row, subnetId);
    call.after(TRANSIT_MS, 'ec2.transit-gateway-attachment', { id: row.id, to: 'available' });
    return { TransitGatewayVpcAttachment: vpcAttachmentView(row) };
  },

  /** Takes another account's VPC in. Requests of that kind can only be planted. */
  AcceptTransitGatewayVpcAttachment(call, input) {
    const id = need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId');
    const row = attachmentIn(call.state.ec2, id, 'pendingAcceptance');
    row.state = 'pending';
    call.after(TRANSIT_MS, 'ec2.transit-gateway-attachment', { id: row.id, to: 'available' });
    return { TransitGatewayVpcAttachment: vpcAttachmentView(row) };
  },

  /** Turns another account's VPC down. Requests of that kind can only be planted. */
  RejectTransitGatewayVpcAttachment(call, input) {
    const id = need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId');
    const row = attachmentIn(call.state.ec2, id, 'pendingAcceptance');
    row.state = 'rejected';
    return { TransitGatewayVpcAttachment: vpcAttachmentView(row) };
  },

  ModifyTransitGatewayVpcAttachment(call, input) {
    const { ec2 } = call.state;
    const row = attachmentIn(ec2, need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId'), 'available');
    if (row.options === undefined) throw notFound(ID.transitGatewayAttachment, row.id);

    const removed = input.RemoveSubnetIds ?? [];
    for (const id of removed) {
      if (!row.subnetIds.includes(id)) throw invalidValue(`${id} is not a subnet of ${row.id}.`); // [U]
    }
    const subnetIds = [...row.subnetIds.filter((id) => !removed.includes(id)), ...(input.AddSubnetIds ?? [])];
    attachmentSubnets(ec2, row.resourceId, subnetIds);
    const options = attachmentOptions(row.options, input.Options ?? {});
    removeGatewayInterfaces(call, row, removed);
    for (const id of input.AddSubnetIds ?? []) addGatewayInterface(call, row, id);
    Object.assign(row, { subnetIds, options });
    return { TransitGatewayVpcAttachment: { ...vpcAttachmentView(row), State: 'modifying' } };
  },

  /** Detaches a VPC. Its routes to the gateway become blackholes. */
  DeleteTransitGatewayVpcAttachment(call, input) {
    const id = need(input.TransitGatewayAttachmentId, 'transitGatewayAttachmentId');
    const row = attachmentIn(call.state.ec2, id, 'available', 'pending', 'pendingAcceptance');
    deleteAttachment(call, row);
    return { TransitGatewayVpcAttachment: vpcAttachmentView(row) };
  },

  DescribeTransitGatewayVpcAttachments({ state }, input, list) {
    const { rows, next } = listRows(input, {
      list,
      rows: new Map([...state.ec2.transitGatewayAttachments].filter(([, row]) => row.resourceType === 'vpc')),
      filters: VPC_ATTACHMENT_FILTERS,
      tagsOf: (row) => row.tags,
      ids: {
        wanted: input.TransitGatewayAttachmentIds,
        kind: ID.transitGatewayAttachment,
        member: 'transitGatewayAttachmentIds',
      },
    });
    return { TransitGatewayVpcAttachments: rows.map(vpcAttachmentView), NextToken: next };
  },

  DescribeTransitGatewayAttachments: listing({
    of: ID.transitGatewayAttachment,
    as: 'TransitGatewayAttachments',
    view: (row, { state }) => attachmentView(state, row),
    filters: `association.state association.transit-gateway-route-table-id resource-id resource-owner-id resource-type state
         transit-gateway-attachment-id transit-gateway-id transit-gateway-owner-id`,
  }),

  /** Makes a transit gateway, with a table of its own where attachments are associated or propagated by themselves. */
  CreateTransitGateway(call, input) {
    const { ec2 } = call.state;
    const tags = tagsFrom(input.TagSpecifications, 'transit-gateway');
    const options = changedOptions(DEFAULT_OPTIONS, input.Options ?? {});
    const alive = [...ec2.transitGateways.values()].filter(({ fields }) => fields.State !== 'deleted');
    checkQuota(call, 'transit-gateways', alive.length, 'TransitGatewayLimitExceeded'); // [U]

    const row: TransitGatewayRow = {
      id: call.id('tgw-'),
      ownerId: call.account,
      fields: { State: 'pending', Description: input.Description, CreationTime: new Date(call.now), Options: options },
      tags,
    };
    ec2.transitGateways.set(row.id, row);
    const { DefaultRouteTableAssociation: association, DefaultRouteTablePropagation: propagation } = options;
    if (association === 'enable' || propagation === 'enable') {
      const { id } = newTransitRouteTable(call, row.id, {});
      row.fields.Options = {
        ...options,
        AssociationDefaultRouteTableId: association === 'enable' ? id : undefined,
        PropagationDefaultRouteTableId: propagation === 'enable' ? id : undefined,
      };
    }
    call.after(TRANSIT_MS, 'ec2.transit-gateway', { id: row.id, to: 'available' });
    return { TransitGateway: transitGatewayView(call, row) };
  },

  ModifyTransitGateway(call, input) {
    const { ec2 } = call.state;
    const row = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const options = input.Options ?? {};
    refuse(options, ['EncryptionSupport']);
    const changed = changedOptions(row.fields.Options, options);
    for (const id of [options.AssociationDefaultRouteTableId, options.PropagationDefaultRouteTableId]) {
      if (id !== undefined && getRow(ec2, ID.transitGatewayRouteTable, id).transitGatewayId !== row.id) {
        throw invalidValue(`Transit Gateway Route Table ${id} does not belong to ${row.id}.`); // [U]
      }
    }
    Object.assign(row.fields, { Options: changed, Description: input.Description ?? row.fields.Description });
    return { TransitGateway: { ...transitGatewayView(call, row), State: 'modifying' } };
  },

  /** Deletes a gateway without attachments, with its tables. */
  DeleteTransitGateway(call, input) {
    const { ec2 } = call.state;
    const row = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const attached = [...ec2.transitGatewayAttachments.values()].filter(
      ({ transitGatewayId, state }) => transitGatewayId === row.id && state !== 'deleted' && state !== 'rejected',
    );
    for (const [type, noun] of [
      ['vpc', 'VPC'],
      ['vpn', 'VPN'],
      ['direct-connect-gateway', 'DirectConnect Gateway'],
    ]) {
      const ids = attached.filter(({ resourceType }) => resourceType === type).map(({ id }) => id);
      if (ids.length === 0) continue;

      throw new ServiceError('IncorrectState', `${row.id} has non-deleted ${noun} Attachments: ${ids.join(', ')}.`);
    }
    for (const table of ec2.transitGatewayRouteTables.values()) {
      if (table.transitGatewayId === row.id) ec2.transitGatewayRouteTables.delete(table.id);
    }
    row.fields.State = 'deleting';
    call.after(TRANSIT_MS, 'ec2.transit-gateway', { id: row.id, to: 'deleted' });
    return { TransitGateway: transitGatewayView(call, row) };
  },

  DescribeTransitGateways: listing({
    of: ID.transitGateway,
    as: 'TransitGateways',
    view: (row, call) => transitGatewayView(call, row),
    filters: FILTERS,
  }),
});

/** What a gateway has where the call names nothing. */
export const DEFAULT_OPTIONS = {
  AmazonSideAsn: 64_512,
  TransitGatewayCidrBlocks: [],
  AutoAcceptSharedAttachments: 'disable',
  DefaultRouteTableAssociation: 'enable',
  DefaultRouteTablePropagation: 'enable',
  VpnEcmpSupport: 'enable',
  DnsSupport: 'enable',
  SecurityGroupReferencingSupport: 'disable',
  MulticastSupport: 'disable',
} as const satisfies TransitGatewayOptions;

/** The options after a call. */
function changedOptions(
  before: TransitGatewayOptions,
  given: TransitGatewayRequestOptions & Omit<ModifyTransitGatewayOptions, 'EncryptionSupport'>,
): TransitGatewayOptions {
  const { AddTransitGatewayCidrBlocks: added = [], RemoveTransitGatewayCidrBlocks: removed = [], ...set } = given;
  const { TransitGatewayCidrBlocks: blocks = [], ...after }: TransitGatewayOptions = { ...before, ...defined(set) };
  checkGatewayBlocks([...blocks, ...added]);
  checkAsn(after.AmazonSideAsn ?? 0);
  for (const [name, value] of Object.entries(after)) {
    if (typeof value === 'string' && !name.endsWith('RouteTableId')) checkSwitch(name, value);
  }
  if (after.DefaultRouteTableAssociation !== 'enable') after.AssociationDefaultRouteTableId = undefined;
  if (after.DefaultRouteTablePropagation !== 'enable') after.PropagationDefaultRouteTableId = undefined;
  return { ...after, TransitGatewayCidrBlocks: [...blocks.filter((block) => !removed.includes(block)), ...added] };
}
