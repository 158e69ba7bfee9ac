import type { InstanceRow, VolumeRow } from './instance/state.js';
import type {
  DhcpOptions,
  ManagedPrefixList,
  NetworkAclEntry,
  NetworkInterfaceAttachment,
  PrefixListEntry,
  SecurityGroupRule,
  Subnet,
  SubnetCidrReservation,
} from '@aws-sdk/client-ec2';
import type { Shown, TagRow } from '../state/given.js';
import { newFlowLogs } from './flow-log/state.js';
import { newLaunchTemplates } from './launch-template/state.js';
import { newNat } from './nat-gateway/state.js';
import { newInsights } from './network-insights/state.js';
import { newTransitGateways } from './transit-gateway/state.js';
import { newEndpoints } from './vpc-endpoint/state.js';
import { newVpn } from './vpn/state.js';

export interface VpcCidrRow {
  readonly associationId: string;
  readonly cidrBlock: string;
  state: 'associated' | 'disassociated';
}

export interface VpcRow {
  readonly id: string;
  readonly ownerId: string;
  /** The primary IPv4 block; it is also the first of `cidrBlocks`. */
  readonly cidrBlock: string;
  cidrBlocks: VpcCidrRow[];
  ipv6CidrBlocks: (VpcCidrRow & { readonly networkBorderGroup: string })[];
  readonly isDefault: boolean;
  instanceTenancy: 'default' | 'dedicated';
  /** `dopt-…` or the word `default`. */
  dhcpOptionsId: string;
  enableDnsSupport: boolean;
  enableDnsHostnames: boolean;
  enableNetworkAddressUsageMetrics: boolean;
  tags: TagRow;
  encryptionControl?: EncryptionControlRow | undefined;
}

/** What refuses traffic that is not encrypted in a VPC. */
export interface EncryptionControlRow {
  readonly id: string;
  mode: 'monitor' | 'enforce';
  /** Whether traffic of API Gateway V2 is excluded. */
  excludesApiGateway: boolean;
  tags: TagRow;
}

export interface SubnetRow {
  readonly id: string;
  readonly vpcId: string;
  /** Another account's id where the subnet is shared with this one. */
  readonly ownerId: string;
  readonly cidrBlock: string;
  ipv6CidrBlocks: VpcCidrRow[];
  /** `use1-az1` */
  readonly zoneId: string;
  /** `us-east-1a`; which zone that is differs from account to account. */
  readonly zoneName: string;
  fields: Subnet;
  /** How many IPv4 addresses the interfaces in it hold; the five reserved ones are not among them. */
  usedAddresses: number;
  tags: TagRow;
}

export interface SecurityGroupRow {
  readonly id: string;
  readonly vpcId: string;
  readonly ownerId: string;
  readonly name: string;
  readonly description: string;
  tags: TagRow;
}

/**
 * A rule as the API shows it, without its ID, group and tags. Exactly one of the four kinds of source (or destination)
 * is set. The protocol is `tcp`, `udp`, `icmp`, `icmpv6`, `-1`, or a number; ports are -1 where it has none.
 */
export type RuleFields = Shown<SecurityGroupRule, 'IsEgress' | 'IpProtocol' | 'FromPort' | 'ToPort'>;

export interface SecurityGroupRuleRow {
  readonly id: string;
  readonly groupId: string;
  readonly ownerId: string;
  fields: RuleFields;
  tags: TagRow;
}

export interface InterfaceRow {
  readonly id: string;
  readonly subnetId: string;
  readonly vpcId: string;
  readonly zoneId: string;
  readonly zoneName: string;
  readonly ownerId: string;
  /** `interface`, `api_gateway_managed`, `load_balancer`, `network_load_balancer`, … */
  readonly interfaceType: string;
  description: string;
  /** The primary address. */
  readonly privateIpAddress: string;
  /** Every IPv4 address, the primary one first. */
  addresses: string[];
  ipv6Addresses: string[];
  /** Blocks that were delegated to it, of both families. */
  prefixes?: readonly string[] | undefined;
  /** The public address that is mapped to the primary one, where there is one. */
  publicIpAddress: string | undefined;
  groupIds: string[];
  sourceDestCheck: boolean;
  readonly macAddress: string;
  readonly requesterId: string | undefined;
  readonly requesterManaged: boolean;
  /** The service that manages it, such as `apigateway.amazonaws.com`. */
  readonly operator: string | undefined;
  /** The owner of its instance is the account that holds what it is attached to: `amazon-elb` for a load balancer. */
  attachment: NetworkInterfaceAttachment | undefined;
  /** `<cluster>/<service>` of ECS, where it is that of a task: backends are registered by this name, too. */
  readonly service?: string | undefined;
  tags: TagRow;
}

/** The target of a route. `local` is the VPC itself. */
export type RouteTargetKind =
  | 'local'
  | 'internet-gateway'
  | 'egress-only-gateway'
  | 'network-interface'
  | 'vpc-peering-connection'
  | 'nat-gateway'
  | 'transit-gateway'
  | 'vpc-endpoint'
  | 'virtual-private-gateway'
  | 'carrier-gateway'
  | 'local-gateway'
  | 'core-network';

