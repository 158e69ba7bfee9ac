/** Tags by key, in the order in which they were set. */
export type AlibabaTagRow = Record<string, string>;

/** State of VPC and ECS in one region. */
export const newState = () => ({
  vpcs: new Map<string, VpcRow>(),
  vSwitches: new Map<string, VSwitchRow>(),
  routeTables: new Map<string, RouteTableRow>(),
  networkAcls: new Map<string, NetworkAclRow>(),
  securityGroups: new Map<string, SecurityGroupRow>(),
  instances: new Map<string, InstanceRow>(),
  interfaces: new Map<string, InterfaceRow>(),
  prefixLists: new Map<string, PrefixListRow>(),
  natGateways: new Map<string, NatGatewayRow>(),
  snatEntries: new Map<string, SnatEntryRow>(),
  eips: new Map<string, EipRow>(),
  /** Who holds an address of a VPC: `<vpcId>/<address>` to the id of an interface (`eni-…`) or a load balancer (`lb-…`). */
  addresses: new Map<string, string>(),
  /** What a write of VPC, ECS or CLB with a ClientToken answered, by `<product>.<action>/<token>`. */
  clientTokens: new Map<string, ClientTokenRow>(),
});

export type AlibabaNetworkState = Readonly<ReturnType<typeof newState>>;

export interface VpcRow {
  readonly id: string;
  /** The primary IPv4 block: `172.16.0.0/12`. */
  readonly cidrBlock: string;
  /** In the order in which they were added. */
  secondaryCidrBlocks: string[];
  /** Of a world made from a snapshot: IPv6 blocks, and the account that owns it, where it is another. */
  ipv6CidrBlocks?: readonly string[] | undefined;
  readonly ownerId?: string | undefined;
  name: string;
  description: string;
  /** The router that each VPC has, `vrt-…`. */
  readonly routerId: string;
  /** The system route table. */
  readonly routeTableId: string;
  readonly createdAt: number;
  tags: AlibabaTagRow;
}

export interface VSwitchRow {
  readonly id: string;
  readonly vpcId: string;
  readonly zoneId: string;
  readonly cidrBlock: string;
  /** As of a VPC. */
  readonly ipv6CidrBlock?: string | undefined;
  readonly ownerId?: string | undefined;
  name: string;
  description: string;
  routeTableId: string;
  networkAclId: string | undefined;
  /** How many addresses interfaces and load balancers hold; the four reserved ones are not among them. */
  usedAddresses: number;
  readonly createdAt: number;
  tags: AlibabaTagRow;
}

export interface RouteTableRow {
  readonly id: string;
  readonly vpcId: string;
  readonly kind: 'System' | 'Custom';
  name: string;
  description: string;
  /** Entries that users made; those of vSwitches and of the cloud's services are not stored, they follow from the VPC. */
  entries: RouteEntryRow[];
  readonly createdAt: number;
  tags: AlibabaTagRow;
}

export interface RouteEntryRow {
  /** `rte-…` */
  readonly id: string;
  readonly destinationCidrBlock: string;
  /** `Instance`, `VpcPeer`, `VpnGateway`, …: the values of CreateRouteEntry. */
  readonly nextHopType: string;
  readonly nextHopId: string;
  readonly name: string;
  readonly description: string;
  /** Where an entry is not the user's: learned over BGP, from CEN or Express Connect. */
  readonly type?: 'BGP' | 'CEN' | 'ECR' | undefined;
  /** `Available` where it is missing. */
  readonly status?: string | undefined;
  /** False: the next hop is deleted or down, and the entry matches nothing. */
  readonly enabled?: boolean | undefined;
  /** Blocks that the outside end sends answers to, which no API shows. All of them where it is missing. */
  readonly answers?: readonly string[] | undefined;
}

export interface NetworkAclRow {
  readonly id: string;
  readonly vpcId: string;
  name: string;
  description: string;
  /** First match wins. */
  ingress: NetworkAclEntryRow[];
  egress: NetworkAclEntryRow[];
  readonly createdAt: number;
  tags: AlibabaTagRow;
}

/** As it is shown, but for its block, which has another name in each direction. */
export interface NetworkAclEntryRow {
  readonly Description: string;
  readonly EntryType: 'custom';
  readonly IpVersion: 'IPV4' | 'IPV6';
  /** `nae-…` */
  readonly NetworkAclEntryId: string;
  readonly NetworkAclEntryName: string;
  readonly Policy: 'accept' | 'drop';
  /** Destination ports: `80/80`; `-1/-1` for all. */
  readonly Port: string;
  readonly Protocol: 'all' | 'icmp' | 'gre' | 'tcp' | 'udp' | 'icmpv6';
  /** The source of an inbound rule, the destination of an outbound rule. */
  readonly cidrBlock: string;
}

export interface SecurityGroupRow {
  readonly id: string;
  readonly vpcId: string;
  name: string;
  description: string;
  /** `normal` is what the documentation calls basic. */
  readonly type: 'normal' | 'enterprise';
  /** Whether members of a basic group reach one another. */
  innerAccessPolicy: 'Accept' | 'Drop';
  rules: SecurityGroupRuleRow[];
  readonly createdAt: number;
  tags: AlibabaTagRow;
}

export interface SecurityGroupRuleRow {
  /** `sgr-…` */
  readonly id: string;
  readonly direction: 'ingress' | 'egress';
  policy: 'Accept' | 'Drop';
  /** 1 to 100; the smaller precedes, and at the same priority a drop precedes. */
  priority: number;
  readonly protocol: 'ALL' | 'TCP' | 'UDP' | 'ICMP' | 'ICMPv6' | 'GRE';
  /** Destination ports: `80/80`; `-1/-1` for all. */
  readonly portRange: string;
  /** A list of ports in their place; its entries are not simulated. */
  readonly portListId?: string | undefined;
  /** The block of the group's own side in a five-tuple rule. */
  readonly ownCidrBlock?: string | undefined;
  /** The ports of senders in a five-tuple rule: `1024/65535`. */
  readonly sourcePorts?: string | undefined;
  readonly peer: SecurityGroupPeerRow;
  readonly nicType: 'intranet' | 'internet';
  description: string;
  readonly createdAt: number;
}

