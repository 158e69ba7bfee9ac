import type { ProductName } from '../../src/alibaba/operation/operation.js';
import { simulate, type Simulation } from '../../src/index.js';
import { addApig } from './rich-apig.js';
import { requestConfig } from './request-config.js';

export const REGION = 'cn-hangzhou';
const MINUTE = 60_000;

type Call = (product: ProductName, action: string, input: Record<string, unknown>) => Readonly<Record<string, string>>;

/** A world with resources of every kind, created by calls only. */
export async function richWorld(): Promise<Simulation> {
  const sim = simulate({ seed: 11, throttle: false });
  const call: Call = (product, action, input) =>
    sim.callAlibaba({ product, action, region: REGION }, input) as Readonly<Record<string, string>>;
  const network = await newNetwork(sim, call);
  const instances = await newServers(sim, call, network);
  await newGateway(sim, call, network, instances);
  const place = { vpcId: network.VpcId, vSwitchId: network.vSwitches[1] ?? '' };
  await addApig(call, place, () => sim.advance(3 * MINUTE));
  return sim;
}

interface Network {
  readonly VpcId: string;
  readonly vSwitches: readonly string[];
  readonly SecurityGroupId: string;
}

async function newNetwork(sim: Simulation, call: Call): Promise<Network> {
  const { VpcId = '' } = call('Vpc', 'CreateVpc', { CidrBlock: '172.16.0.0/12', VpcName: 'orders' });
  await sim.advance(MINUTE);
  const vSwitches = ['j', 'k'].map((zone, index) => {
    const input = { VpcId, ZoneId: `${REGION}-${zone}`, CidrBlock: `172.${16 + index}.0.0/16`, VSwitchName: 'orders' };
    return call('Vpc', 'CreateVSwitch', input)['VSwitchId'] ?? '';
  });
  await sim.advance(MINUTE);
  const { RouteTableId } = call('Vpc', 'CreateRouteTable', { VpcId, RouteTableName: 'orders' });
  const { NetworkAclId } = call('Vpc', 'CreateNetworkAcl', { VpcId, NetworkAclName: 'orders' });
  const { SecurityGroupId = '' } = call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: 'orders' });
  call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: 'carts', SecurityGroupType: 'enterprise' });
  const rule = { IpProtocol: 'tcp', PortRange: '80/80', SourceCidrIp: '172.16.0.0/12' };
  call('Ecs', 'AuthorizeSecurityGroup', { SecurityGroupId, Permissions: [rule] });
  const list = { PrefixListName: 'orders', AddressFamily: 'IPv4', MaxEntries: 5, Entry: [{ Cidr: '10.1.0.0/24' }] };
  call('Ecs', 'CreatePrefixList', list);
  await sim.advance(MINUTE);
  const [vSwitch = ''] = vSwitches;
  call('Vpc', 'AssociateRouteTable', { RouteTableId, VSwitchId: vSwitch });
  call('Vpc', 'AssociateNetworkAcl', { NetworkAclId, Resource: [{ ResourceId: vSwitch, ResourceType: 'VSwitch' }] });
  await sim.advance(MINUTE);
  return { VpcId, vSwitches, SecurityGroupId };
}

async function newServers(sim: Simulation, call: Call, { VpcId, vSwitches, SecurityGroupId }: Network) {
  const [VSwitchId] = vSwitches;
  const ran = call('Ecs', 'RunInstances', {
    ImageId: 'm-1',
    InstanceType: 'ecs.g7.large',
    VSwitchId,
    SecurityGroupId,
    Amount: 2,
  });
  const { InstanceIdSet: server } = (ran as unknown as { InstanceIdSets: { InstanceIdSet: readonly string[] } })
    .InstanceIdSets;
  await sim.advance(5 * MINUTE);
  const balancer = {
    VpcId,
    VSwitchId,
    AddressType: 'intranet',
    LoadBalancerName: 'orders',
    LoadBalancerSpec: 'slb.s1.small',
  };
  const { LoadBalancerId = '' } = call('Slb', 'CreateLoadBalancer', balancer);
  const BackendServers = JSON.stringify([{ ServerId: server[0], Weight: '100', Type: 'ecs' }]);
  call('Slb', 'AddBackendServers', { LoadBalancerId, BackendServers });
  for (const [action, ListenerPort] of [
    ['TCP', 80],
    ['UDP', 53],
  ] as const) {
    const listener = { LoadBalancerId, ListenerPort, BackendServerPort: ListenerPort, Bandwidth: -1 };
    call('Slb', `CreateLoadBalancer${action}Listener`, listener);
    call('Slb', 'StartLoadBalancerListener', { LoadBalancerId, ListenerPort });
  }
  const { AclId } = call('Slb', 'CreateAccessControlList', { AclName: 'orders' });
  call('Slb', 'AddAccessControlListEntry', {
    AclId,
    AclEntrys: JSON.stringify([{ entry: '172.16.0.0/12', comment: 'all' }]),
  });
  await sim.advance(MINUTE);
  return { server: server[0] ?? '', LoadBalancerId };
}

