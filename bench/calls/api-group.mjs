// One API group of the simulated Alibaba Cloud in a VPC integration instance, and two servers behind VPC access authorizations.
import { simulate } from '../../packages/simulator/dist/index.js';

export const REGION = 'cn-hangzhou';
const MINUTES = 60_000;

/** The simulation, and what a spec of the gateway is written with. */
export async function apiGroup(options) {
  const simulation = simulate({ seed: 7, ...options });
  const call = (product, action, input = {}) => simulation.callAlibaba({ product, action, region: REGION }, input);
  const { VpcId } = call('Vpc', 'CreateVpc', { CidrBlock: '10.10.0.0/16' });
  const vswitch = (CidrBlock, zone) =>
    call('Vpc', 'CreateVSwitch', { VpcId, CidrBlock, ZoneId: `${REGION}-${zone}` }).VSwitchId;
  const blocks = { j: '10.10.0.0/24', k: '10.10.1.0/24' };
  const zones = Object.entries(blocks).map(([zone, block]) => ({ zone, block, VSwitchId: vswitch(block, zone) }));
  const app = vswitch('10.10.128.0/17', 'j');
  const guard = (SecurityGroupName) => call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName }).SecurityGroupId;
  const [servers, own] = [guard('servers'), guard('gateway')];
  await simulation.advance(MINUTES);

  const { InstanceId } = call('CloudAPI', 'CreateInstance', {
    InstanceName: 'new',
    InstanceSpec: 'api.s1.small',
    ChargeType: 'PostPaid',
    HttpsPolicy: 'HTTPS2_TLS1_2',
    Token: 'new',
    InstanceType: 'vpc_connect',
    InstanceCidr: '192.168.0.0/16',
    UserVpcId: VpcId,
    ZoneVSwitchSecurityGroup: zones.map(({ zone, block: CidrBlock, VSwitchId }) => ({
      ZoneId: `${REGION}-${zone}`,
      VSwitchId,
      CidrBlock,
      SecurityGroupId: own,
    })),
  });
  await simulation.advance(20 * MINUTES);
  const block = { CidrBlock: '10.10.128.0/17', Customized: true };
  call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId, ToConnectVpcIpBlock: block });
  await simulation.advance(MINUTES);

  const rule = (SourceCidrIp) => ({ IpProtocol: 'TCP', PortRange: '8080/8080', SourceCidrIp });
  call('Ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId: servers,
    Permissions: Object.values(blocks).map(rule),
  });
  const { InstanceIdSets } = call('Ecs', 'RunInstances', {
    Amount: 2,
    ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
    InstanceType: 'ecs.g7.large',
    VSwitchId: app,
    SecurityGroupId: servers,
  });
  await simulation.advance(10 * MINUTES);

  const [orders, other] = InstanceIdSets.InstanceIdSet.map((instance, index) => {
    call('CloudAPI', 'SetVpcAccess', { Name: `server${index}`, VpcId, InstanceId: instance, Port: 8080 });
    return { instance, port: 8080 };
  });
  const { GroupId } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'shop', InstanceId });
  return {
    simulation,
    link: { provider: 'alibaba', region: REGION, id: InstanceId },
    gateway: { apiGroup: GroupId, stages: ['RELEASE'] },
    targets: { orders, other },
  };
}