/** The source of inbound traffic, or the destination of outbound traffic. */
export type SecurityGroupPeerRow =
  | { readonly kind: 'block'; readonly cidrBlock: string }
  | { readonly kind: 'ipv6Block'; readonly cidrBlock: string }
  | { readonly kind: 'group'; readonly groupId: string; readonly account: string }
  | { readonly kind: 'prefixList'; readonly prefixListId: string };

/** An instance as DescribeInstances shows it, with what a new one has. The view fills what its interface shows, and its tags. */
export const INSTANCE = {
  CreationTime: '',
  DeletionProtection: false,
  Description: '',
  EipAddress: { AllocationId: '', InternetChargeType: '', IpAddress: '' },
  HostName: '',
  ImageId: '',
  InnerIpAddress: { IpAddress: [] },
  InstanceChargeType: 'PostPaid',
  InstanceId: '',
  InstanceName: '',
  InstanceNetworkType: 'vpc',
  InstanceType: '',
  InternetMaxBandwidthOut: 0,
  IoOptimized: true,
  NetworkInterfaces: {},
  OperationLocks: { LockReason: [] },
  PublicIpAddress: { IpAddress: [] },
  RegionId: '',
  SecurityGroupIds: {},
  Status: 'Pending' as 'Pending' | 'Starting' | 'Running' | 'Stopping' | 'Stopped',
  Tags: {},
  VpcAttributes: {},
  ZoneId: '',
};

export interface InstanceRow extends Omit<
  typeof INSTANCE,
  'NetworkInterfaces' | 'SecurityGroupIds' | 'Tags' | 'VpcAttributes'
> {
  readonly vpcId: string;
  readonly vSwitchId: string;
  /** Its interface, which carries its security groups. */
  readonly primaryInterfaceId: string;
  /**
   * Whether its operating system forwards packets to other addresses, which no API shows. Undefined: it is
   * assumed to forward.
   */
  readonly forwards?: boolean | undefined;
  tags: AlibabaTagRow;
}

export interface InterfaceRow {
  readonly id: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  readonly zoneId: string;
  readonly primaryIpAddress: string;
  /** Further addresses, and those of IPv6. */
  readonly secondaryIpAddresses?: readonly string[] | undefined;
  readonly ipv6Addresses?: readonly string[] | undefined;
  readonly sourceDestCheck?: boolean | undefined;
  /** The account that owns it, where it is another. */
  readonly ownerId?: string | undefined;
  readonly macAddress: string;
  readonly type: 'Primary' | 'Secondary';
  readonly description: string;
  securityGroupIds: string[];
  /** The ECS instance that it belongs to. */
  readonly instanceId: string | undefined;
  /** Whether a service of the cloud put it there. */
  readonly serviceManaged: boolean;
  /** `InUse` where it is missing. */
  readonly status?: 'Available' | undefined;
  readonly createdAt: number;
  tags: AlibabaTagRow;
}

export interface PrefixListRow {
  readonly AddressFamily: 'IPv4' | 'IPv6';
  readonly CreationTime: string;
  Description: string;
  readonly MaxEntries: number;
  /** `pl-…` */
  readonly PrefixListId: string;
  PrefixListName: string;
  entries: PrefixListEntryRow[];
  tags: AlibabaTagRow;
}

export interface PrefixListEntryRow {
  /** A block. */
  readonly Cidr: string;
  readonly Description: string;
}

export interface ClientTokenRow {
  /** The parameters of the request, as JSON. */
  readonly input: string;
  /** The answer that they got, as JSON. */
  readonly output: string;
}

/** A NAT gateway as lists show it, with what a new one has. Its addresses, and the zone of its vSwitch, follow from these. */
export const NAT_GATEWAY = {
  /** `ngw-…` */
  NatGatewayId: '',
  RegionId: '',
  Name: '',
  Description: '',
  Status: 'Creating' as 'Creating' | 'Available' | 'Deleting',
  VpcId: '',
  NatType: 'Enhanced',
  NetworkType: 'internet' as 'internet' | 'intranet',
  BusinessStatus: 'Normal',
  InstanceChargeType: 'PostPaid',
  InternetChargeType: 'PayByLcu',
  CreationTime: '',
  SnatTableIds: { SnatTableId: [] as string[] },
  ForwardTableIds: { ForwardTableId: [] as string[] },
  NatGatewayPrivateInfo: { VswitchId: '' },
};
export type NatGatewayRow = Readonly<typeof NAT_GATEWAY>;

/** What a vSwitch or a block is on the internet. */
export interface SnatEntryRow {
  /** `snat-…` */
  readonly SnatEntryId: string;
  readonly SnatTableId: string;
  readonly NatGatewayId: string;
  readonly SnatEntryName: string;
  /** One address, or several with commas. */
  readonly SnatIp: string;
  /** One of these is empty. */
  readonly SourceVSwitchId: string;
  readonly SourceCIDR: string;
  readonly Status: 'Available';
}

export interface EipRow {
  /** `eip-…` */
  readonly AllocationId: string;
  readonly IpAddress: string;
  readonly Name: string;
  readonly Status: 'Available' | 'InUse';
  /** The ID of the NAT gateway that has it; empty where none has. */
  readonly InstanceId: string;
  readonly InstanceType: '' | 'Nat';
  readonly AllocationTime: string;
}
