import { newAccount, newInterface, tcp } from './account.js';

/** A network with one of everything, so that each filter has something to find and something to omit. */
export function newNetwork() {
  const { ec2, sim } = newAccount();
  const TagSpecifications = (ResourceType: string) => [{ ResourceType, Tags: [{ Key: 'team', Value: 'shop' }] }];
  const vpc = ec2('CreateVpc', {
    CidrBlock: '10.0.0.0/16',
    AmazonProvidedIpv6CidrBlock: true,
    TagSpecifications: TagSpecifications('vpc'),
  }).Vpc;
  const VpcId: string = vpc.VpcId;
  ec2('ModifyVpcAttribute', { VpcId, EnableDnsHostnames: { Value: true } });
  const ipv6 = vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock.replace('/56', '/64');
  const subnet = ec2('CreateSubnet', {
    VpcId,
    CidrBlock: '10.0.1.0/24',
    Ipv6CidrBlock: ipv6,
    AvailabilityZone: 'us-east-1b',
    TagSpecifications: TagSpecifications('subnet'),
  }).Subnet;
  const { SubnetId } = subnet;
  ec2('ModifySubnetAttribute', { SubnetId, EnableDns64: { Value: true } });
  ec2('ModifySubnetAttribute', { SubnetId, EnableLniAtDeviceIndex: 1 });
  ec2('ModifySubnetAttribute', { SubnetId, PrivateDnsHostnameTypeOnLaunch: 'resource-name' });
  ec2('ModifySubnetAttribute', { SubnetId, EnableResourceNameDnsARecordOnLaunch: { Value: true } });
  ec2('ModifySubnetAttribute', { SubnetId, EnableResourceNameDnsAAAARecordOnLaunch: { Value: true } });
  const list = ec2('CreateManagedPrefixList', {
    PrefixListName: 'partners',
    AddressFamily: 'IPv4',
    MaxEntries: 1,
    TagSpecifications: TagSpecifications('prefix-list'),
  }).PrefixList.PrefixListId;
  const group = ec2('CreateSecurityGroup', {
    GroupName: 'web',
    Description: 'the web',
    VpcId,
    TagSpecifications: TagSpecifications('security-group'),
  }).GroupId;
  const permission = {
    ...tcp(81, '10.7.0.0/16'),
    Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
    PrefixListIds: [{ PrefixListId: list }],
    UserIdGroupPairs: [{ GroupId: group }],
  };
  const rules = ec2('AuthorizeSecurityGroupIngress', {
    GroupId: group,
    IpPermissions: [permission],
    TagSpecifications: TagSpecifications('security-group-rule'),
  }).SecurityGroupRules;
  ec2('AuthorizeSecurityGroupEgress', { GroupId: group, IpPermissions: [permission] });
  const eni = newInterface(ec2, SubnetId, {
    Groups: [group],
    Description: 'the one',
    Ipv6AddressCount: 1,
    TagSpecifications: TagSpecifications('network-interface'),
  });
  ec2('ModifyNetworkInterfaceAttribute', {
    NetworkInterfaceId: eni.NetworkInterfaceId,
    SourceDestCheck: { Value: false },
  });
  const igw = ec2('CreateInternetGateway', { TagSpecifications: TagSpecifications('internet-gateway') }).InternetGateway
    .InternetGatewayId;
  ec2('AttachInternetGateway', { InternetGatewayId: igw, VpcId });
  const eigw = ec2('CreateEgressOnlyInternetGateway', {
    VpcId,
    TagSpecifications: TagSpecifications('egress-only-internet-gateway'),
  }).EgressOnlyInternetGateway.EgressOnlyInternetGatewayId;
  const table = ec2('CreateRouteTable', { VpcId, TagSpecifications: TagSpecifications('route-table') }).RouteTable
    .RouteTableId;
  const association = ec2('AssociateRouteTable', { RouteTableId: table, SubnetId }).AssociationId;
  ec2('AssociateRouteTable', { RouteTableId: table, GatewayId: igw });
  const route = (input: object) => ec2('CreateRoute', { RouteTableId: table, ...input });
  route({ DestinationCidrBlock: '192.0.2.0/24', NetworkInterfaceId: eni.NetworkInterfaceId });
  route({ DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: eigw });
  route({ DestinationPrefixListId: list, GatewayId: igw });
  const acl = ec2('CreateNetworkAcl', { VpcId, TagSpecifications: TagSpecifications('network-acl') }).NetworkAcl
    .NetworkAclId;
  const entry = { NetworkAclId: acl, RuleAction: 'allow', Egress: false };
  ec2('CreateNetworkAclEntry', {
    ...entry,
    RuleNumber: 7,
    Protocol: '6',
    CidrBlock: '10.8.0.0/16',
    PortRange: { From: 8, To: 9 },
  });
  ec2('CreateNetworkAclEntry', {
    ...entry,
    RuleNumber: 8,
    Protocol: '58',
    Ipv6CidrBlock: '2001:db8::/32',
    IcmpTypeCode: { Type: 3, Code: 4 },
  });
  const [{ NetworkAclId: oldAcl, Associations }] = ec2('DescribeNetworkAcls', {
    Filters: [{ Name: 'association.subnet-id', Values: [SubnetId] }],
  }).NetworkAcls;
  const guard = ec2('ReplaceNetworkAclAssociation', {
    AssociationId: Associations[0].NetworkAclAssociationId,
    NetworkAclId: acl,
  }).NewAssociationId;
  const dhcp = ec2('CreateDhcpOptions', {
    DhcpConfigurations: [{ Key: 'ntp-servers', Values: ['169.254.169.123'] }],
    TagSpecifications: TagSpecifications('dhcp-options'),
  }).DhcpOptions.DhcpOptionsId;
  ec2('AssociateDhcpOptions', { DhcpOptionsId: dhcp, VpcId });
  const reservation = ec2('CreateSubnetCidrReservation', {
    SubnetId,
    Cidr: '10.0.1.16/28',
    ReservationType: 'explicit',
    TagSpecifications: TagSpecifications('subnet-cidr-reservation'),
  }).SubnetCidrReservation.SubnetCidrReservationId;
  ec2('CreateSubnetCidrReservation', { SubnetId, Cidr: '10.0.1.32/28', ReservationType: 'prefix' });
  const [row] = ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [eni.NetworkInterfaceId] }).NetworkInterfaces;
  return {
    ec2,
    sim,
    vpc,
    VpcId,
    subnet,
    SubnetId,
    ipv6,
    list,
    group,
    rules,
    row,
    igw,
    eigw,
    table,
    association,
    acl,
    oldAcl,
    guard,
    dhcp,
    reservation,
  };
}
