import type { Simulation } from '@postern/simulator';
import { LEAF } from '../../../simulator/test/aws/acm/pem.js';
import { caller } from './conformance-world.js';
import { REGION } from './simulated.js';

/** Numbers that decide the contents of a world; after their end every choice is the first. */
export type Tape = readonly number[];

type Fields = Readonly<Record<string, unknown>>;

/** Makes choices from a tape, and calls the cloud; what it refuses does not exist. */
class Builder {
  readonly #call: ReturnType<typeof caller>;
  #at = 0;

  constructor(
    readonly simulation: Simulation,
    readonly tape: Tape,
  ) {
    this.#call = caller(simulation, REGION);
  }

  pick(count: number): number {
    const number = this.tape[this.#at] ?? 0;
    this.#at += 1;
    return number % count;
  }

  one<T>(items: readonly T[]): T | undefined {
    return items[this.pick(Math.max(1, items.length))];
  }

  /** Repeats an action; returns its results. */
  some<T>(most: number, make: (index: number) => T | undefined): T[] {
    return Array.from({ length: this.pick(most + 1) }, (_, index) => make(index)).flatMap((item) => item ?? []);
  }

  try(product: Parameters<ReturnType<typeof caller>>[0], action: string, input: Fields): any {
    try {
      return this.#call(product, action, input);
    } catch (error) {
      if ((error as Error).constructor.name !== 'AlibabaError') throw error;
      return undefined;
    }
  }
}

const ZONES = ['i', 'j', 'k'].map((letter) => `${REGION}-${letter}`);
const BLOCKS = ['0.0.0.0/0', '10.0.0.0/8', '10.1.1.0/24', '10.2.0.0/16', '192.0.2.7', '172.16.0.0/12', '10.1.0.0/20'];
const PORTS = ['-1/-1', '80/80', '8000/8999', '443/443', '1/65535'];

/** A region with whatever the tape decides: networks, filters, machines, load balancers, gateway instances, groups of APIs. */
export async function randomWorld(simulation: Simulation, tape: Tape): Promise<void> {
  const world = new Builder(simulation, tape);
  const networks = network(world);
  const lists = world.some(2, (index) => prefixList(world, index));
  const groups = networks.flatMap(({ vpc }) => securityGroups(world, vpc));
  for (const group of groups) rules(world, group, groups, lists);
  const machines = networks.flatMap((one) => machinesOf(world, one, groups));
  await simulation.advance(600_000);
  for (const id of machines) if (world.pick(4) === 1) world.try('Ecs', 'StopInstance', { InstanceId: id });
  const balancers = networks.flatMap((one) => balancersOf(world, one, machines));
  const links = networks.flatMap((one) => linksOf(world, one, groups));
  await simulation.advance([1_200_000, 1_200_000, 60_000][world.pick(3)] ?? 0);
  change(world, links);
  gateways(world, networks, machines, balancers, links);
  await cloudNative(world, networks);
  await simulation.advance([60_000, 0][world.pick(2)] ?? 0);
  if (world.pick(4) === 1) for (const id of links) world.try('CloudAPI', 'DeleteInstance', { InstanceId: id });
}

interface RandomNetwork {
  readonly vpc: string;
  readonly vSwitches: readonly { readonly id: string; readonly zone: string; readonly block: string }[];
}

function network(world: Builder): RandomNetwork[] {
  const networks = [1, ...world.some(2, (index) => index + 2)].map((octet): RandomNetwork => {
    const vpc: string = world.try('Vpc', 'CreateVpc', { CidrBlock: `10.${octet}.0.0/16`, VpcName: `n${octet}` }).VpcId;
    if (world.pick(3) === 1) {
      world.try('Vpc', 'AssociateVpcCidrBlock', { VpcId: vpc, SecondaryCidrBlock: `172.${16 + octet}.0.0/16` });
    }
    const vSwitches = [0, ...world.some(3, (index) => index + 1)].map((third) => {
      const zone = world.one(ZONES) ?? '';
      const block = `10.${octet}.${third}.0/${world.pick(3) === 1 ? 29 : 24}`;
      const made = world.try('Vpc', 'CreateVSwitch', {
        VpcId: vpc,
        CidrBlock: block,
        ZoneId: zone,
        VSwitchName: `s${third}`,
      });
      return { id: made.VSwitchId as string, zone, block };
    });
    return { vpc, vSwitches };
  });
  const [first, second] = networks;
  const peering: string | undefined =
    second && world.pick(2) === 1
      ? world.try('VpcPeer', 'CreateVpcPeerConnection', {
          VpcId: first?.vpc,
          AcceptingVpcId: second.vpc,
          AcceptingRegionId: REGION,
        })?.InstanceId
      : undefined;
  for (const one of networks) filters(world, one, peering);
  return networks;
}

function filters(world: Builder, { vpc, vSwitches }: RandomNetwork, peering: string | undefined): void {
  const tables = world.some(2, (index) => {
    const made = world.try('Vpc', 'CreateRouteTable', { VpcId: vpc, RouteTableName: `t${index}` });
    return made?.RouteTableId as string | undefined;
  });
  const main = world.try('Vpc', 'DescribeRouteTableList', { VpcId: vpc }).RouterTableList.RouterTableListType[0];
  const hops = [
    ['VpnGateway', 'vpn-1'],
    ['RouterInterface', 'ri-1'],
    ['NatGateway', 'ngw-1'],
    ['Attachment', 'tr-attach-1'],
    ['Ecr', 'ecr-1'],
    ...(peering === undefined ? [] : [['VpcPeer', peering]]),
  ];
  world.some(4, (index) => {
    const [NextHopType, NextHopId] = world.one(hops) ?? [];
    const RouteTableId = world.one([main.RouteTableId as string, ...tables]);
    const DestinationCidrBlock = world.one(['10.99.0.0/16', '0.0.0.0/0', `10.98.${index}.0/24`, '10.2.0.0/16']);
    return void world.try('Vpc', 'CreateRouteEntry', { RouteTableId, DestinationCidrBlock, NextHopType, NextHopId });
  });
  for (const RouteTableId of tables) {
    const VSwitchId = world.one(vSwitches)?.id;
    if (world.pick(2) === 1) world.try('Vpc', 'AssociateRouteTable', { RouteTableId, VSwitchId });
  }
  world.some(2, () => {
    const NetworkAclId = world.try('Vpc', 'CreateNetworkAcl', { VpcId: vpc })?.NetworkAclId as string | undefined;
    const entries = (side: string) =>
      world.some(3, () => {
        const Protocol = world.one(['all', 'tcp', 'udp', 'icmp']);
        const Port = Protocol === 'tcp' || Protocol === 'udp' ? world.one(['80/80', '1024/65535', '1/65535']) : '-1/-1';
        const block = world.one(['0.0.0.0/0', '10.1.0.0/16', '10.2.0.0/24']);
        return { Policy: world.one(['accept', 'drop']), Protocol, Port, [side]: block };
      });
    const IngressAclEntries = entries('SourceCidrIp');
    const EgressAclEntries = entries('DestinationCidrIp');
    const update = { UpdateIngressAclEntries: true, UpdateEgressAclEntries: true };
    world.try('Vpc', 'UpdateNetworkAclEntries', { NetworkAclId, IngressAclEntries, EgressAclEntries, ...update });
    const Resource = [{ ResourceId: world.one(vSwitches)?.id, ResourceType: 'VSwitch' }];
    return void world.try('Vpc', 'AssociateNetworkAcl', { NetworkAclId, Resource });
  });
}

function prefixList(world: Builder, index: number): string | undefined {
  const family = world.one(['IPv4', 'IPv6']);
  const Entry = world.some(3, (at) => ({ Cidr: family === 'IPv6' ? `2001:db8:${at}::/48` : `198.51.${at}.0/24` }));
  const input = { PrefixListName: `list${index}`, AddressFamily: family, MaxEntries: 3, Entry };
  return world.try('Ecs', 'CreatePrefixList', input)?.PrefixListId;
}

interface Group {
  readonly id: string;
  readonly vpc: string;
}

function securityGroups(world: Builder, vpc: string): Group[] {
  return [0, ...world.some(2, (index) => index + 1)].map((index) => {
    const SecurityGroupType = world.one(['normal', 'normal', 'enterprise']);
    const input = { VpcId: vpc, SecurityGroupName: `g${index}`, SecurityGroupType };
    const id: string = world.try('Ecs', 'CreateSecurityGroup', input).SecurityGroupId;
    if (world.pick(3) === 1) {
      world.try('Ecs', 'ModifySecurityGroupPolicy', { SecurityGroupId: id, InnerAccessPolicy: 'Drop' });
    }
    return { id, vpc };
  });
}

function rules(world: Builder, { id, vpc }: Group, groups: readonly Group[], lists: readonly string[]): void {
  const near = groups.filter((one) => one.vpc === vpc && one.id !== id).map((one) => one.id);
  world.some(4, () => {
    const out = world.pick(2) === 1;
    const side = out ? 'Dest' : 'Source';
    const peer =
      [
        { [`${side}CidrIp`]: world.one(BLOCKS) },
        { [`Ipv6${side}CidrIp`]: '2001:db8::/32' },
        { [`${side}GroupId`]: world.one(near) },
        { [`${side}PrefixListId`]: world.one(lists) },
      ][world.pick(4)] ?? {};
    const [IpProtocol, PortRange] =
      world.pick(4) === 1 ? ['ICMP', '-1/-1'] : [world.one(['TCP', 'UDP']), world.one(PORTS)];
    const Permissions = [
      {
        IpProtocol,
        PortRange: PortRange === '-1/-1' && IpProtocol !== 'ICMP' ? '1/65535' : PortRange,
        Policy: world.one(['Accept', 'Drop']),
        Priority: String(1 + world.pick(3)),
        ...peer,
      },
    ];
    const action = out ? 'AuthorizeSecurityGroupEgress' : 'AuthorizeSecurityGroup';
    return void world.try('Ecs', action, { SecurityGroupId: id, Permissions });
  });
}

function machinesOf(world: Builder, { vpc, vSwitches }: RandomNetwork, groups: readonly Group[]): string[] {
  const own = groups.filter((group) => group.vpc === vpc);
  return world
    .some(3, (): string[] => {
      const made = world.try('Ecs', 'RunInstances', {
        Amount: 1 + world.pick(2),
        ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
        InstanceType: 'ecs.g7.large',
        VSwitchId: world.one(vSwitches)?.id,
        SecurityGroupId: world.one(own)?.id,
        ...(world.pick(2) === 1 ? { InstanceName: 'machine' } : {}),
      });
      return made?.InstanceIdSets.InstanceIdSet ?? [];
    })
    .flat();
}

function balancersOf(world: Builder, { vSwitches }: RandomNetwork, machines: readonly string[]): string[] {
  const lists = world.some(2, (index) => {
    const AclId = world.try('Slb', 'CreateAccessControlList', { AclName: `acl${index}` })?.AclId as string | undefined;
    const entries = world.some(3, (at) => ({ entry: `10.${at}.0.0/16`, comment: '' }));
    world.try('Slb', 'AddAccessControlListEntry', { AclId, AclEntrys: JSON.stringify(entries) });
    return AclId;
  });
  return world.some(2, (index) => {
    const AddressType = world.one(['intranet', 'intranet', 'internet']);
    const place = AddressType === 'internet' ? {} : { VSwitchId: world.one(vSwitches)?.id };
    const input = { LoadBalancerName: `lb${index}`, AddressType, ...place };
    const LoadBalancerId = world.try('Slb', 'CreateLoadBalancer', input)?.LoadBalancerId as string | undefined;
    const servers = [...new Set(world.some(3, () => world.one(machines)))];
    const BackendServers = JSON.stringify(
      servers.map((ServerId) => ({ ServerId, Weight: world.one(['100', '0', '50']), Type: 'ecs' })),
    );
    world.try('Slb', 'AddBackendServers', { LoadBalancerId, BackendServers });
    const serverGroups = world.some(2, (at) => {
      const others = world.some(3, (n) => ({
        ServerId: world.one(machines),
        Port: 8080 + n,
        Weight: world.one([100, 0]),
      }));
      const group = { LoadBalancerId, VServerGroupName: `group${at}`, BackendServers: JSON.stringify(others) };
      return world.try('Slb', 'CreateVServerGroup', group)?.VServerGroupId as string | undefined;
    });
    world.some(4, (at) => {
      const protocol = world.one(['TCP', 'UDP', 'HTTP', 'HTTPS']) ?? 'TCP';
      const ListenerPort = world.one([80, 443, 8080 + at]);
      const check = protocol === 'TCP' || protocol === 'UDP' ? 'HealthCheckSwitch' : 'HealthCheck';
      const access = {
        AclStatus: 'on',
        AclType: world.one(['white', 'black']),
        AclId: lists.slice(0, 1 + world.pick(2)).join(','),
      };
      world.try('Slb', `CreateLoadBalancer${protocol}Listener`, {
        LoadBalancerId,
        ListenerPort,
        ...(world.pick(3) === 1 && serverGroups.length > 0
          ? { VServerGroupId: world.one(serverGroups) }
          : { BackendServerPort: world.one([80, 8080]) }),
        Bandwidth: -1,
        [check]: world.one(['on', 'on', 'off']),
        ...(protocol === 'HTTPS' ? { ServerCertificateId: 'cert-1' } : {}),
        ...(world.pick(2) === 1 && lists.length > 0 ? access : {}),
      });
      const target = { LoadBalancerId, ListenerPort, ListenerProtocol: protocol.toLowerCase() };
      return void (world.pick(3) !== 1 && world.try('Slb', 'StartLoadBalancerListener', target));
    });
    if (world.pick(5) === 1) {
      world.try('Slb', 'SetLoadBalancerStatus', { LoadBalancerId, LoadBalancerStatus: 'inactive' });
    }
    return LoadBalancerId;
  });
}

function linksOf(world: Builder, { vpc, vSwitches }: RandomNetwork, groups: readonly Group[]): string[] {
  const own = groups.filter((group) => group.vpc === vpc);
  return world.some(2, (index) => {
    const zones = new Map(vSwitches.map((one) => [one.zone, one]));
    const places = [...zones.values()].slice(0, 1 + world.pick(2));
    const kind =
      world.pick(4) === 1
        ? { InstanceType: 'normal', ZoneId: `${REGION}-MAZ1(i,j)` }
        : {
            InstanceType: 'vpc_connect',
            InstanceCidr: '192.168.0.0/16',
            UserVpcId: vpc,
            ZoneVSwitchSecurityGroup: places.map(({ id, zone, block }) => ({
              ZoneId: zone,
              VSwitchId: id,
              CidrBlock: block,
              SecurityGroupId: world.one(own)?.id,
            })),
          };
    return world.try('CloudAPI', 'CreateInstance', {
      InstanceName: `link-${index}`,
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_2',
      Token: `${vpc}-${index}`,
      Tag: [{ Key: 'postern:project', Value: 'shop' }],
      ...kind,
    })?.InstanceId;
  });
}

/** Blocks are added, or a change of one is under way. */
function change(world: Builder, links: readonly string[]): void {
  for (const InstanceId of links) {
    if (world.pick(2) === 0) continue;
    const CidrBlock = world.one(['10.99.0.0/16', '172.17.0.0/16', '10.1.0.0/16']);
    const block = { ToConnectVpcIpBlock: { CidrBlock, Customized: true } };
    const attribute = world.pick(3) === 1 ? { EgressIpv6Enable: 'true' } : block;
    world.try('CloudAPI', 'ModifyInstanceAttribute', { InstanceId, Token: `${InstanceId}-1`, ...attribute });
  }
}

function gateways(
  world: Builder,
  networks: readonly RandomNetwork[],
  machines: readonly string[],
  balancers: readonly string[],
  links: readonly string[],
): void {
  const names = world.some(4, (index) => {
    const InstanceId = world.one([...machines, ...balancers, '10.1.0.77']);
    const input = { Name: `access_${index}`, VpcId: world.one(networks)?.vpc, InstanceId, Port: 80 + world.pick(2) };
    const host = world.pick(2) === 1 ? { VpcTargetHostName: 'orders.internal' } : {};
    return world.try('CloudAPI', 'SetVpcAccess', { ...input, ...host }) === undefined ? undefined : input.Name;
  });
  const backends = world.some(2, (index) => {
    const input = { BackendName: `backend_${index}`, BackendType: 'HTTP' };
    const BackendId = world.try('CloudAPI', 'CreateBackend', input)?.BackendId as string | undefined;
    const BackendModelData = JSON.stringify({ ServiceAddress: 'http://10.1.0.5:8080', ServiceTimeout: 10_000 });
    const model = { BackendId, BackendType: 'HTTP', StageName: 'RELEASE', BackendModelData };
    world.try('CloudAPI', 'CreateBackendModel', model);
    return BackendId;
  });
  const plugins = world.some(2, (index) => {
    const PluginType = world.one(['jwtAuth', 'routing', 'basicAuth', 'cors']);
    const PluginData = JSON.stringify({ parameter: 'Authorization', allowOrigins: 'x' });
    return world.try('CloudAPI', 'CreatePlugin', { PluginName: `plugin_${index}`, PluginType, PluginData })
      ?.PluginId as string | undefined;
  });
  world.some(2, (index) => {
    const Records = [{ Record: '10.1.0.5', Weight: 100 }];
    world.try('CloudAPI', 'CreatePrivateDNS', { IntranetDomain: `d${index}.internal`, Type: 'A', Records });
    const InstanceId = world.one(links);
    return void world.try('CloudAPI', 'AssociateInstanceWithPrivateDNS', {
      IntranetDomains: [`d${index}.internal`],
      InstanceId,
    });
  });
  world.some(2, (index) => {
    const group = { GroupName: `group_${index}`, BasePath: world.one(['/', '/base']) };
    const InstanceId = world.pick(2) === 1 ? world.one(links) : undefined;
    const GroupId = world.try('CloudAPI', 'CreateApiGroup', {
      ...group,
      ...(InstanceId ? { InstanceId } : {}),
    })?.GroupId;
    world.some(2, (at) => void domain(world, GroupId as string | undefined, `d${index}${at}.orders.internal`));
    return void world.some(4, (at) => api(world, GroupId as string | undefined, at, { names, backends, plugins }));
  });
}

function domain(world: Builder, GroupId: string | undefined, DomainName: string): void {
  world.try('CloudAPI', 'SetDomain', {
    GroupId,
    DomainName,
    BindStageName: world.one(['', 'TEST', 'RELEASE']),
    CustomDomainType: world.one(['INTERNET', 'INTRANET']),
    IsHttpRedirectToHttps: world.pick(2) === 1,
  });
  const certificate = { CertificateBody: LEAF.certificate, CertificatePrivateKey: LEAF.key };
  if (world.pick(2) === 1)
    world.try('CloudAPI', 'SetDomainCertificate', { GroupId, DomainName, CertificateName: 'own', ...certificate });
}

/** A gateway of Cloud-native API Gateway with services, of a registry or with addresses, and routes to them. */
async function cloudNative(world: Builder, networks: readonly RandomNetwork[]): Promise<void> {
  const { simulation } = world;
  const network = networks.find(({ vSwitches }) => vSwitches.some(({ block }) => block.endsWith('/24')));
  if (world.pick(3) !== 1 || network === undefined) return;
  const vSwitchId = network.vSwitches.find(({ block }) => block.endsWith('/24'))?.id;
  const place = { vpcId: network.vpc, zoneConfig: { selectOption: 'Auto', vSwitchId } };
  const kind = { name: 'native', gatewayType: 'API', spec: 'apigw.small.x1', chargeType: 'POSTPAY' };
  const given = { ...kind, ...place, networkAccessConfig: { type: 'Intranet' } };
  const gatewayId: string | undefined = world.try('APIG', 'CreateGateway', given)?.gatewayId;
  await simulation.advance(300_000);
  const instanceId = 'mse-cn-a1b2c3d4';
  simulation.plant(REGION, { kind: 'nacos-instance', instanceId, is: 'running' });
  world.try('APIG', 'CreateSource', { gatewayId, type: 'MSE_NACOS', nacosSourceConfig: { instanceId } });
  const services = world.some(3, (index) => {
    const registered = {
      groupName: world.one(['DEFAULT_GROUP', 'SHOP']),
      namespace: world.one(['public', 'd8ac64f3']),
    };
    const [sourceType, config] =
      world.pick(2) === 1 ? ['VIP', { addresses: [`10.1.0.${index + 7}:8080`] }] : ['MSE_NACOS', registered];
    const service = { gatewayId, sourceType, serviceConfigs: [{ name: `service${index}`, ...config }] };
    return world.try('APIG', 'CreateService', service)?.serviceIds[0] as string | undefined;
  });
  const httpApiId: string | undefined = world.try('APIG', 'CreateHttpApi', { name: 'native', type: 'Http' })?.httpApiId;
  const { environments = [] } = world.try('APIG', 'GetGateway', { gatewayId }) ?? {};
  const { environmentId } = environments[0] ?? {};
  world.some(3, (index) => {
    const match = { path: { type: world.one(['Exact', 'Prefix']), value: `/n${index}` } };
    const backendConfig = { scene: 'SingleService', services: [{ serviceId: world.one(services), weight: 100 }] };
    const route = { httpApiId, environmentId, name: `route${index}`, match, backendConfig };
    const { routeId } = world.try('APIG', 'CreateHttpApiRoute', route) ?? {};
    return void (world.pick(2) === 1 && world.try('APIG', 'DeployHttpApi', { httpApiId, routeId }));
  });
  // A snapshot does not keep what a publication in progress was.
  await simulation.advance(120_000);
}

interface Around {
  readonly names: readonly string[];
  readonly backends: readonly string[];
  readonly plugins: readonly string[];
}

function api(world: Builder, GroupId: string | undefined, at: number, around: Around): void {
  const input = () => ({ GroupId, ...definition(world, at, around) });
  const ApiId = world.try('CloudAPI', 'CreateApi', input())?.ApiId as string | undefined;
  for (const StageName of ['RELEASE', 'TEST']) {
    if (world.pick(2) === 1) world.try('CloudAPI', 'DeployApi', { GroupId, ApiId, StageName, Description: `v${at}` });
    const PluginId = world.one(around.plugins);
    const place = { PluginId, GroupId, StageName };
    if (world.pick(3) === 1) world.try('CloudAPI', 'AttachPlugin', { ...place, ApiId });
    if (world.pick(5) === 1) world.try('CloudAPI', 'AttachGroupPlugin', place);
  }
  if (world.pick(3) === 1) world.try('CloudAPI', 'ModifyApi', { ApiId, ...input() });
}

function definition(world: Builder, at: number, { names, backends }: Around): Fields {
  const vpc = {
    ServiceVpcEnable: 'TRUE',
    VpcConfig: { Name: world.one(names) ?? 'none', VpcScheme: world.one(['HTTP', 'HTTPS']) },
  };
  const services: readonly Fields[] = [
    vpc,
    { ServiceVpcEnable: 'FALSE', ServiceAddress: world.one(['http://10.1.0.5:8080', 'https://api.example.com']) },
    { Mock: 'TRUE', MockResult: 'ok' },
    vpc,
  ];
  const backend = world.pick(4) === 1 ? { BackendEnable: true, BackendId: world.one(backends) } : {};
  const owned = world.pick(2) === 1 ? { Description: `postern:shop@shop/orders #0123456${at} GET /r${at}` } : {};
  return {
    ApiName: `api_${at}`,
    Visibility: 'PRIVATE',
    AuthType: world.one(['ANONYMOUS', 'APP']),
    RequestConfig: JSON.stringify({
      RequestProtocol: 'HTTP',
      RequestHttpMethod: world.one(['GET', 'ANY']),
      RequestPath: world.one([`/r${at}`, `/r${at}/[id]`, `/r${at}/*`]),
      RequestMode: 'PASSTHROUGH',
    }),
    ServiceConfig: JSON.stringify({
      ServiceProtocol: 'HTTP',
      ServiceHttpMethod: 'GET',
      ServiceTimeout: 10_000,
      Mock: 'FALSE',
      ...(world.pick(2) === 1 ? { ServicePath: '/x' } : {}),
      ...services[world.pick(services.length)],
    }),
    ...backend,
    ...owned,
  };
}
