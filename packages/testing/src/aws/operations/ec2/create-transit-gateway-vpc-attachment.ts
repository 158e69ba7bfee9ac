import type {
  CreateTransitGatewayVpcAttachmentRequest,
  CreateTransitGatewayVpcAttachmentResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { getTransitGateway, TRANSIT_MS } from '../../ec2/transit-gateway/transit-gateways.js';
import { addGatewayInterface, attachmentSubnets } from '../../ec2/transit-gateway/transit-interfaces.js';
import { attachmentOptions } from '../../ec2/transit-gateway/transit-options.js';
import { vpcAttachmentView } from '../../ec2/transit-gateway/transit-views.js';
import { ServiceError } from '../../service-error.js';
import type {
  TransitGatewayAttachmentOptionsRow,
  TransitGatewayAttachmentRow,
} from '../../state/transit-gateway-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachmentRequestOptions.html */
const DEFAULTS: TransitGatewayAttachmentOptionsRow = {
  dnsSupport: 'enable',
  securityGroupReferencingSupport: 'enable',
  ipv6Support: 'disable',
  applianceModeSupport: 'disable',
};

/**
 * Attaches a VPC: the gateway gets an interface in one subnet of each zone that is named.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateTransitGatewayVpcAttachment.html
 */
export const createTransitGatewayVpcAttachment = ec2Operation({
  name: 'CreateTransitGatewayVpcAttachment',
  kind: 'write',
  run: (call, input: CreateTransitGatewayVpcAttachmentRequest): CreateTransitGatewayVpcAttachmentResult => {
    const { ec2 } = call.state;
    const gateway = getTransitGateway(ec2, need(input.TransitGatewayId, 'transitGatewayId'));
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const subnets = attachmentSubnets(ec2, vpc.id, need(input.SubnetIds, 'subnetIds'));
    const options = attachmentOptions(input.Options ?? {}, DEFAULTS);
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
});
