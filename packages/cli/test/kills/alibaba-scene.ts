import { simulate, type AlibabaCallTarget } from '@postern/simulator/internal/simulation';
import type { Scene } from './scene.js';

type Row = Readonly<Record<string, any>>;
const REGION = 'cn-hangzhou';

/**
 * An API group and an ECS instance that answers. Beside them is what belongs to others: an authorization,
 * and a group with an API.
 */
export async function alibabaScene(): Promise<Scene> {
  const server = await simulate({ seed: 7, clock: 'auto', throttle: false }).listen();
  const { simulation } = server;
  const call = (product: AlibabaCallTarget['product'], action: string, input: Row = {}): any =>
    simulation.callAlibaba({ product, action, region: REGION }, input);
  const gateway = (action: string, input?: Row) => call('CloudAPI', action, input);
  const ecs = (action: string, input?: Row) => call('Ecs', action, input);

  const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16', VpcName: 'shop' });
  await simulation.advance(60_000);
  const [j, k, back] = ['j', 'k', 'i'].map(
    (zone, at) =>
      call('Vpc', 'CreateVSwitch', { VpcId, ZoneId: `${REGION}-${zone}`, CidrBlock: `10.0.${at + 1}.0/24` }).VSwitchId,
  );
  const group = (SecurityGroupName: string): string =>
    ecs('CreateSecurityGroup', { VpcId, SecurityGroupName }).SecurityGroupId;
  const [link, backend] = [group('link'), group('backend')];
  ecs('AuthorizeSecurityGroup', {
    SecurityGroupId: backend,
    IpProtocol: 'tcp',
    PortRange: '8080/8080',
    SourceCidrIp: '10.0.0.0/16',
  });
  const { InstanceIdSets } = ecs('RunInstances', {
    Amount: 1,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId: back,
    SecurityGroupId: backend,
    PrivateIpAddress: '10.0.3.10',
  });
  const [machine] = InstanceIdSets.InstanceIdSet;
  const { GroupId } = gateway('CreateApiGroup', { GroupName: 'shop' });
  const { GroupId: other } = gateway('CreateApiGroup', { GroupName: 'billing' });
  await simulation.advance(600_000);
  gateway('SetVpcAccess', { Name: 'billing', VpcId, InstanceId: machine, Port: 9090 });
  const { ApiId } = gateway('CreateApi', {
    GroupId: other,
    ApiName: 'bills',
    Visibility: 'PRIVATE',
    AuthType: 'ANONYMOUS',
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: 'GET',
      RequestPath: '/bills',
      RequestMode: 'PASSTHROUGH',
    }),
    ServiceConfig: JSON.stringify({ Mock: 'TRUE', MockResult: 'ok', ServiceProtocol: 'HTTP' }),
  });
  gateway('DeployApi', { GroupId: other, ApiId, StageName: 'RELEASE', Description: 'bills' });
  await simulation.advance(60_000);

  const specOf = (subnets: string, allowlist: string, routes: string) => `version: 1
project: shop
spec: shop-7f3k2q
links:
  cn:
    provider: alibaba
    region: ${REGION}
    subnets: [${subnets}]
    securityGroups: [${link}]
    allowlist: [${allowlist}]
    spec: api.s1.small
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${GroupId}, stages: [RELEASE] }
    targets: { orders: { instance: ${machine}, port: 8080 } }
    routes: { ${routes} }
`;
  return {
    server,
    flags: ['--allow-purchase', '--delete-instances'],
    destroyFlags: ['--delete-instances'],
    first: specOf(`${j}, ${k}`, '10.0.3.0/24', 'ANY /orders: orders'),
    second: specOf(k, '10.0.3.0/24', 'ANY /orders: orders, GET /carts: orders'),
    host: `${GroupId}-${REGION}.alicloudapi.com`,
    inventory: () => ({
      links: gateway('DescribeInstances', { InstanceType: 'vpc_connect' }).Instances.InstanceAttribute,
      apis: gateway('DescribeApis').ApiSummarys.ApiSummary,
      deployed: gateway('DescribeDeployedApis').DeployedApis.DeployedApiItem,
      authorizations: gateway('DescribeVpcAccesses').VpcAccessAttributes.VpcAccessAttribute,
      groups: gateway('DescribeApiGroups', { GroupId: other }).ApiGroupAttributes.ApiGroupAttribute,
      securityGroups: [link, backend].map((SecurityGroupId) =>
        ecs('DescribeSecurityGroupAttribute', { SecurityGroupId, Direction: 'all' }),
      ),
      interfaces: ecs('DescribeNetworkInterfaces').NetworkInterfaceSets.NetworkInterfaceSet,
    }),
  };
}
