import { invalidValue, need } from '../request/text-rules.js';
import { family, listing } from '../request/family.js';
import { shownFilters } from '../request/filters.js';
import { getRow, ID, notFound } from '../request/ids.js';
import { tagsFrom } from '../request/tags.js';
import { attachmentIn, deleteAttachment, getTransitGateway, TRANSIT_MS } from '../transit-gateway/transit-gateways.js';
import {
  addGatewayInterface,
  attachmentSubnets,
  removeGatewayInterfaces,
  attachmentOptions,
  DEFAULT_ATTACHMENT_OPTIONS,
} from '../transit-gateway/transit-interfaces.js';
import { attachmentView, vpcAttachmentView } from '../transit-gateway/transit-views.js';
import { ServiceError } from '../../operation/operation.js';
import type { TransitGatewayAttachmentRow } from '../transit-gateway/state.js';

const VPC_ATTACHMENT_FILTERS = shownFilters(
  'state transit-gateway-attachment-id transit-gateway-id vpc-id',
  vpcAttachmentView,
);

export const transitGatewayAttachmentOperations = family({
  /** Attaches a VPC: the gateway gets an interface in one subnet of each zone that is named. */
  CreateTransitGatewayVpcAttachment(call, input) {
    const { ec2 } = call.state;
    const gateway = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
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
    if (alive.length >= call.quota('attachments-per-transit-gateway')) {
      throw new ServiceError(
        'TransitGatewayAttachmentLimitExceeded', // [U]
        'The maximum number of attachments per transit gateway has been reached.',
      );
    }

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

  DescribeTransitGatewayVpcAttachments: listing({
    rows: ({ transitGatewayAttachments: all }) => new Map([...all].filter(([, row]) => row.resourceType === 'vpc')),
    ids: ['TransitGatewayAttachmentIds', ID.transitGatewayAttachment],
    as: 'TransitGatewayVpcAttachments',
    view: vpcAttachmentView,
    filters: VPC_ATTACHMENT_FILTERS,
  }),

  DescribeTransitGatewayAttachments: listing({
    rows: (ec2) => ec2.transitGatewayAttachments,
    ids: ['TransitGatewayAttachmentIds', ID.transitGatewayAttachment],
    as: 'TransitGatewayAttachments',
    view: (row, { state }) => attachmentView(state, row),
    filters: ({ state }) =>
      shownFilters(
        `association.state association.transit-gateway-route-table-id resource-id resource-owner-id resource-type state
         transit-gateway-attachment-id transit-gateway-id transit-gateway-owner-id`,
        (row) => attachmentView(state, row),
      ),
  }),
});
