import type { AlibabaCallTarget, Simulation } from '@postern/simulator/internal/simulation';

type Row = Readonly<Record<string, any>>;

export const REGION = 'cn-hangzhou';

/** What specs name. */
export interface AlibabaShop {
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  /** Two API groups on the shared instance. */
  readonly groups: readonly [string, string];
  /** Two load balancers on ports 80 and 8080. */
  readonly balancers: readonly [string, string];
  /** `hasInstance`: an instance of others, to be named by its ID. */
  readonly instance: string;
}

/** Three vSwitches of a VPC in two zones, two load balancers with one server each, two API groups. */
export async function alibabaShop(
  simulation: Simulation,
  { hasInstance = false, isFar = false } = {},
): Promise<AlibabaShop> {
  const call = (product: AlibabaCallTarget['product'], action: string, input: Row = {}): any =>
    simulation.callAlibaba({ product, action, region: REGION }, input);
  const VpcId: string = call('Vpc', 'CreateVpc', { CidrBlock: '10.0.0.0/16', VpcName: 'shop' }).VpcId;
  const subnets = ['j', 'k', 'k'].map(
    (zone, index): string =>
      call('Vpc', 'CreateVSwitch', { VpcId, CidrBlock: `10.0.${index + 1}.0/24`, ZoneId: `${REGION}-${zone}` })
        .VSwitchId,
  );
  const { SecurityGroupId } = call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: 'shop' });
  const rule = { SecurityGroupId, IpProtocol: 'tcp', PortRange: '80/8080', SourceCidrIp: '10.0.0.0/16' };
  call('Ecs', 'AuthorizeSecurityGroup', rule);
  // `isFar`: in a vSwitch that no instance is in, so an instance reaches them by its allowlist only.
  const at = isFar
    ? call('Vpc', 'CreateVSwitch', { VpcId, CidrBlock: '10.0.9.0/24', ZoneId: `${REGION}-j` }).VSwitchId
    : subnets[0];
  const balancers = ['orders', 'bills'].map((LoadBalancerName): string => {
    const [server] = call('Ecs', 'RunInstances', {
      Amount: 1,
      ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
      InstanceType: 'ecs.g7.large',
      VSwitchId: at,
      SecurityGroupId,
    }).InstanceIdSets.InstanceIdSet;
    const created = { LoadBalancerName, AddressType: 'intranet', VSwitchId: at };
    const { LoadBalancerId } = call('Slb', 'CreateLoadBalancer', created);
    call('Slb', 'AddBackendServers', { LoadBalancerId, BackendServers: JSON.stringify([{ ServerId: server }]) });
    for (const ListenerPort of [80, 8080]) {
      const at = { LoadBalancerId, ListenerPort };
      call('Slb', 'CreateLoadBalancerTCPListener', { ...at, BackendServerPort: ListenerPort, Bandwidth: -1 });
      call('Slb', 'StartLoadBalancerListener', at);
    }
    return LoadBalancerId as string;
  });
  const group = (GroupName: string): string => call('CloudAPI', 'CreateApiGroup', { GroupName }).GroupId;
  const groups = [group('shop'), group('bills')] as const;
  const zone = (at: number, letter: string) => ({
    ZoneId: `${REGION}-${letter}`,
    VSwitchId: subnets[at],
    CidrBlock: `10.0.${at + 1}.0/24`,
    SecurityGroupId,
  });
  const instance = !hasInstance
    ? ''
    : call('CloudAPI', 'CreateInstance', {
        InstanceName: 'theirs',
        InstanceType: 'vpc_connect',
        InstanceSpec: 'api.s1.small',
        ChargeType: 'PostPaid',
        HttpsPolicy: 'HTTPS2_TLS1_2',
        InstanceCidr: '192.168.0.0/16',
        UserVpcId: VpcId,
        ZoneVSwitchSecurityGroup: [zone(0, 'j'), zone(1, 'k')],
        Token: 'theirs',
      }).InstanceId;
  await simulation.advance(3_600_000);
  const [first = '', second = ''] = balancers;
  return { subnets, securityGroup: SecurityGroupId, groups, balancers: [first, second], instance };
}
