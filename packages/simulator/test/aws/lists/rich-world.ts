import { simulate } from '../../../src/index.js';
import { containerServices } from './container-services.js';
import { joinedNetworks } from './joined-networks.js';
import { plainCollections } from './plain-collections.js';
import { restApis } from './rest-apis.js';
import { restSettings } from './rest-settings.js';
import { webSocketApi } from './web-socket-api.js';

export const REGION = 'eu-west-1';

/** A world in which every list has different items: several, with tags, and all kinds of values. */
export async function richWorld() {
  const sim = simulate({ seed: 11, throttle: false, quotas: { vpcs: 20, 'transit-gateways': 20, 'vpn-gateways': 20 } });
  const clients = sim.clients(REGION);
  const { ec2, apiGatewayV2, elasticLoadBalancingV2: elb, serviceDiscovery, acm } = clients;
  const tags = (ResourceType: string, Name: string) => [
    {
      ResourceType: ResourceType as never,
      Tags: [
        { Key: 'Name', Value: Name },
        { Key: 'team', Value: 'payments' },
      ],
    },
  ];
  const must = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the world could not be built');
    return value;
  };

  const { Vpc } = await ec2.createVpc({
    CidrBlock: '10.20.0.0/16',
    TagSpecifications: tags('vpc', 'shop'),
    AmazonProvidedIpv6CidrBlock: true,
  });
  const vpcId = must(Vpc?.VpcId);
  await ec2.associateVpcCidrBlock({ VpcId: vpcId, CidrBlock: '10.30.0.0/16' });
  const { Vpc: other } = await ec2.createVpc({ CidrBlock: '10.40.0.0/16' });
  const otherVpcId = must(other?.VpcId);
  const subnetIds: string[] = [];
  for (const [index, zone] of ['a', 'b', 'c'].entries()) {
    const { Subnet } = await ec2.createSubnet({
      VpcId: vpcId,
      CidrBlock: `10.20.${index}.0/24`,
      AvailabilityZone: `${REGION}${zone}`,
      TagSpecifications: tags('subnet', `shop-${zone}`),
    });
    subnetIds.push(must(Subnet?.SubnetId));
  }
  const [subnetId = '', secondSubnetId = ''] = subnetIds;
  for (const CidrBlock of ['10.20.0.128/28', '10.20.0.160/28']) {
    await ec2.createSubnetCidrReservation({
      SubnetId: subnetId,
      Cidr: CidrBlock,
      ReservationType: CidrBlock.includes('128') ? 'explicit' : 'prefix',
    });
  }

  const groupIds: string[] = [];
  for (const GroupName of ['link', 'balancer', 'target']) {
    const { GroupId } = await ec2.createSecurityGroup({
      GroupName,
      Description: `group of the ${GroupName}`,
      VpcId: vpcId,
      TagSpecifications: tags('security-group', GroupName),
    });
    groupIds.push(must(GroupId));
  }
  const [linkGroup = '', balancerGroup = '', targetGroup = ''] = groupIds;
  const prefixLists: string[] = [];
  for (const PrefixListName of ['offices', 'branches']) {
    const { PrefixList } = await ec2.createManagedPrefixList({
      PrefixListName,
      AddressFamily: 'IPv4',
      MaxEntries: 5,
      Entries: [{ Cidr: '192.0.2.0/24', Description: 'a' }, { Cidr: '198.51.100.0/24' }, { Cidr: '203.0.113.0/24' }],
      TagSpecifications: tags('prefix-list', PrefixListName),
    });
    prefixLists.push(must(PrefixList?.PrefixListId));
  }
  const [prefixListId = ''] = prefixLists;
  await ec2.authorizeSecurityGroupIngress({
    GroupId: balancerGroup,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: linkGroup }] },
      {
        IpProtocol: 'tcp',
        FromPort: 80,
        ToPort: 90,
        IpRanges: [{ CidrIp: '10.0.0.0/8' }],
        Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }],
      },
      { IpProtocol: 'icmp', FromPort: 8, ToPort: -1, IpRanges: [{ CidrIp: '10.20.0.0/16' }] },
    ],
  });
  await ec2.authorizeSecurityGroupEgress({
    GroupId: linkGroup,
    IpPermissions: [
      { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, UserIdGroupPairs: [{ GroupId: balancerGroup }] },
      { IpProtocol: 'tcp', FromPort: 8443, ToPort: 8444, PrefixListIds: [{ PrefixListId: prefixListId }] },
      { IpProtocol: 'udp', FromPort: 53, ToPort: 53, Ipv6Ranges: [{ CidrIpv6: '2001:db8::/32' }] },
    ],
  });
  const interfaceIds: string[] = [];
  for (const GroupId of [targetGroup, linkGroup]) {
    const { NetworkInterface } = await ec2.createNetworkInterface({
      SubnetId: subnetId,
      Groups: [GroupId],
      Description: `of ${GroupId}`,
      TagSpecifications: tags('network-interface', GroupId),
    });
    interfaceIds.push(must(NetworkInterface?.NetworkInterfaceId));
  }
  for (const Source of [...interfaceIds, ...interfaceIds.slice(0, 1)]) {
    const { NetworkInsightsPath } = await ec2.createNetworkInsightsPath({
      Source,
      Destination: interfaceIds[0],
      Protocol: 'tcp',
      ClientToken: undefined,
      FilterAtSource: { DestinationAddress: '10.20.0.9', SourceAddress: '10.20.0.8' },
      FilterAtDestination: { DestinationAddress: '10.20.0.9', SourceAddress: '10.20.0.8' },
      TagSpecifications: tags('network-insights-path', Source),
    });
    await ec2.startNetworkInsightsAnalysis({
      NetworkInsightsPathId: NetworkInsightsPath?.NetworkInsightsPathId,
      ClientToken: undefined,
      TagSpecifications: tags('network-insights-analysis', Source),
    });
  }

  const image = { ImageId: 'ami-0a1b2c3d4e5f60718', MinCount: 1, MaxCount: 1 };
  for (const [at, SubnetId] of [
    subnetId,
    secondSubnetId,
    subnetId,
    secondSubnetId,
    subnetId,
    subnetId,
    subnetId,
  ].entries()) {
    const launched = await ec2.runInstances({
      ...image,
      SubnetId,
      SecurityGroupIds: [at % 2 === 0 ? targetGroup : linkGroup],
      InstanceType: at % 2 === 0 ? 't3.micro' : 'm5.large',
      KeyName: at === 0 ? 'operators' : undefined,
      ClientToken: `launch-${at}`,
      TagSpecifications: [...tags('instance', `machine ${at}`), ...tags('network-interface', `of machine ${at}`)],
    });
    const [{ InstanceId = '' } = {}] = launched.Instances ?? [];
    if (at === 4) await ec2.terminateInstances({ InstanceIds: [InstanceId] });
  }

  const gateways: string[] = [];
  for (const name of ['one', 'two']) {
    const { InternetGateway } = await ec2.createInternetGateway({ TagSpecifications: tags('internet-gateway', name) });
    gateways.push(must(InternetGateway?.InternetGatewayId));
    await ec2.createEgressOnlyInternetGateway({
      VpcId: name === 'one' ? vpcId : otherVpcId,
      TagSpecifications: tags('egress-only-internet-gateway', name),
    });
    await ec2.createDhcpOptions({
      DhcpConfigurations: [{ Key: 'domain-name', Values: [`${name}.internal`] }],
      TagSpecifications: tags('dhcp-options', name),
    });
  }
  const [GatewayId = ''] = gateways;
  await ec2.attachInternetGateway({ InternetGatewayId: GatewayId, VpcId: vpcId });
  const { RouteTable } = await ec2.createRouteTable({ VpcId: vpcId, TagSpecifications: tags('route-table', 'public') });
  const routeTableId = must(RouteTable?.RouteTableId);
  await ec2.createRoute({ RouteTableId: routeTableId, DestinationCidrBlock: '0.0.0.0/0', GatewayId });
  await ec2.createRoute({ RouteTableId: routeTableId, DestinationPrefixListId: prefixListId, GatewayId });
  await ec2.createRoute({ RouteTableId: routeTableId, DestinationIpv6CidrBlock: '::/0', GatewayId });
  await ec2.associateRouteTable({ RouteTableId: routeTableId, SubnetId: secondSubnetId });
  const { NetworkAcl } = await ec2.createNetworkAcl({ VpcId: vpcId, TagSpecifications: tags('network-acl', 'strict') });
  const networkAclId = must(NetworkAcl?.NetworkAclId);
  const entry = { NetworkAclId: networkAclId, RuleAction: 'allow' as const };
  await ec2.createNetworkAclEntry({
    ...entry,
    RuleNumber: 100,
    Protocol: '6',
    Egress: false,
    CidrBlock: '10.0.0.0/8',
    PortRange: { From: 443, To: 444 },
  });
  await ec2.createNetworkAclEntry({
    ...entry,
    RuleNumber: 110,
    Protocol: '1',
    Egress: true,
    CidrBlock: '10.0.0.0/8',
    IcmpTypeCode: { Type: 8, Code: 0 },
  });
  await ec2.createNetworkAclEntry({
    ...entry,
    RuleNumber: 120,
    Protocol: '17',
    Egress: true,
    Ipv6CidrBlock: '::/0',
    PortRange: { From: 53, To: 53 },
  });

  const balancers: string[] = [];
  for (const Type of ['application', 'network'] as const) {
    const { LoadBalancers = [] } = await elb.createLoadBalancer({
      Name: `shop-${Type}`,
      Type,
      Scheme: 'internal',
      Subnets: [subnetId, secondSubnetId],
      SecurityGroups: [balancerGroup],
    });
    balancers.push(must(LoadBalancers[0]?.LoadBalancerArn));
  }
  const [balancerArn = '', networkBalancerArn = ''] = balancers;
  const targetGroups: string[] = [];
  for (const Name of ['orders', 'carts', 'stock']) {
    const { TargetGroups = [] } = await elb.createTargetGroup({
      Name,
      Protocol: 'HTTP',
      Port: 8080,
      VpcId: vpcId,
      TargetType: 'ip',
    });
    targetGroups.push(must(TargetGroups[0]?.TargetGroupArn));
  }
  const [targetGroupArn = ''] = targetGroups;
  const certificates: string[] = [];
  for (const DomainName of [
    'orders.internal.example.com',
    'carts.internal.example.com',
    'stock.internal.example.com',
  ]) {
    certificates.push(must((await acm.requestCertificate({ DomainName, ValidationMethod: 'DNS' })).CertificateArn));
  }
  for (const DesiredValue of [11, 12, 13]) {
    const quota = { ServiceCode: 'apigateway', QuotaCode: 'L-608BDCD4' };
    await clients.serviceQuotas.requestServiceQuotaIncrease({ ...quota, DesiredValue });
    await sim.advance(1_200_000);
  }
  const [first = '', ...more] = certificates;
  const listeners: string[] = [];
  for (const Port of [80, 8080]) {
    const { Listeners = [] } = await elb.createListener({
      LoadBalancerArn: balancerArn,
      Protocol: 'HTTP',
      Port,
      DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
    });
    listeners.push(must(Listeners[0]?.ListenerArn));
  }
  const { Listeners: secure = [] } = await elb.createListener({
    LoadBalancerArn: balancerArn,
    Protocol: 'HTTPS',
    Port: 443,
    Certificates: [{ CertificateArn: first }],
    DefaultActions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
  });
  const secureListenerArn = must(secure[0]?.ListenerArn);
  await elb.addListenerCertificates({
    ListenerArn: secureListenerArn,
    Certificates: more.map((CertificateArn) => ({ CertificateArn })),
  });
  const [listenerArn = ''] = listeners;
  for (const Priority of [1, 2, 3]) {
    await elb.createRule({
      ListenerArn: listenerArn,
      Priority,
      Conditions: [{ Field: 'path-pattern', Values: [`/${Priority}/*`] }],
      Actions: [{ Type: 'forward', TargetGroupArn: targetGroupArn }],
    });
  }

  const apiIds: string[] = [];
  for (const Name of ['orders', 'carts', 'stock']) {
    apiIds.push(must((await apiGatewayV2.createApi({ Name, ProtocolType: 'HTTP' })).ApiId));
    await apiGatewayV2.createVpcLink({ Name, SubnetIds: subnetIds, SecurityGroupIds: [linkGroup] });
  }
  const [ApiId = ''] = apiIds;
  await sim.advance(600_000);
  for (const name of ['a', 'b', 'c']) {
    const { IntegrationId } = await apiGatewayV2.createIntegration({
      ApiId,
      IntegrationType: 'HTTP_PROXY',
      IntegrationMethod: 'ANY',
      IntegrationUri: `https://${name}.example.com`,
      PayloadFormatVersion: '1.0',
    });
    await apiGatewayV2.createRoute({ ApiId, RouteKey: `GET /${name}`, Target: `integrations/${IntegrationId}` });
    await apiGatewayV2.createStage({ ApiId, StageName: name });
    await apiGatewayV2.createDeployment({ ApiId });
    await apiGatewayV2.createAuthorizer({
      ApiId,
      Name: name,
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: `https://${name}.example.com`, Audience: [name] },
    });
  }

  const serviceIds: string[] = [];
  for (const Name of ['one', 'two', 'three']) {
    await serviceDiscovery.createHttpNamespace({ Name });
    await sim.advance(60_000);
  }
  await serviceDiscovery.createPrivateDnsNamespace({ Name: 'shop.internal', Vpc: vpcId });
  await sim.advance(600_000);
  const { Namespaces = [] } = await serviceDiscovery.listNamespaces({});
  for (const [index, { Id, Type }] of Namespaces.entries()) {
    const made = await serviceDiscovery.createService({
      Name: `service${index}`,
      NamespaceId: must(Id),
      ...(Type === 'HTTP'
        ? {}
        : { DnsConfig: { DnsRecords: [{ Type: 'A' as const, TTL: 60 }] }, HealthCheckCustomConfig: {} }),
    });
    serviceIds.push(must(made.Service?.Id));
    for (const InstanceId of ['i-1', 'i-2', 'i-3']) {
      await serviceDiscovery.registerInstance({
        ServiceId: must(made.Service?.Id),
        InstanceId,
        Attributes: { AWS_INSTANCE_IPV4: `10.20.0.${10 + index}`, AWS_INSTANCE_PORT: '80' },
      });
    }
  }
  await sim.advance(600_000);
  const collections = await plainCollections(clients, { vpcId, subnetIds, routeTableId });
  const joined = await joinedNetworks(sim, clients, { vpcId, subnetIds, routeTableId });
  const rest = await restApis(sim, clients, networkBalancerArn);
  const settings = await restSettings(sim, clients, rest.restApiId);
  return {
    sim,
    clients,
    ...joined,
    ...collections,
    ...rest,
    ...settings,
    ...(await webSocketApi(clients)),
    ...(await containerServices(sim, clients, { subnetIds, groupIds })),
    vpcId,
    subnetId,
    prefixListId,
    ApiId,
    balancerArn,
    listenerArn,
    secureListenerArn,
    ServiceId: must(serviceIds.at(-1)),
    linkGroup,
  };
}

export type RichWorld = Awaited<ReturnType<typeof richWorld>>;
