import type { TransitGateway, TransitGatewayVpcAttachmentOptions } from '@aws-sdk/client-ec2';
import type { Shown, TagRow } from '../../state/given.js';

export interface TransitGatewayRow {
  readonly id: string;
  readonly ownerId: string;
  readonly fields: Shown<TransitGateway, 'State' | 'Options'>;
  tags: TagRow;
}

export interface TransitGatewayAttachmentRow {
  /** `tgw-attach-…` */
  readonly id: string;
  readonly transitGatewayId: string;
  readonly transitGatewayOwnerId: string;
  readonly resourceType: 'vpc' | 'vpn' | 'direct-connect-gateway';
  /** `vpc-…`, `vpn-…`, or a Direct Connect gateway's id. */
  readonly resourceId: string;
  readonly resourceOwnerId: string;
  readonly createdAt: Date;
  /** Of a VPC attachment: one subnet per zone, where the gateway's interfaces are. */
  subnetIds: string[];
  /** Of a VPC attachment; those of other kinds have none. */
  options: TransitGatewayVpcAttachmentOptions | undefined;
  /** What a VPC that is not in this world propagates. */
  foreignBlocks?: readonly string[] | undefined;
  state: 'pendingAcceptance' | 'pending' | 'available' | 'deleting' | 'deleted' | 'rejected';
  tags: TagRow;
}

/** A static route; without an attachment it drops its packets. */
export interface TransitGatewayRouteRow {
  readonly destination: string;
  attachmentId: string | undefined;
}

export interface TransitGatewayRouteTableRow {
  /** `tgw-rtb-…` */
  readonly id: string;
  readonly transitGatewayId: string;
  readonly createdAt: Date;
  state: 'available' | 'deleted';
  /** IDs of attachments whose packets it routes. */
  associations: string[];
  /** IDs of attachments whose CIDR blocks are propagated to it. */
  propagations: string[];
  /** Static ones only: what is propagated follows from the attachments. */
  routes: TransitGatewayRouteRow[];
  tags: TagRow;
}

/** Transit gateways of one region. */
export const newTransitGateways = () => ({
  transitGateways: new Map<string, TransitGatewayRow>(),
  transitGatewayAttachments: new Map<string, TransitGatewayAttachmentRow>(),
  transitGatewayRouteTables: new Map<string, TransitGatewayRouteTableRow>(),
});
