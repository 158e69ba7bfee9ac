import type { SimulationServer } from '@postern/simulator';
import { alibabaCall, until } from '../alibaba/alibaba-network.js';

/** The states that docs/tutorial.md, docs/adopt.md and docs/move.md begin with. Their snapshots are in docs/tutorial. */

const REGION = 'eu-west-1';

/** AWS: a VPC with two private subnets, an internal ALB in front of two addresses, and an HTTP API without routes. */
export async function shop({ simulation }: SimulationServer): Promise<Shop> {
  const { ec2, elasticLoadBalancingV2: balancing, apiGatewayV2: gateway } = simulation.clients(REGION);
  const named = (ResourceType: 'vpc' | 'subnet' | 'security-group', Name: string) => ({
    TagSpecifications: [{ ResourceType, Tags: [{ Key: 'Name', Value: Name }] }],
  });
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.20.0.0/16', ...named('vpc', 'shop') });
  const VpcId = Vpc?.VpcId ?? '';
  const { AvailabilityZones = [] } = await ec2.describeAvailabilityZones({});
  const subnets: string[] = [];
  for (const [at, letter] of ['a', 'b'].entries()) {
    const { Subnet } = await ec2.createSubnet({
      VpcId,
      CidrBlock: `10.20.${at + 1}.0/24`,
      AvailabilityZoneId: AvailabilityZones[at]?.ZoneId,
      ...named('subnet', `private-${letter}`),
    });
    subnets.push(Subnet?.SubnetId ?? '');
  }
  const group = async (GroupName: string, port: number, from: object): Promise<string> => {
    const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId, GroupName, Description: GroupName });
    await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...from }],
    });
    return GroupId;
  };
  const front = await group('orders-alb', 80, { IpRanges: [{ CidrIp: '10.20.1.0/24' }, { CidrIp: '10.20.2.0/24' }] });
  const back = await group('orders', 8080, { UserIdGroupPairs: [{ GroupId: front }] });
  for (const [at, SubnetId] of subnets.entries())
    await ec2.runInstances({
      ImageId: 'ami-0a1b2c3d4e5f60718',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      SubnetId,
      PrivateIpAddress: `10.20.${at + 1}.10`,
      SecurityGroupIds: [back],
    });
  const { LoadBalancers } = await balancing.createLoadBalancer({
    Name: 'orders-alb',
    Scheme: 'internal',
    Subnets: subnets,
    SecurityGroups: [front],
  });
  const { TargetGroups } = await balancing.createTargetGroup({
    Name: 'orders',
    Protocol: 'HTTP',
    Port: 8080,
    VpcId,
    TargetType: 'ip',
  });
  const TargetGroupArn = TargetGroups?.[0]?.TargetGroupArn;
  await balancing.registerTargets({ TargetGroupArn, Targets: [{ Id: '10.20.1.10' }, { Id: '10.20.2.10' }] });
  const { Listeners } = await balancing.createListener({
    LoadBalancerArn: LoadBalancers?.[0]?.LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  });
  const { ApiId = '' } = await gateway.createApi({ Name: 'shop', ProtocolType: 'HTTP' });
  await gateway.createStage({ ApiId, StageName: '$default', AutoDeploy: true });
  await simulation.advance(600_000);
  return { api: ApiId, subnets, vpc: VpcId, listener: Listeners?.[0]?.ListenerArn ?? '' };
}

export interface Shop {
  readonly api: string;
  readonly vpc: string;
  readonly subnets: readonly string[];
  readonly listener: string;
}

/** The same, with a VPC link and two routes that were created outside of Postern. */
export async function shopWithLink(server: SimulationServer): Promise<void> {
  const { simulation } = server;
  const { api, vpc, subnets, listener } = await shop(server);
  const { ec2, apiGatewayV2: gateway } = simulation.clients(REGION);
  const { GroupId = '' } = await ec2.createSecurityGroup({ VpcId: vpc, GroupName: 'link', Description: 'link' });
  const { VpcLinkId } = await gateway.createVpcLink({
    Name: 'orders',
    SubnetIds: [...subnets],
    SecurityGroupIds: [GroupId],
  });
  await simulation.advance(600_000);
  const { IntegrationId = '' } = await gateway.createIntegration({
    ApiId: api,
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: listener,
    ConnectionType: 'VPC_LINK',
    ConnectionId: VpcLinkId,
    PayloadFormatVersion: '1.0',
  });
  for (const RouteKey of ['ANY /orders/{proxy+}', 'GET /health'])
    await gateway.createRoute({ ApiId: api, RouteKey, Target: `integrations/${IntegrationId}` });
}

