import type { AlibabaCallTarget, LoadJob, Simulation } from '@postern/simulator/internal/simulation';

export const REGION = 'cn-hangzhou';
const MINUTE = 60_000;

/** Two VPC integration instances, `old` and `new`, and API groups on the old one with a published API each. Callers call all of them. */
export interface Instances {
  readonly groups: readonly string[];
  readonly jobs: readonly LoadJob[];
  /** The instance of each group, by its name. */
  readonly where: () => readonly string[];
}

/** Builds it in a simulated account. */
export async function buildInstances(
  simulation: Simulation,
  { groups: count, perSecond }: { readonly groups: number; readonly perSecond: number },
): Promise<Instances> {
  const call = (product: AlibabaCallTarget['product'], action: string, input: object = {}): Record<string, string> =>
    simulation.callAlibaba({ product, action, region: REGION }, input as never) as unknown as Record<string, string>;
  const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.10.0.0/16' });
  const vswitch = (CidrBlock: string, zone: string) =>
    call('Vpc', 'CreateVSwitch', { VpcId, CidrBlock, ZoneId: `${REGION}-${zone}` })['VSwitchId'];
  const [j, k, app] = [vswitch('10.10.0.0/24', 'j'), vswitch('10.10.1.0/24', 'k'), vswitch('10.10.128.0/17', 'j')];
  const guard = (SecurityGroupName: string) =>
    call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName })['SecurityGroupId'];
  const [servers, gateway] = [guard('servers'), guard('gateway')];
  await simulation.advance(MINUTE);
  const way = (zone: string, VSwitchId: string | undefined, CidrBlock: string) => ({
    ZoneId: `${REGION}-${zone}`,
    VSwitchId,
    CidrBlock,
    SecurityGroupId: gateway,
  });
  const instance = (InstanceName: string) =>
    call('CloudAPI', 'CreateInstance', {
      InstanceName,
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_2',
      Token: InstanceName,
      InstanceType: 'vpc_connect',
      InstanceCidr: '192.168.0.0/16',
      UserVpcId: VpcId,
      ZoneVSwitchSecurityGroup: [way('j', j, '10.10.0.0/24'), way('k', k, '10.10.1.0/24')],
    })['InstanceId'] ?? '';
  const names = { [instance('old')]: 'old', [instance('new')]: 'new' };
  await simulation.advance(20 * MINUTE);
  for (const InstanceId of Object.keys(names)) {
    call('CloudAPI', 'ModifyInstanceAttribute', {
      InstanceId,
      ToConnectVpcIpBlock: { CidrBlock: '10.10.128.0/17', Customized: true },
    });
    await simulation.advance(MINUTE);
  }
  for (const SourceCidrIp of ['10.10.0.0/24', '10.10.1.0/24']) {
    call('Ecs', 'AuthorizeSecurityGroup', {
      SecurityGroupId: servers,
      IpProtocol: 'tcp',
      PortRange: '8080/8080',
      SourceCidrIp,
    });
  }
  const { InstanceIdSets } = call('Ecs', 'RunInstances', {
    Amount: 1,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId: app,
    SecurityGroupId: servers,
  }) as unknown as { InstanceIdSets: { InstanceIdSet: readonly string[] } };
  await simulation.advance(10 * MINUTE);
  call('CloudAPI', 'SetVpcAccess', { Name: 'server', VpcId, InstanceId: InstanceIdSets.InstanceIdSet[0], Port: 8080 });
  const from = Object.keys(names)[0];
  const groups = Array.from({ length: count }, (_, at) => {
    const GroupId = call('CloudAPI', 'CreateApiGroup', { GroupName: `shop_${at}`, InstanceId: from })['GroupId'] ?? '';
    const { ApiId } = call('CloudAPI', 'CreateApi', {
      GroupId,
      ApiName: 'orders',
      Visibility: 'PRIVATE',
      AuthType: 'ANONYMOUS',
      RequestConfig: JSON.stringify({
        RequestProtocol: 'HTTP,HTTPS',
        RequestHttpMethod: 'GET',
        RequestPath: '/orders',
        RequestMode: 'PASSTHROUGH',
      }),
      ServiceConfig: JSON.stringify({
        ServiceProtocol: 'HTTP',
        ServiceVpcEnable: 'TRUE',
        ServicePath: '/orders',
        ServiceTimeout: 2_000,
        VpcConfig: { Name: 'server', VpcScheme: 'http' },
      }),
    });
    call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
    return GroupId;
  });
  await simulation.advance(MINUTE);
  const jobs = groups.map((id) =>
    simulation.traffic.load({ gateway: `${id}-${REGION}.alicloudapi.com`, paths: ['/orders'], perSecond, seconds: 0 }),
  );
  return {
    groups,
    jobs,
    where: () =>
      groups.map(
        (GroupId) => names[call('CloudAPI', 'DescribeApiGroup', { GroupId })['InstanceId'] ?? ''] ?? 'elsewhere',
      ),
  };
}