export interface RouteRow {
  /** An IPv4 or IPv6 block, or the id of a prefix list. */
  readonly destination: string;
  readonly kind: 'ipv4' | 'ipv6' | 'prefix-list';
  targetKind: RouteTargetKind;
  targetId: string;
  readonly origin: 'CreateRouteTable' | 'CreateRoute' | 'EnableVgwRoutePropagation';
}

export interface RouteTableAssociationRow {
  readonly id: string;
  /** The association of the VPC's main table has no subnet. */
  readonly subnetId: string | undefined;
  readonly gatewayId: string | undefined;
}

export interface RouteTableRow {
  readonly id: string;
  readonly vpcId: string;
  readonly ownerId: string;
  routes: RouteRow[];
  associations: RouteTableAssociationRow[];
  /** Virtual private gateways whose routes are propagated to it. */
  propagatingVgws?: string[] | undefined;
  tags: TagRow;
}

/** The protocol is a number; `-1` is all. */
export type NetworkAclEntryRow = Shown<NetworkAclEntry, 'RuleNumber' | 'Egress' | 'Protocol' | 'RuleAction'>;

export interface NetworkAclRow {
  readonly id: string;
  readonly vpcId: string;
  readonly ownerId: string;
  readonly isDefault: boolean;
  entries: NetworkAclEntryRow[];
  associations: { readonly id: string; readonly subnetId: string }[];
  tags: TagRow;
}

export type PrefixListEntryRow = Shown<PrefixListEntry, 'Cidr'>;

export interface PrefixListRow {
  readonly id: string;
  /** The owner is `AWS` for those that AWS manages. */
  readonly fields: Shown<ManagedPrefixList, 'PrefixListName' | 'OwnerId' | 'AddressFamily' | 'MaxEntries' | 'Version'>;
  /** The entries of each version, version 1 first. */
  versions: PrefixListEntryRow[][];
  tags: TagRow;
}

/** An internet gateway, or an egress-only one. */
export interface GatewayRow {
  readonly id: string;
  readonly ownerId: string;
  /** The VPC that it is attached to. */
  vpcId: string | undefined;
  tags: TagRow;
}

export interface DhcpOptionsRow {
  readonly id: string;
  readonly fields: DhcpOptions;
  tags: TagRow;
}

export interface CidrReservationRow {
  readonly id: string;
  readonly fields: Shown<SubnetCidrReservation, 'SubnetId' | 'Cidr'>;
  tags: TagRow;
}

/** A side of a peering connection. */
export interface PeeringSideRow {
  readonly vpcId: string;
  readonly ownerId: string;
  readonly region: string;
  readonly cidrBlock: string;
  /** All other blocks, of both families, of a VPC that is not in this world. */
  readonly furtherBlocks?: readonly string[] | undefined;
  /** Whether names of the other side's resources are resolved to private addresses. */
  allowDnsResolution?: boolean | undefined;
}

export interface PeeringRow {
  readonly id: string;
  readonly requester: PeeringSideRow;
  readonly accepter: PeeringSideRow;
  status: 'active' | 'pending-acceptance' | 'deleted' | 'rejected' | 'expired' | 'failed' | 'provisioning';
  /** When a request expires that is not accepted. */
  expiresAt?: Date | undefined;
  tags: TagRow;
}

/** A create call that bore a client token: the same call again answers the same resource. */
export interface ClientTokenRow {
  readonly operation: string;
  readonly parameters: string;
  readonly resourceId: string;
}

/** EC2's networking in one region. */
export const emptyState = () => ({
  vpcs: new Map<string, VpcRow>(),
  subnets: new Map<string, SubnetRow>(),
  securityGroups: new Map<string, SecurityGroupRow>(),
  securityGroupRules: new Map<string, SecurityGroupRuleRow>(),
  interfaces: new Map<string, InterfaceRow>(),
  /** The interface that holds an IPv4 address, by `<vpc id>/<address>`. Kept by `ec2/network.ts` alone. */
  addresses: new Map<string, string>(),
  instances: new Map<string, InstanceRow>(),
  volumes: new Map<string, VolumeRow>(),
  routeTables: new Map<string, RouteTableRow>(),
  networkAcls: new Map<string, NetworkAclRow>(),
  prefixLists: new Map<string, PrefixListRow>(),
  internetGateways: new Map<string, GatewayRow>(),
  egressOnlyGateways: new Map<string, GatewayRow>(),
  dhcpOptions: new Map<string, DhcpOptionsRow>(),
  cidrReservations: new Map<string, CidrReservationRow>(),
  peerings: new Map<string, PeeringRow>(),
  ...newLaunchTemplates(),
  ...newNat(),
  ...newEndpoints(),
  ...newFlowLogs(),
  ...newInsights(),
  ...newTransitGateways(),
  ...newVpn(),
  /** By `<operation>/<token>`. */
  clientTokens: new Map<string, ClientTokenRow>(),
});

export type Ec2State = Readonly<ReturnType<typeof emptyState>>;