/** Alibaba Cloud: a VPC, a server, a VPC integration instance, and an API group with two published APIs, all created outside of Postern. */
export async function store(server: SimulationServer): Promise<Place> {
  const call = alibabaCall(server);
  const { VpcId } = await call('Vpc', 'CreateVpc', { CidrBlock: '10.30.0.0/16', VpcName: 'store' });
  await until(server, async () => (await call('Vpc', 'DescribeVpcAttribute', { VpcId }))['Status'] === 'Available');
  const zones = [];
  const guard = await call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: 'link' });
  for (const [at, letter] of ['j', 'k'].entries()) {
    const CidrBlock = `10.30.${at + 1}.0/24`;
    const zone = { ZoneId: `cn-hangzhou-${letter}`, CidrBlock };
    const { VSwitchId } = await call('Vpc', 'CreateVSwitch', { VpcId, VSwitchName: `private-${letter}`, ...zone });
    zones.push({ ...zone, VSwitchId, SecurityGroupId: guard['SecurityGroupId'] });
  }
  const { SecurityGroupId } = await call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: 'orders' });
  await call('Ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId,
    IpProtocol: 'TCP',
    PortRange: '8080/8080',
    SourceCidrIp: '10.30.0.0/16',
  });
  await server.simulation.advance(60_000);
  const made = await call('Ecs', 'RunInstances', {
    ImageId: 'aliyun_3_x64_20G_alibase_20240528.vhd',
    InstanceType: 'ecs.g7.large',
    InstanceName: 'orders',
    VSwitchId: zones[0]?.VSwitchId,
    SecurityGroupId,
    PrivateIpAddress: '10.30.1.10',
  });
  const [machine = ''] = (made as unknown as { InstanceIdSets: { InstanceIdSet: string[] } }).InstanceIdSets
    .InstanceIdSet;
  const { InstanceId = '' } = await call('CloudAPI', 'CreateInstance', {
    InstanceName: 'store',
    InstanceSpec: 'api.s1.small',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    InstanceType: 'vpc_connect',
    InstanceCidr: '192.168.0.0/16',
    UserVpcId: VpcId,
    ZoneVSwitchSecurityGroup: zones,
    Token: 'store',
  });
  await server.simulation.advance(3_600_000);
  const { GroupId } = await call('CloudAPI', 'CreateApiGroup', { GroupName: 'store', InstanceId });
  await call('CloudAPI', 'SetVpcAccess', { Name: 'orders', VpcId, InstanceId: machine, Port: 8080 });
  for (const [name, RequestPath] of [
    ['orders', '/orders'],
    ['stock', '/stock'],
  ]) {
    const { ApiId } = await call('CloudAPI', 'CreateApi', {
      GroupId,
      ApiName: name,
      Visibility: 'PRIVATE',
      AuthType: 'APP',
      RequestConfig: JSON.stringify({
        RequestProtocol: 'HTTP,HTTPS',
        RequestHttpMethod: 'GET',
        RequestPath,
        RequestMode: 'PASSTHROUGH',
      }),
      ServiceConfig: JSON.stringify({
        ServiceProtocol: 'HTTP',
        ServicePath: RequestPath,
        ServiceHttpMethod: 'GET',
        ServiceVpcEnable: 'TRUE',
        VpcConfig: { Name: 'orders', VpcScheme: 'http' },
      }),
    });
    await call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
  }
  await server.simulation.advance(3_600_000);
  return { UserVpcId: VpcId, ZoneVSwitchSecurityGroup: zones };
}

/** Where instances of API Gateway are created. */
interface Place {
  readonly UserVpcId: string | undefined;
  readonly ZoneVSwitchSecurityGroup: readonly object[];
}

/** The same, with a second instance in the same VPC that serves nothing yet. */
export async function storeThatMoves(server: SimulationServer): Promise<void> {
  const place = await store(server);
  await alibabaCall(server)('CloudAPI', 'CreateInstance', {
    InstanceName: 'store-2',
    InstanceSpec: 'api.s1.medium',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    InstanceType: 'vpc_connect',
    InstanceCidr: '172.16.0.0/12',
    ...place,
    Token: 'store-2',
  });
  await server.simulation.advance(3_600_000);
}
