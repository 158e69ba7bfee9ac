import type { SimulatedClients } from '../../../src/internal/simulation.js';

/** A second network whose values the first one does not have, so that each filter omits something. */
export async function secondNetwork({ ec2 }: SimulatedClients): Promise<void> {
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.50.0.0/16', AmazonProvidedIpv6CidrBlock: true });
  const { VpcId, Ipv6CidrBlockAssociationSet: [block] = [] } = Vpc ?? {};
  await ec2.modifyVpcAttribute({ VpcId, EnableDnsHostnames: { Value: true } });
  const { Subnet } = await ec2.createSubnet({
    VpcId,
    CidrBlock: '10.50.1.0/24',
    Ipv6CidrBlock: block?.Ipv6CidrBlock?.replace('/56', '/64'),
    AvailabilityZone: 'eu-west-1b',
  });
  const { SubnetId } = Subnet ?? {};
  for (const attribute of [
    { EnableDns64: { Value: true } },
    { EnableLniAtDeviceIndex: 1 },
    { PrivateDnsHostnameTypeOnLaunch: 'resource-name' as const },
    { EnableResourceNameDnsARecordOnLaunch: { Value: true } },
    { EnableResourceNameDnsAAAARecordOnLaunch: { Value: true } },
  ]) {
    await ec2.modifySubnetAttribute({ SubnetId, ...attribute });
  }
  const list = { PrefixListName: 'partners', AddressFamily: 'IPv4', MaxEntries: 1 };
  const { PrefixListId } = (await ec2.createManagedPrefixList(list)).PrefixList ?? {};
  const { GroupId } = await ec2.createSecurityGroup({ GroupName: 'web', Description: 'the web', VpcId });
  const permission = {
    IpProtocol: 'tcp',
    FromPort: 81,
    ToPort: 82,
    IpRanges: [{ CidrIp: '10.7.0.0/16' }],
    Ipv6Ranges: [{ CidrIpv6: '2001:db8:1::/48' }],
    PrefixListIds: [{ PrefixListId }],
    UserIdGroupPairs: [{ GroupId }],
  };
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: [permission] });
  await ec2.authorizeSecurityGroupEgress({ GroupId, IpPermissions: [permission] });
  const { NetworkInterface } = await ec2.createNetworkInterface({ SubnetId, Ipv6AddressCount: 1 });
  const { NetworkInterfaceId } = NetworkInterface ?? {};
  await ec2.modifyNetworkInterfaceAttribute({ NetworkInterfaceId, SourceDestCheck: { Value: false } });
  const { InternetGatewayId } = (await ec2.createInternetGateway({})).InternetGateway ?? {};
  await ec2.attachInternetGateway({ InternetGatewayId, VpcId });
  const { EgressOnlyInternetGateway } = await ec2.createEgressOnlyInternetGateway({ VpcId });
  const { EgressOnlyInternetGatewayId } = EgressOnlyInternetGateway ?? {};
  const { RouteTableId } = (await ec2.createRouteTable({ VpcId })).RouteTable ?? {};
  await ec2.associateRouteTable({ RouteTableId, SubnetId });
  await ec2.associateRouteTable({ RouteTableId, GatewayId: InternetGatewayId });
  await ec2.createRoute({ RouteTableId, DestinationCidrBlock: '192.0.2.0/24', NetworkInterfaceId });
  await ec2.createRoute({ RouteTableId, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId });
  const { NetworkAclId } = (await ec2.createNetworkAcl({ VpcId })).NetworkAcl ?? {};
  await ec2.createNetworkAclEntry({
    NetworkAclId,
    RuleAction: 'deny',
    Egress: false,
    RuleNumber: 8,
    Protocol: '58',
    Ipv6CidrBlock: '2001:db8::/32',
    IcmpTypeCode: { Type: 3, Code: 4 },
  });
  const { DhcpOptions } = await ec2.createDhcpOptions({
    DhcpConfigurations: [{ Key: 'ntp-servers', Values: ['169.254.169.123'] }],
  });
  await ec2.associateDhcpOptions({ DhcpOptionsId: DhcpOptions?.DhcpOptionsId, VpcId });
}
