import type { Send } from './send.js';
import type { PagedInput, TagOutput } from './ec2-shapes.js';

/**
 * An Availability Zone as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AvailabilityZone.html
 */
export interface AvailabilityZoneOutput {
  readonly ZoneId?: string | undefined;
  readonly ZoneName?: string | undefined;
}

/** A route has one member for each kind of destination, and one for each kind of target. */
export interface RouteEntryOutput {
  readonly DestinationCidrBlock?: string | undefined;
  readonly DestinationIpv6CidrBlock?: string | undefined;
  readonly DestinationPrefixListId?: string | undefined;
  readonly CarrierGatewayId?: string | undefined;
  readonly CoreNetworkArn?: string | undefined;
  readonly EgressOnlyInternetGatewayId?: string | undefined;
  readonly GatewayId?: string | undefined;
  readonly InstanceId?: string | undefined;
  readonly LocalGatewayId?: string | undefined;
  readonly NatGatewayId?: string | undefined;
  readonly NetworkInterfaceId?: string | undefined;
  readonly OdbNetworkArn?: string | undefined;
  readonly TransitGatewayId?: string | undefined;
  readonly VpcPeeringConnectionId?: string | undefined;
  readonly Origin?: string | undefined;
  readonly State?: string | undefined;
}

/**
 * A route table as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RouteTable.html
 */
export interface RouteTableOutput {
  readonly RouteTableId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly Routes?: readonly RouteEntryOutput[] | undefined;
  readonly Associations?:
    | readonly {
        readonly Main?: boolean | undefined;
        readonly SubnetId?: string | undefined;
        readonly AssociationState?: { readonly State?: string | undefined } | undefined;
      }[]
    | undefined;
  readonly Tags?: readonly TagOutput[] | undefined;
}

/**
 * An entry of a network ACL as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAclEntry.html
 */
export interface NetworkAclEntryOutput {
  readonly RuleNumber?: number | undefined;
  readonly Egress?: boolean | undefined;
  /** A number; `-1` is all. */
  readonly Protocol?: string | undefined;
  readonly RuleAction?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly Ipv6CidrBlock?: string | undefined;
  readonly PortRange?: { readonly From?: number | undefined; readonly To?: number | undefined } | undefined;
  readonly IcmpTypeCode?: { readonly Type?: number | undefined; readonly Code?: number | undefined } | undefined;
}

/**
 * A network ACL as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkAcl.html
 */
export interface NetworkAclOutput {
  readonly NetworkAclId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly IsDefault?: boolean | undefined;
  readonly Entries?: readonly NetworkAclEntryOutput[] | undefined;
  readonly Associations?: readonly { readonly SubnetId?: string | undefined }[] | undefined;
}

/**
 * A prefix list as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ManagedPrefixList.html
 */
export interface PrefixListOutput {
  readonly PrefixListId?: string | undefined;
  readonly PrefixListName?: string | undefined;
  readonly MaxEntries?: number | undefined;
  readonly OwnerId?: string | undefined;
}

/**
 * One side of a peering as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnectionVpcInfo.html
 */
export interface PeeringSideOutput {
  readonly VpcId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly Region?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly CidrBlockSet?: readonly { readonly CidrBlock?: string | undefined }[] | undefined;
  readonly Ipv6CidrBlockSet?: readonly { readonly Ipv6CidrBlock?: string | undefined }[] | undefined;
}

/**
 * A peering as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnection.html
 */
export interface PeeringOutput {
  readonly VpcPeeringConnectionId?: string | undefined;
  readonly Status?: { readonly Code?: string | undefined } | undefined;
  readonly RequesterVpcInfo?: PeeringSideOutput | undefined;
  readonly AccepterVpcInfo?: PeeringSideOutput | undefined;
}

interface PagedOutput {
  readonly NextToken?: string | undefined;
}

/** The EC2 calls that show where packets are routed inside the cloud. */
export interface Ec2RoutingApi {
  /** Not paged. */
  readonly describeAvailabilityZones: Send<
    Record<string, never>,
    { readonly AvailabilityZones?: readonly AvailabilityZoneOutput[] | undefined }
  >;
  readonly describeRouteTables: Send<
    PagedInput,
    PagedOutput & { readonly RouteTables?: readonly RouteTableOutput[] | undefined }
  >;
  readonly describeNetworkAcls: Send<
    PagedInput,
    PagedOutput & { readonly NetworkAcls?: readonly NetworkAclOutput[] | undefined }
  >;
  readonly describeManagedPrefixLists: Send<
    PagedInput,
    PagedOutput & { readonly PrefixLists?: readonly PrefixListOutput[] | undefined }
  >;
  readonly getManagedPrefixListEntries: Send<
    { PrefixListId: string; MaxResults?: number; NextToken?: string },
    PagedOutput & { readonly Entries?: readonly { readonly Cidr?: string | undefined }[] | undefined }
  >;
  readonly describeVpcPeeringConnections: Send<
    PagedInput,
    PagedOutput & { readonly VpcPeeringConnections?: readonly PeeringOutput[] | undefined }
  >;
}
