import type { PagedInput, TagOutput } from './ec2-shapes.js';
import type { Send } from './send.js';
import type { Ec2GatewaysApi } from './ec2-gateways-api.js';
import type { Ec2RoutingApi } from './ec2-routing-api.js';

/**
 * A subnet as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Subnet.html
 */
export interface SubnetOutput {
  readonly SubnetId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly AvailabilityZone?: string | undefined;
  readonly AvailabilityZoneId?: string | undefined;
  readonly AvailableIpAddressCount?: number | undefined;
  readonly OwnerId?: string | undefined;
  readonly Tags?: readonly TagOutput[] | undefined;
  readonly Ipv6CidrBlockAssociationSet?: readonly Ipv6Association[] | undefined;
}

/** An IPv6 block of a VPC or subnet. */
export interface Ipv6Association {
  readonly Ipv6CidrBlock?: string | undefined;
  readonly Ipv6CidrBlockState?: { readonly State?: string | undefined } | undefined;
}

/**
 * A rule of a security group in EC2's form for requests and responses: one protocol and port range, several
 * peers.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export interface IpPermission {
  IpProtocol?: string | undefined;
  FromPort?: number | undefined;
  ToPort?: number | undefined;
  IpRanges?: { CidrIp?: string | undefined; Description?: string | undefined }[] | undefined;
  Ipv6Ranges?: { CidrIpv6?: string | undefined; Description?: string | undefined }[] | undefined;
  PrefixListIds?: { PrefixListId?: string | undefined; Description?: string | undefined }[] | undefined;
  UserIdGroupPairs?:
    { GroupId?: string | undefined; UserId?: string | undefined; Description?: string | undefined }[] | undefined;
}

/**
 * A security group as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroup.html
 */
export interface SecurityGroupOutput {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly Description?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly IpPermissions?: readonly IpPermission[] | undefined;
  readonly IpPermissionsEgress?: readonly IpPermission[] | undefined;
  readonly Tags?: readonly TagOutput[] | undefined;
}

/**
 * A network interface as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_NetworkInterface.html
 */
export interface NetworkInterfaceOutput {
  readonly NetworkInterfaceId?: string | undefined;
  readonly VpcId?: string | undefined;
  readonly SubnetId?: string | undefined;
  readonly Status?: string | undefined;
  readonly InterfaceType?: string | undefined;
  readonly Description?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly RequesterManaged?: boolean | undefined;
  readonly SourceDestCheck?: boolean | undefined;
  readonly Attachment?:
    | {
        readonly InstanceId?: string | undefined;
        readonly DeviceIndex?: number | undefined;
        readonly NetworkCardIndex?: number | undefined;
      }
    | undefined;
  readonly Groups?: readonly { readonly GroupId?: string | undefined }[] | undefined;
  readonly PrivateIpAddress?: string | undefined;
  readonly PrivateIpAddresses?: readonly { readonly PrivateIpAddress?: string | undefined }[] | undefined;
  readonly Ipv6Addresses?: readonly { readonly Ipv6Address?: string | undefined }[] | undefined;
  readonly Ipv4Prefixes?: readonly { readonly Ipv4Prefix?: string | undefined }[] | undefined;
  readonly Ipv6Prefixes?: readonly { readonly Ipv6Prefix?: string | undefined }[] | undefined;
  readonly TagSet?: readonly TagOutput[] | undefined;
}

/**
 * A VPC as EC2 answers it, as far as it is read.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Vpc.html
 */
export interface VpcOutput {
  readonly VpcId?: string | undefined;
  readonly OwnerId?: string | undefined;
  readonly CidrBlock?: string | undefined;
  readonly Ipv6CidrBlockAssociationSet?: readonly Ipv6Association[] | undefined;
  readonly CidrBlockAssociationSet?:
    | readonly {
        readonly CidrBlock?: string | undefined;
        readonly CidrBlockState?: { readonly State?: string | undefined } | undefined;
      }[]
    | undefined;
  readonly Tags?: readonly TagOutput[] | undefined;
}

/** The part of EC2 that is used here. The SDK's `EC2` satisfies it; loading that costs a third of a second. */
export interface Ec2Api extends Ec2RoutingApi, Ec2GatewaysApi {
  readonly describeSubnets: Send<
    PagedInput,
    { readonly Subnets?: readonly SubnetOutput[] | undefined; readonly NextToken?: string | undefined }
  >;
  readonly describeVpcs: Send<
    PagedInput,
    { readonly Vpcs?: readonly VpcOutput[] | undefined; readonly NextToken?: string | undefined }
  >;
  readonly describeSecurityGroups: Send<
    PagedInput,
    { readonly SecurityGroups?: readonly SecurityGroupOutput[] | undefined; readonly NextToken?: string | undefined }
  >;
  readonly describeNetworkInterfaces: Send<
    PagedInput & { IncludeManagedResources?: boolean },
    {
      readonly NetworkInterfaces?: readonly NetworkInterfaceOutput[] | undefined;
      readonly NextToken?: string | undefined;
    }
  >;
  readonly createSecurityGroup: Send<
    {
      GroupName: string;
      Description: string;
      VpcId: string;
      TagSpecifications: { ResourceType: 'security-group'; Tags: { Key: string; Value: string }[] }[];
    },
    { readonly GroupId?: string | undefined }
  >;
  readonly createTags: Send<{ Resources: string[]; Tags: { Key: string; Value: string }[] }, unknown>;
  readonly deleteTags: Send<{ Resources: string[]; Tags: { Key: string }[] }, unknown>;
  readonly authorizeSecurityGroupEgress: Send<{ GroupId: string; IpPermissions: IpPermission[] }, unknown>;
  readonly revokeSecurityGroupEgress: Send<{ GroupId: string; IpPermissions: IpPermission[] }, unknown>;
  readonly authorizeSecurityGroupIngress: Send<{ GroupId: string; IpPermissions: IpPermission[] }, unknown>;
  readonly revokeSecurityGroupIngress: Send<{ GroupId: string; IpPermissions: IpPermission[] }, unknown>;
  readonly deleteSecurityGroup: Send<{ GroupId: string }, unknown>;
}
