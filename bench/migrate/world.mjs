// An API group on a conventional instance of the simulated Alibaba Cloud, and a VPC integration instance that it is to move to: as many
// APIs as are asked for, each on three stages, behind a tenth as many authorisations, a twentieth as many routing plug-ins. Every
// tenth server stands in a security group that lets in the old instance alone. It is observed as a live validation observes it.
import { alibaba } from '../../packages/alibaba/dist/index.js';
import { createContext, encodeSnapshot } from '../../packages/core/dist/index.js';
import { simulate } from '../../packages/testing/dist/index.js';

const REGION = 'cn-hangzhou';
const STAGES = ['RELEASE', 'PRE', 'TEST'];
const MINUTES = 60_000;
/** As many servers as one call may run. */
const BATCH = 100;

/** @param {number} apis */
export async function migrationWorld(apis) {
  const counts = { apis, authorisations: Math.ceil(apis / 10), plugins: Math.ceil(apis / 20) };
  const quotas = { 'apis-per-group': apis };
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
    const blocks = [VpcEgressAddress, ...(index === 0 ? [] : ['10.10.0.0/24', '10.10.1.0/24'])];
    const rule = (SourceCidrIp) => ({ IpProtocol: 'TCP', PortRange: '8080/8080', SourceCidrIp });
    call('Ecs', 'AuthorizeSecurityGroup', { SecurityGroupId, Permissions: blocks.map(rule) });
  });
  const servers = [];
  while (servers.length < counts.authorisations) {
    for (const [index, SecurityGroupId] of groups.entries()) {
      const left = Math.min(BATCH, Math.ceil((counts.authorisations - servers.length) / (groups.length - index)));
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
  const { GroupId } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'shop', InstanceId: from });
  const ids = Array.from({ length: apis }, (_, index) => {
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
        VpcConfig: { Name: names[index % names.length], VpcScheme: 'http' },
      }),
    });
    for (const StageName of STAGES) call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName, Description: 'd' });
    return ApiId;
  });
  for (let index = 0; index < counts.plugins; index += 1) {
    const { PluginId } = call('CloudAPI', 'CreatePlugin', {
      PluginName: `plugin${index}`,
      PluginType: 'routing',
      PluginData: `routes:\n- name: other\n  condition: "$Query = 1"\n  backend: { type: HTTP-VPC, vpcAccessName: ${names.at(-1 - (index % names.length))} }\n`,
    });
    const StageName = STAGES[index % STAGES.length];
    call('CloudAPI', 'AttachPlugin', { PluginId, GroupId, ApiId: ids[(index * 7) % apis], StageName });
  }
  await simulation.advance(10 * MINUTES);

  /** Observes, and counts the calls. */
  const observe = async (scope) => {
    const calls = new Map();
    const trace = ({ operation }) => void calls.set(operation, (calls.get(operation) ?? 0) + 1);
    const context = createContext({ clock: simulation.clock, random: () => 0.5, trace });
    const region = await alibaba({ region: REGION, api: simulation.alibaba(REGION) }).observe(scope, context);
    const takenAt = new Date(simulation.clock.now()).toISOString();
    return { calls, text: encodeSnapshot({ version: 2, takenAt, regions: [region] }) };
  };
  const live = await observe({ gateways: [{ apiGroup: GroupId }], links: [to], checks: true, uses: true });
  const options = ['--provider', 'alibaba', '--group', GroupId, '--to', to];
  const told = `${counts.apis} APIs, ${counts.authorisations} authorisations, ${counts.plugins} plug-ins`;
  return { told, migration: { provider: 'alibaba', group: GroupId, to }, options, observe, ...live };
}
