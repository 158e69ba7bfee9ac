import type { TagRow } from '../../state/tag-row.js';

export type Switch = 'enable' | 'disable';

/** Everything about a transit gateway that a call may set. */
export interface TransitGatewayOptionsRow {
  readonly amazonSideAsn: number;
  readonly cidrBlocks: readonly string[];
  readonly autoAcceptSharedAttachments: Switch;
  readonly defaultRouteTableAssociation: Switch;
  readonly associationDefaultRouteTableId: string | undefined;
  readonly defaultRouteTablePropagation: Switch;
  readonly propagationDefaultRouteTableId: string | undefined;
  readonly vpnEcmpSupport: Switch;
  readonly dnsSupport: Switch;
  readonly securityGroupReferencingSupport: Switch;
  readonly multicastSupport: Switch;
}

export interface TransitGatewayRow {
  readonly id: string;
  readonly ownerId: string;
  readonly createdAt: Date;
  description: string | undefined;
  state: 'pending' | 'available' | 'deleting' | 'deleted';
  options: TransitGatewayOptionsRow;
  tags: TagRow;
}

/** The options of a VPC attachment; attachments of other kinds have none. */
export interface TransitGatewayAttachmentOptionsRow {
  readonly dnsSupport: Switch;
  readonly securityGroupReferencingSupport: Switch;
  readonly ipv6Support: Switch;
  readonly applianceModeSupport: Switch;
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
  options: TransitGatewayAttachmentOptionsRow | undefined;
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
export interface TransitGatewayState {
  readonly transitGateways: Map<string, TransitGatewayRow>;
  readonly transitGatewayAttachments: Map<string, TransitGatewayAttachmentRow>;
  readonly transitGatewayRouteTables: Map<string, TransitGatewayRouteTableRow>;
}
