import type { Send } from './send.js';
import type { Filter, PagedInput } from './ec2-shapes.js';

/**
 * A transit gateway as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGateway.html
 */
export interface TransitGatewayOutput {
  readonly TransitGatewayId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly State?: string | undefined;
  readonly Options?: { readonly SecurityGroupReferencingSupport?: string | undefined } | undefined;
}

/**
 * An attachment of any kind as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayAttachment.html
 */
export interface TransitAttachmentOutput {
  readonly TransitGatewayAttachmentId?: string | undefined;
  readonly TransitGatewayId?: string | undefined;
  readonly ResourceOwnerId?: string | undefined;
  readonly ResourceType?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly State?: string | undefined;
  readonly Association?:
    { readonly TransitGatewayRouteTableId?: string | undefined; readonly State?: string | undefined } | undefined;
}

/**
 * An attachment of a VPC as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayVpcAttachment.html
 */
export interface TransitVpcAttachmentOutput {
  readonly TransitGatewayAttachmentId?: string | undefined;
  readonly SubnetIds?: readonly string[] | undefined;
  readonly Options?: { readonly SecurityGroupReferencingSupport?: string | undefined } | undefined;
}

/**
 * A route table of a transit gateway as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRouteTable.html
 */
export interface TransitRouteTableOutput {
  readonly TransitGatewayRouteTableId?: string | undefined;
  readonly TransitGatewayId?: string | undefined;
  readonly State?: string | undefined;
}

/**
 * A route of a transit gateway as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRoute.html
 */
export interface TransitRouteOutput {
  readonly DestinationCidrBlock?: string | undefined;
  readonly TransitGatewayAttachments?:
    readonly { readonly TransitGatewayAttachmentId?: string | undefined }[] | undefined;
  readonly Type?: string | undefined;
  readonly State?: string | undefined;
}

/**
 * A virtual private gateway as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnGateway.html
 */
export interface VpnGatewayOutput {
  readonly VpnGatewayId?: string | undefined;
  readonly State?: string | undefined;
  readonly VpcAttachments?:
    readonly { readonly VpcId?: string | undefined; readonly State?: string | undefined }[] | undefined;
}

/**
 * The real output has more members. `CustomerGatewayConfiguration` holds the tunnels' keys, so such a
 * response is never stored.
 */
export interface VpnConnectionOutput {
  readonly VpnConnectionId?: string | undefined;
  readonly VpnGatewayId?: string | undefined;
  readonly State?: string | undefined;
  readonly Options?: { readonly StaticRoutesOnly?: boolean | undefined } | undefined;
  readonly Routes?:
    readonly { readonly DestinationCidrBlock?: string | undefined; readonly State?: string | undefined }[] | undefined;
  readonly VgwTelemetry?: readonly { readonly Status?: string | undefined }[] | undefined;
}

interface PagedOutput {
  readonly NextToken?: string | undefined;
}

/** The EC2 calls that show where packets leave a network. */
export interface Ec2GatewaysApi {
  readonly describeTransitGateways: Send<
    PagedInput,
    PagedOutput & { readonly TransitGateways?: readonly TransitGatewayOutput[] | undefined }
  >;
  readonly describeTransitGatewayAttachments: Send<
    PagedInput,
    PagedOutput & { readonly TransitGatewayAttachments?: readonly TransitAttachmentOutput[] | undefined }
  >;
  readonly describeTransitGatewayVpcAttachments: Send<
    PagedInput,
    PagedOutput & { readonly TransitGatewayVpcAttachments?: readonly TransitVpcAttachmentOutput[] | undefined }
  >;
  readonly describeTransitGatewayRouteTables: Send<
    PagedInput,
    PagedOutput & { readonly TransitGatewayRouteTables?: readonly TransitRouteTableOutput[] | undefined }
  >;
  readonly searchTransitGatewayRoutes: Send<
    { TransitGatewayRouteTableId: string; Filters: Filter[]; MaxResults?: number; NextToken?: string },
    PagedOutput & {
      readonly Routes?: readonly TransitRouteOutput[] | undefined;
      readonly AdditionalRoutesAvailable?: boolean | undefined;
    }
  >;
  /** Not paged. */
  readonly describeVpnGateways: Send<
    Record<string, never>,
    { readonly VpnGateways?: readonly VpnGatewayOutput[] | undefined }
  >;
  /** Not paged. */
  readonly describeVpnConnections: Send<
    Record<string, never>,
    { readonly VpnConnections?: readonly VpnConnectionOutput[] | undefined }
  >;
}