async function newGateway(
  sim: Simulation,
  call: Call,
  { VpcId, vSwitches, SecurityGroupId }: Network,
  { server, LoadBalancerId }: { readonly server: string; readonly LoadBalancerId: string },
): Promise<void> {
  const zones = vSwitches.map((VSwitchId, index) => ({
    VSwitchId,
    ZoneId: `${REGION}-${'jk'.charAt(index)}`,
    CidrBlock: `172.${16 + index}.0.0/16`,
    SecurityGroupId,
  }));
  const common = { InstanceSpec: 'api.s1.small', ChargeType: 'PayAsYouGo', HttpsPolicy: 'HTTPS2_TLS1_2' };
  const { InstanceId } = call('CloudAPI', 'CreateInstance', {
    ...common,
    InstanceName: 'orders',
    InstanceType: 'vpc_connect',
    InstanceCidr: '192.168.0.0/16',
    UserVpcId: VpcId,
    ZoneVSwitchSecurityGroup: zones,
    Token: 'one',
  });
  await sim.advance(20 * MINUTE);
  call('CloudAPI', 'SetVpcAccess', { Name: 'orders', VpcId, InstanceId: server, Port: 8080 });
  call('CloudAPI', 'SetVpcAccess', { Name: 'carts', VpcId, InstanceId: LoadBalancerId, Port: 80 });
  const { GroupId } = call('CloudAPI', 'CreateApiGroup', { GroupName: 'orders', InstanceId });
  call('CloudAPI', 'CreateApiGroup', { GroupName: 'carts' });
  call('CloudAPI', 'SetDomain', { GroupId, DomainName: 'api.example.com' });
  const { ApiId } = call('CloudAPI', 'CreateApi', {
    GroupId,
    ApiName: 'orders',
    Visibility: 'PRIVATE',
    Description: 'orders',
    AuthType: 'ANONYMOUS',
    RequestConfig: requestConfig('/orders'),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceVpcEnable: 'TRUE',
      VpcConfig: { Name: 'orders', VpcScheme: 'http' },
      ServicePath: '/orders',
      ServiceHttpMethod: 'GET',
      ServiceTimeout: 10_000,
    }),
    ResultType: 'JSON',
    ResultSample: '{}',
  });
  call('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName: 'RELEASE', Description: 'first' });
  const { AppId } = call('CloudAPI', 'CreateApp', { AppName: 'orders', AppKey: 'app-key', AppCode: 'app-code' });
  const authority = { GroupId, ApiId, StageName: 'RELEASE', AppIds: String(AppId) };
  call('CloudAPI', 'SetAppsAuthorities', authority);
  const { AclId } = call('CloudAPI', 'CreateAccessControlList', { AclName: 'orders' });
  const AclEntrys = JSON.stringify([{ entry: '172.16.0.0/12', comment: 'all' }]);
  call('CloudAPI', 'AddAccessControlListEntry', { AclId, AclEntrys });
  const plugin = { PluginName: 'orders', PluginType: 'cors', PluginData: '{"allowOrigins":"*"}' };
  const { PluginId } = call('CloudAPI', 'CreatePlugin', plugin);
  call('CloudAPI', 'AttachPlugin', { PluginId, GroupId, ApiId, StageName: 'RELEASE' });
  const { BackendId } = call('CloudAPI', 'CreateBackend', { BackendName: 'orders', BackendType: 'HTTP' });
  const BackendModelData = JSON.stringify({ ServiceAddress: 'http://172.16.0.10:80' });
  call('CloudAPI', 'CreateBackendModel', { BackendId, BackendType: 'HTTP', StageName: 'RELEASE', BackendModelData });
  call('CloudAPI', 'CreatePrivateDNS', {
    IntranetDomain: 'orders.internal',
    Type: 'A',
    Records: [{ Record: '172.16.0.10', Weight: 100 }],
  });
  call('CloudAPI', 'TagResources', {
    ResourceType: 'apiGroup',
    ResourceId: [GroupId],
    Tag: [{ Key: 'team', Value: 'orders' }],
  });
  await sim.advance(MINUTE);
}
