import type {
  TransitGateway,
  TransitGatewayAttachment,
  TransitGatewayRoute,
  TransitGatewayRouteTable,
  TransitGatewayVpcAttachment,
} from '@aws-sdk/client-ec2';
import type { AwsCall } from '../../operation/call.js';
import type { RegionState } from '../../state/region-state.js';
import type { TransitGatewayAttachmentRow, TransitGatewayRouteTableRow, TransitGatewayRow } from './state.js';
import { tagList } from '../request/tags.js';
import type { TransitRoute } from './transit-routes.js';
import { tableOf } from './transit-routes.js';

/** A transit gateway as the API shows it. */
export function transitGatewayView(call: AwsCall, row: TransitGatewayRow): TransitGateway {
  const { options } = row;
  return {
    TransitGatewayId: row.id,
    TransitGatewayArn: `arn:${call.partition}:ec2:${call.region}:${row.ownerId}:transit-gateway/${row.id}`,
    State: row.state,
    OwnerId: row.ownerId,
    Description: row.description,
    CreationTime: row.createdAt,
    Options: {
      AmazonSideAsn: options.amazonSideAsn,
      TransitGatewayCidrBlocks: [...options.cidrBlocks],
      AutoAcceptSharedAttachments: options.autoAcceptSharedAttachments,
      DefaultRouteTableAssociation: options.defaultRouteTableAssociation,
      AssociationDefaultRouteTableId: options.associationDefaultRouteTableId,
      DefaultRouteTablePropagation: options.defaultRouteTablePropagation,
      PropagationDefaultRouteTableId: options.propagationDefaultRouteTableId,
      VpnEcmpSupport: options.vpnEcmpSupport,
      DnsSupport: options.dnsSupport,
      SecurityGroupReferencingSupport: options.securityGroupReferencingSupport,
      MulticastSupport: options.multicastSupport,
    },
    Tags: tagList(row.tags),
  };
}

/** A VPC attachment as the API shows it. */
export function vpcAttachmentView(row: TransitGatewayAttachmentRow): TransitGatewayVpcAttachment {
  return {
    TransitGatewayAttachmentId: row.id,
    TransitGatewayId: row.transitGatewayId,
    VpcId: row.resourceId,
    VpcOwnerId: row.resourceOwnerId,
    State: row.state,
    SubnetIds: [...row.subnetIds],
    CreationTime: row.createdAt,
    Options: row.options && {
      DnsSupport: row.options.dnsSupport,
      SecurityGroupReferencingSupport: row.options.securityGroupReferencingSupport,
      Ipv6Support: row.options.ipv6Support,
      ApplianceModeSupport: row.options.applianceModeSupport,
    },
    Tags: tagList(row.tags),
  };
}

/** An attachment of any kind as the API shows it. */
export function attachmentView(state: RegionState, row: TransitGatewayAttachmentRow): TransitGatewayAttachment {
  const table = tableOf(state, row);
  return {
    TransitGatewayAttachmentId: row.id,
    TransitGatewayId: row.transitGatewayId,
    TransitGatewayOwnerId: row.transitGatewayOwnerId,
    ResourceOwnerId: row.resourceOwnerId,
    ResourceType: row.resourceType,
    ResourceId: row.resourceId,
    State: row.state,
    Association: table && { TransitGatewayRouteTableId: table.id, State: 'associated' },
    CreationTime: row.createdAt,
    Tags: tagList(row.tags),
  };
}

/** Whether a table is its gateway's default for associations, and for propagations. */
export function defaultsOf(
  { ec2 }: RegionState,
  { id, transitGatewayId }: TransitGatewayRouteTableRow,
): { readonly association: boolean; readonly propagation: boolean } {
  const options = ec2.transitGateways.get(transitGatewayId)?.options;
  return {
    association: options?.associationDefaultRouteTableId === id,
    propagation: options?.propagationDefaultRouteTableId === id,
  };
}

/** A transit gateway's table as the API shows it. */
export function transitRouteTableView(state: RegionState, row: TransitGatewayRouteTableRow): TransitGatewayRouteTable {
  const { association, propagation } = defaultsOf(state, row);
  return {
    TransitGatewayRouteTableId: row.id,
    TransitGatewayId: row.transitGatewayId,
    State: row.state,
    DefaultAssociationRouteTable: association,
    DefaultPropagationRouteTable: propagation,
    CreationTime: row.createdAt,
    Tags: tagList(row.tags),
  };
}

/** A route of a transit gateway's table as the API shows it. */
export function transitRouteView({ destination, attachments, type, state }: TransitRoute): TransitGatewayRoute {
  return {
    DestinationCidrBlock: destination,
    TransitGatewayAttachments: attachments.map((row) => ({
      TransitGatewayAttachmentId: row.id,
      ResourceId: row.resourceId,
      ResourceType: row.resourceType,
    })),
    Type: type,
    State: state,
  };
}
