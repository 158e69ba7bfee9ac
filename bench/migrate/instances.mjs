// A VPC of the simulated Alibaba Cloud with servers in ten security groups, a conventional instance, and a VPC integration instance that
// has an accessible block for the servers. What moves from the one to the other is created by the caller.
import { simulate } from '../../packages/simulator/dist/index.js';

export const REGION = 'cn-hangzhou';
const MINUTES = 60_000;
/** As many servers as one call may run. */
const BATCH = 100;

/**
 * @param {{ servers: number, quotas?: Record<string, number>, closed?: (group: number) => boolean }} options `closed`: the groups that
 *   admit the conventional instance alone
 */
export async function instancesWorld({ servers: wanted, quotas, closed = () => false }) {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false, quotas });
  const call = (product, action, input = {}) => simulation.callAlibaba({ product, action, region: REGION }, input);
  const { VpcId: vpc } = call('Vpc', 'CreateVpc', { CidrBlock: '10.10.0.0/16' });
  const vswitch = (CidrBlock, zone) =>
    call('Vpc', 'CreateVSwitch', { VpcId: vpc, CidrBlock, ZoneId: `${REGION}-${zone}` }).VSwitchId;
  const [j, k, app] = [vswitch('10.10.0.0/24', 'j'), vswitch('10.10.1.0/24', 'k'), vswitch('10.10.128.0/17', 'j')];
  const guard = (name) => call('Ecs', 'CreateSecurityGroup', { VpcId: vpc, SecurityGroupName: name }).SecurityGroupId;
  const groups = Array.from({ length: 10 }, (_, index) => guard(`servers${index}`));
  const own = guard('gateway');
  await simulation.advance(MINUTES);

  const instance = (InstanceName, more) =>
    call('CloudAPI', 'CreateInstance', {
      InstanceName,
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_2',
      Token: InstanceName,
      ...more,
    }).InstanceId;
  const [zone] = call('CloudAPI', 'DescribeZones').Zones.Zone;
  const from = instance('old', { InstanceType: 'normal', ZoneId: zone.ZoneId });
  const way = (letter, VSwitchId, CidrBlock) => ({
    ZoneId: `${REGION}-${letter}`,
    VSwitchId,
    CidrBlock,
    SecurityGroupId: own,
  });
  const to = instance('new', {
    InstanceType: 'vpc_connect',
    InstanceCidr: '192.168.0.0/16',
    UserVpcId: vpc,
    ZoneVSwitchSecurityGroup: [way('j', j, '10.10.0.0/24'), way('k', k, '10.10.1.0/24')],
  });
  await simulation.advance(20 * MINUTES);
  const block = { CidrBlock: '10.10.128.0/17', Customized: true };
  call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId: to, ToConnectVpcIpBlock: block });
  await simulation.advance(MINUTES);
  const [{ VpcEgressAddress }] = call('CloudAPI', 'DescribeInstances', { InstanceId: from }).Instances
    .InstanceAttribute;
  groups.forEach((SecurityGroupId, index) => {
    const blocks = [VpcEgressAddress, ...(closed(index) ? [] : ['10.10.0.0/24', '10.10.1.0/24'])];
    const rule = (SourceCidrIp) => ({ IpProtocol: 'TCP', PortRange: '8080/8080', SourceCidrIp });
    call('Ecs', 'AuthorizeSecurityGroup', { SecurityGroupId, Permissions: blocks.map(rule) });
  });
  const servers = [];
  while (servers.length < wanted) {
    for (const [index, SecurityGroupId] of groups.entries()) {
      const left = Math.min(BATCH, Math.ceil((wanted - servers.length) / (groups.length - index)));
      if (left < 1) continue;
      const { InstanceIdSets } = call('Ecs', 'RunInstances', {
        Amount: left,
        ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
        InstanceType: 'ecs.g7.large',
        VSwitchId: app,
        SecurityGroupId,
      });
      servers.push(...InstanceIdSets.InstanceIdSet);
    }
  }
  await simulation.advance(10 * MINUTES);

  const names = servers.map((InstanceId, index) => {
    const Name = `server${index}`;
    call('CloudAPI', 'SetVpcAccess', { Name, VpcId: vpc, InstanceId, Port: 8080 });
    return Name;
  });
  return { simulation, call, from, to, names };
}

/** Creates an API whose backend is an authorization, and publishes it. Returns its ID. */
export function publishedApi(call, { GroupId, index, backend, stages }) {
  const { ApiId } = call('CloudAPI', 'CreateApi', {
    GroupId,
    ApiName: `api_${index}_of_many`,
    Visibility: 'PRIVATE',
    AuthType: 'APP',
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: 'GET',
      RequestPath: `/api${index}`,
      RequestMode: 'PASSTHROUGH',
    }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceVpcEnable: 'TRUE',
      VpcConfig: { Name: backend, VpcScheme: 'http' },
    }),
  });
  for (const StageName of stages) call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName, Description: 'd' });
  return ApiId;
}
