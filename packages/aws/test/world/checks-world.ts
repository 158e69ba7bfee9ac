import type { Simulation } from '@postern/simulator';
import { runInstance } from '../../../simulator/test/aws/run-instance.js';

type Fields = Readonly<Record<string, unknown>>;
type Service = Parameters<Simulation['call']>[0]['service'];

/** A region that has one of everything that checks read. */
export interface ChecksWorld {
  readonly vpcId: string;
  readonly otherVpcId: string;
  readonly subnetIds: readonly [string, string];
  readonly linkGroup: string;
  readonly backendGroup: string;
  readonly prefixListId: string;
  readonly backendsListId: string;
  readonly peeringId: string;
  readonly transitGatewayId: string;
  readonly vpnGatewayId: string;
  readonly aclId: string;
  readonly tableId: string;
  readonly albArn: string;
  readonly nlbArn: string;
  readonly httpsListener: string;
  readonly redirectListener: string;
  readonly tcpListener: string;
  readonly albListener: string;
  readonly certificateArn: string;
  readonly otherCertificate: string;
  readonly serviceArn: string;
  readonly apiId: string;
}

/** Builds it; takes some simulated minutes, until load balancers, certificate and gateways are ready. */
export async function buildChecksWorld(simulation: Simulation, region: string): Promise<ChecksWorld> {
  const call = (service: Service, operation: string, input: Fields): any =>
    simulation.call({ service, operation, region }, input);
  const ec2 = (operation: string, input: Fields) => call('ec2', operation, input);
  const elb = (operation: string, input: Fields) => call('elasticloadbalancingv2', operation, input);

  // Networks: the link's, with a second and an IPv6 block, and one that is connected to it twice.
  const vpcId: string = ec2('CreateVpc', { CidrBlock: '10.20.0.0/16', AmazonProvidedIpv6CidrBlock: true }).Vpc.VpcId;
  const otherVpcId: string = ec2('CreateVpc', { CidrBlock: '10.30.0.0/16' }).Vpc.VpcId;
  await simulation.advance(60_000);
  ec2('AssociateVpcCidrBlock', { VpcId: vpcId, CidrBlock: '10.21.0.0/16' });
  const six: string = ec2('DescribeVpcs', { VpcIds: [vpcId] }).Vpcs[0].Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock;
  const subnet = (VpcId: string, CidrBlock: string, zone: string, more: Fields = {}): string =>
    ec2('CreateSubnet', { VpcId, CidrBlock, AvailabilityZone: `${region}${zone}`, ...more }).Subnet.SubnetId;
  const first = subnet(vpcId, '10.20.0.0/24', 'a', { Ipv6CidrBlock: six.replace(/::\/\d+$/, '::/64') });
  const second = subnet(vpcId, '10.21.1.0/24', 'b');
  const there = subnet(otherVpcId, '10.30.0.0/24', 'a');
  const group = (VpcId: string, GroupName: string): string =>
    ec2('CreateSecurityGroup', { VpcId, GroupName, Description: GroupName }).GroupId;
  const linkGroup = group(vpcId, 'link');
  const backendGroup = group(vpcId, 'backend');
  const otherGroup = group(otherVpcId, 'other');

  const prefixListId: string = ec2('CreateManagedPrefixList', {
    PrefixListName: 'offices',
    MaxEntries: 5,
    AddressFamily: 'IPv4',
    Entries: [{ Cidr: '10.77.0.0/16' }, { Cidr: '10.78.0.0/24' }],
  }).PrefixList.PrefixListId;
  const backendsListId: string = ec2('CreateManagedPrefixList', {
    PrefixListName: 'backends',
    MaxEntries: 2,
    AddressFamily: 'IPv4',
    Entries: [{ Cidr: '10.20.0.0/16' }, { Cidr: '10.21.0.0/16' }],
  }).PrefixList.PrefixListId;
  // One that is not used is not read.
  ec2('CreateManagedPrefixList', { PrefixListName: 'unused', MaxEntries: 1, AddressFamily: 'IPv4' });

  // Paths between networks, and out of them.
  const peeringId: string = ec2('CreateVpcPeeringConnection', { VpcId: vpcId, PeerVpcId: otherVpcId })
    .VpcPeeringConnection.VpcPeeringConnectionId;
  await simulation.advance(10_000);
  ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: peeringId });
  const transitGatewayId: string = ec2('CreateTransitGateway', {}).TransitGateway.TransitGatewayId;
  await simulation.advance(600_000);
  const attach = (VpcId: string, SubnetIds: string[]) =>
    ec2('CreateTransitGatewayVpcAttachment', { TransitGatewayId: transitGatewayId, VpcId, SubnetIds })
      .TransitGatewayVpcAttachment.TransitGatewayAttachmentId as string;
  attach(vpcId, [first]);
  const farAttachment = attach(otherVpcId, [there]);
  await simulation.advance(600_000);
  const [transitTable] = ec2('DescribeTransitGatewayRouteTables', {}).TransitGatewayRouteTables;
  const transitRoute = (more: Fields) =>
    ec2('CreateTransitGatewayRoute', {
      TransitGatewayRouteTableId: transitTable.TransitGatewayRouteTableId,
      ...more,
    });
  transitRoute({ DestinationCidrBlock: '10.99.0.0/16', TransitGatewayAttachmentId: farAttachment });
  transitRoute({ DestinationCidrBlock: '10.66.0.0/16', Blackhole: true });

  const vpnGatewayId: string = ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway.VpnGatewayId;
  ec2('AttachVpnGateway', { VpnGatewayId: vpnGatewayId, VpcId: vpcId });
  const { CustomerGatewayId } = ec2('CreateCustomerGateway', {
    Type: 'ipsec.1',
    BgpAsn: 65_000,
    IpAddress: '198.51.100.7',
  }).CustomerGateway;
  const vpn = (StaticRoutesOnly: boolean): string =>
    ec2('CreateVpnConnection', {
      Type: 'ipsec.1',
      CustomerGatewayId,
      VpnGatewayId: vpnGatewayId,
      Options: { StaticRoutesOnly },
    }).VpnConnection.VpnConnectionId;
  const staticVpn = vpn(true);
  const { CustomerGatewayId: secondGateway } = ec2('CreateCustomerGateway', {
    Type: 'ipsec.1',
    BgpAsn: 65_001,
    IpAddress: '198.51.100.8',
  }).CustomerGateway;
  ec2('CreateVpnConnection', { Type: 'ipsec.1', CustomerGatewayId: secondGateway, VpnGatewayId: vpnGatewayId });
  await simulation.advance(900_000);
  ec2('CreateVpnConnectionRoute', { VpnConnectionId: staticVpn, DestinationCidrBlock: '192.168.10.0/24' });
  await simulation.advance(60_000);
  simulation.plant(region, { kind: 'vpn-device', vpnConnectionId: staticVpn, tunnels: 'UP' });
  const directGateway = simulation.plant(region, { kind: 'direct-connect-gateway' });
  simulation.plant(region, {
    kind: 'direct-connect-association',
    directConnectGatewayId: directGateway,
    gatewayId: vpnGatewayId,
  });
  simulation.plant(region, { kind: 'virtual-interface', virtualGatewayId: vpnGatewayId, announces: ['10.200.0.0/16'] });
  simulation.plant(region, {
    kind: 'virtual-interface',
    directConnectGatewayId: directGateway,
    announces: ['10.201.0.0/16'],
    bgp: 'down',
  });

  // A table and an ACL of one subnet's own; the other keeps what its network has.
  const tableId: string = ec2('CreateRouteTable', { VpcId: vpcId }).RouteTable.RouteTableId;
  ec2('AssociateRouteTable', { RouteTableId: tableId, SubnetId: first });
  const route = (more: Fields) => ec2('CreateRoute', { RouteTableId: tableId, ...more });
  route({ DestinationCidrBlock: '10.30.0.0/16', VpcPeeringConnectionId: peeringId });
  route({ DestinationCidrBlock: '10.99.0.0/16', TransitGatewayId: transitGatewayId });
  route({ DestinationPrefixListId: prefixListId, GatewayId: vpnGatewayId });
  const [main] = ec2('DescribeRouteTables', {
    Filters: [
      { Name: 'vpc-id', Values: [vpcId] },
      { Name: 'association.main', Values: ['true'] },
    ],
  }).RouteTables;
  for (const RouteTableId of [tableId, main.RouteTableId]) {
    ec2('EnableVgwRoutePropagation', { RouteTableId, GatewayId: vpnGatewayId });
  }
  const spare: string = ec2('CreateNetworkInterface', { SubnetId: second }).NetworkInterface.NetworkInterfaceId;
  route({ DestinationCidrBlock: '10.55.0.0/16', NetworkInterfaceId: spare }); // attached to nothing: a blackhole
  ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: spare, SourceDestCheck: { Value: false } });
  const aclId: string = ec2('CreateNetworkAcl', { VpcId: vpcId }).NetworkAcl.NetworkAclId;
  const entry = (RuleNumber: number, Egress: boolean, more: Fields) =>
    ec2('CreateNetworkAclEntry', { NetworkAclId: aclId, RuleNumber, Egress, ...more });
  entry(200, false, {
    Protocol: '6',
    RuleAction: 'allow',
    CidrBlock: '10.0.0.0/8',
    PortRange: { From: 80, To: 65_535 },
  });
  entry(100, false, { Protocol: '6', RuleAction: 'deny', CidrBlock: '10.66.0.0/16', PortRange: { From: 22, To: 22 } });
  entry(100, true, { Protocol: '-1', RuleAction: 'allow', Ipv6CidrBlock: '::/0' });
  entry(120, true, { Protocol: '6', RuleAction: 'allow', CidrBlock: '0.0.0.0/0', PortRange: { From: 80, To: 65_535 } });
  entry(110, true, {
    Protocol: '1',
    RuleAction: 'allow',
    CidrBlock: '0.0.0.0/0',
    IcmpTypeCode: { Type: 8, Code: -1 },
  });
  const associated = ec2('DescribeNetworkAcls', {
    Filters: [{ Name: 'association.subnet-id', Values: [first] }],
  }).NetworkAcls[0].Associations.find(({ SubnetId }: Fields) => SubnetId === first);
  ec2('ReplaceNetworkAclAssociation', {
    AssociationId: associated.NetworkAclAssociationId,
    NetworkAclId: aclId,
  });

  const egress = (GroupId: string, IpPermissions: readonly Fields[]) =>
    ec2('AuthorizeSecurityGroupEgress', { GroupId, IpPermissions });
  const ingress = (GroupId: string, IpPermissions: readonly Fields[]) =>
    ec2('AuthorizeSecurityGroupIngress', { GroupId, IpPermissions });
  const tcp = (port: number, more: Fields) => ({ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...more });
  ec2('RevokeSecurityGroupEgress', {
    GroupId: linkGroup,
    IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
  });
  egress(linkGroup, [
    tcp(443, { UserIdGroupPairs: [{ GroupId: backendGroup }] }),
    tcp(80, { PrefixListIds: [{ PrefixListId: backendsListId }] }),
    tcp(5432, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] }),
    tcp(8080, { IpRanges: [{ CidrIp: '10.20.0.0/24' }] }),
    { IpProtocol: '-1', Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32', Description: 'abroad' }] },
  ]);
  ingress(backendGroup, [
    tcp(443, { UserIdGroupPairs: [{ GroupId: linkGroup }] }),
    tcp(80, { UserIdGroupPairs: [{ GroupId: linkGroup }] }),
    tcp(5432, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] }),
    tcp(444, { UserIdGroupPairs: [{ GroupId: otherGroup }] }),
    tcp(8080, { UserIdGroupPairs: [{ GroupId: linkGroup }] }),
    // What a load balancer sends to its targets, and one load balancer to another.
    { IpProtocol: 'tcp', FromPort: 0, ToPort: 65_535, UserIdGroupPairs: [{ GroupId: backendGroup }] },
    { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
  ]);

  // Backends: instances, and what forwards to them.
  for (const address of ['10.20.0.40', '10.21.1.40', '10.21.1.41', '10.20.0.50', '10.20.0.51']) {
    const SubnetId = address.startsWith('10.20.') ? first : second;
    runInstance(ec2, { SubnetId, PrivateIpAddress: address, SecurityGroupIds: [backendGroup] });
  }
  const certificate = (DomainName: string, more: Fields = {}): string =>
    call('acm', 'RequestCertificate', { DomainName, ValidationMethod: 'DNS', ...more }).CertificateArn;
  const certificateArn = certificate('shop.internal.example.com', {
    SubjectAlternativeNames: ['*.shop.internal.example.com'],
  });
  const otherCertificate = certificate('other.example.com');
  await simulation.advance(600_000);
  const balancer = (Name: string, Type: string, more: Fields): string =>
    elb('CreateLoadBalancer', { Name, Type, Scheme: 'internal', Subnets: [first, second], ...more }).LoadBalancers[0]
      .LoadBalancerArn;
  const albArn = balancer('orders', 'application', { SecurityGroups: [backendGroup] });
  const nlbArn = balancer('front', 'network', { SecurityGroups: [backendGroup] });
  const targets = (Name: string, more: Fields): string =>
    elb('CreateTargetGroup', { Name, VpcId: vpcId, ...more }).TargetGroups[0].TargetGroupArn;
  const http = targets('http', { Protocol: 'HTTP', Port: 8080, TargetType: 'ip' });
  const alb = targets('alb', { Protocol: 'TCP', Port: 443, TargetType: 'alb' });
  const raw = targets('raw', { Protocol: 'TCP', Port: 5432, TargetType: 'ip', HealthCheckPort: '8086' });
  const listener = (
    LoadBalancerArn: string,
    Protocol: string,
    Port: number,
    action: Fields,
    more: Fields = {},
  ): string =>
    elb('CreateListener', { LoadBalancerArn, Protocol, Port, DefaultActions: [action], ...more }).Listeners[0]
      .ListenerArn;
  const forward = (TargetGroupArn: string) => ({ Type: 'forward', TargetGroupArn });
  const httpsListener = listener(albArn, 'HTTPS', 443, forward(http), {
    Certificates: [{ CertificateArn: certificateArn }],
  });
  elb('AddListenerCertificates', {
    ListenerArn: httpsListener,
    Certificates: [{ CertificateArn: otherCertificate }],
  });
  const redirectListener = listener(albArn, 'HTTP', 80, {
    Type: 'redirect',
    RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' },
  });
  elb('CreateRule', {
    ListenerArn: redirectListener,
    Priority: 5,
    Conditions: [{ Field: 'path-pattern', Values: ['/plain/*'] }],
    Actions: [forward(http)],
  });
  const tcpListener = listener(nlbArn, 'TCP', 5432, forward(raw));
  const albListener = listener(nlbArn, 'TCP', 443, forward(alb));
  await simulation.advance(600_000);
  elb('RegisterTargets', { TargetGroupArn: http, Targets: [{ Id: '10.20.0.40' }, { Id: '10.21.1.40', Port: 9090 }] });
  elb('RegisterTargets', {
    TargetGroupArn: raw,
    // One that fails its checks, and two beyond the lines of the virtual private gateway.
    Targets: [
      { Id: '10.21.1.41' },
      { Id: '192.168.10.5', AvailabilityZone: 'all' },
      { Id: '10.200.0.7', AvailabilityZone: 'all' },
    ],
  });
  elb('RegisterTargets', { TargetGroupArn: alb, Targets: [{ Id: albArn }] });
  await simulation.advance(600_000);
  simulation.plant(region, {
    kind: 'target-health',
    targetGroupArn: raw,
    targetId: '10.21.1.41',
    state: 'unhealthy',
    reason: 'Target.Timeout',
    shifted: true,
  });

  const map = (operation: string, input: Fields) => call('servicediscovery', operation, input);
  const { OperationId } = map('CreatePrivateDnsNamespace', { Name: 'internal', Vpc: vpcId });
  await simulation.advance(120_000);
  const namespace = map('GetOperation', { OperationId }).Operation.Targets.NAMESPACE;
  const { Service } = map('CreateService', {
    Name: 'orders',
    NamespaceId: namespace,
    DnsConfig: { DnsRecords: [{ Type: 'SRV', TTL: 10 }] },
    HealthCheckCustomConfig: {},
  });
  for (const [id, address] of [
    ['one', '10.20.0.50'],
    ['two', '10.20.0.51'],
  ]) {
    map('RegisterInstance', {
      ServiceId: Service.Id,
      InstanceId: id,
      Attributes: { AWS_INSTANCE_IPV4: address, AWS_INSTANCE_PORT: '8080' },
    });
  }
  await simulation.advance(120_000);
  map('UpdateInstanceCustomHealthStatus', { ServiceId: Service.Id, InstanceId: 'two', Status: 'UNHEALTHY' });

  const { ApiId: apiId } = call('apigatewayv2', 'CreateApi', { Name: 'shop', ProtocolType: 'HTTP' });
  call('apigatewayv2', 'CreateStage', { ApiId: apiId, StageName: 'prod' });
  return {
    vpcId,
    otherVpcId,
    subnetIds: [first, second],
    linkGroup,
    backendGroup,
    prefixListId,
    backendsListId,
    peeringId,
    transitGatewayId,
    vpnGatewayId,
    aclId,
    tableId,
    albArn,
    nlbArn,
    httpsListener,
    redirectListener,
    tcpListener,
    albListener,
    certificateArn,
    otherCertificate,
    serviceArn: Service.Arn,
    apiId,
  };
}
