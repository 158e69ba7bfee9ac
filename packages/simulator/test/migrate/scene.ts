import { CLOUDS } from '../../../core/test/clouds.js';
import { alibaba } from '@postern/alibaba';
import { createContext, type RegionSnapshot, type AssumedFacts } from '@postern/core/internal/library';
import { validateMigration, type GroupMigration, type MigrationReport } from '@postern/core/internal/moves';
import { decodeSnapshot } from '@postern/core/internal/decode';
import { encodeSnapshot } from '@postern/core/internal/snapshot';
import { simulate, type AlibabaCallTarget, type SavedWorld, type Simulation } from '../../src/internal/simulation.js';
import { stockBalancer } from '../checks/alibaba/account.js';
import { edit } from '../checks/show.js';
import { requestConfig } from '../alibaba/request-config.js';

export const REGION = 'cn-hangzhou';

type Fields = Readonly<Record<string, unknown>>;

/** What the scene has, by name. */
export interface Parts {
  readonly vpc: string;
  readonly elsewhere: string;
  /** The target instance's `j` and `k`; `m` and `n` of an integration instance as source; the backends' `app`. */
  readonly vswitches: Readonly<Record<'j' | 'k' | 'm' | 'n' | 'app', string>>;
  /** Of the instances and of the backend. */
  readonly group: string;
  readonly machine: string;
  /** In the other VPC; behind a peering where the source is an integration instance. */
  readonly foreign: string;
  readonly foreignAddress: string;
  readonly foreignSwitch: string;
  readonly balancer: string;
  readonly accessList: string;
  /** The instance where the group is, and where its calls come from. */
  readonly old: string;
  readonly oldBlocks: readonly string[];
  /** A VPC integration instance. */
  readonly next: string;
  readonly apiGroup: string;
  /** The ids of APIs, by path. */
  readonly apis: Readonly<Record<'/orders' | '/stock', string>>;
  /** Route tables: of `j` and `k`, of `m` and `n`, and of the other VPC. */
  readonly tables: Readonly<Record<'next' | 'old' | 'elsewhere', string>>;
  readonly peering: string;
  readonly backend: string;
  readonly plugin: string;
}

/** A scene for one test. */
export interface Stage {
  readonly simulation: Simulation;
  readonly parts: Parts;
  readonly call: (product: AlibabaCallTarget['product'], action: string, input: Fields) => any;
  readonly wait: (ms?: number) => Promise<void>;
  /** Changes rows in ways that no call can. */
  readonly edit: (fits: (row: Readonly<Record<string, unknown>>) => boolean, to: object) => void;
  /** What a live validation observes. */
  readonly observe: (migration?: GroupMigration) => Promise<RegionSnapshot>;
  readonly validate: (options?: {
    readonly migration?: Partial<GroupMigration>;
    /** In addition to the blocks that the gateway reserves, which cannot be read; or nothing, not even these. */
    readonly assume?: AssumedFacts | 'nothing';
  }) => Promise<MigrationReport>;
  /** Moves the group with the service's own call, and waits for the result. */
  readonly move: (to?: string) => Promise<{ readonly status: string; readonly error: string; readonly on: string }>;
}

export interface Scene {
  readonly world: SavedWorld;
  readonly parts: Parts;
}

/** The parameters of CreateApi and ModifyApi. */
export const definition = (path: string, more: Fields): Fields => ({
  ApiName: path.slice(1).replaceAll('/', '_'),
  Visibility: 'PRIVATE',
  AuthType: 'ANONYMOUS',
  RequestConfig: requestConfig(path),
  ...more,
});

/** A service config that names an authorization. */
export const authorized = (Name: string, VpcScheme = 'http'): Fields => ({
  ServiceConfig: JSON.stringify({
    ServiceProtocol: 'HTTP',
    ServiceVpcEnable: 'TRUE',
    VpcConfig: { Name, VpcScheme },
  }),
});

/** A service config that names an address. */
export const addressed = (address: string): Fields => ({
  ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP', ServiceAddress: address, ServiceVpcEnable: 'FALSE' }),
});

/**
 * An API group on a conventional instance, with two APIs, a named backend and a routing plug-in, all behind
 * authorizations, and a VPC integration instance to which it can move without errors. Created once; {@link stageOf}
 * opens copies.
 */
export async function openScene(source: 'conventional' | 'integration' = 'conventional'): Promise<Scene> {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
  const call: Stage['call'] = (product, action, input) =>
    simulation.callAlibaba({ product, action, region: REGION }, input);
  const wait = (ms = 600_000) => simulation.advance(ms);
  const vpc: string = call('Vpc', 'CreateVpc', { CidrBlock: '10.10.0.0/16', VpcName: 'shop' }).VpcId;
  const elsewhere: string = call('Vpc', 'CreateVpc', { CidrBlock: '10.11.0.0/16', VpcName: 'elsewhere' }).VpcId;
  const vswitch = (VpcId: string, CidrBlock: string, zone: string): string =>
    call('Vpc', 'CreateVSwitch', { VpcId, CidrBlock, ZoneId: `${REGION}-${zone}` }).VSwitchId;
  const vswitches = {
    j: vswitch(vpc, '10.10.0.0/24', 'j'),
    k: vswitch(vpc, '10.10.1.0/24', 'k'),
    m: vswitch(vpc, '10.10.2.0/24', 'j'),
    n: vswitch(vpc, '10.10.3.0/24', 'k'),
    app: vswitch(vpc, '10.10.20.0/24', 'j'),
  };
  const tableOf = (VpcId: string, ...switches: readonly string[]): string => {
    const { RouteTableId } = call('Vpc', 'CreateRouteTable', { VpcId, RouteTableName: 'own' });
    for (const VSwitchId of switches) call('Vpc', 'AssociateRouteTable', { RouteTableId, VSwitchId });
    return RouteTableId;
  };
  const tables = {
    next: tableOf(vpc, vswitches.j, vswitches.k),
    old: tableOf(vpc, vswitches.m, vswitches.n),
    elsewhere: call('Vpc', 'DescribeRouteTableList', { VpcId: elsewhere }).RouterTableList.RouterTableListType[0]
      .RouteTableId,
  };
  const peering: string = call('VpcPeer', 'CreateVpcPeerConnection', {
    VpcId: vpc,
    AcceptingVpcId: elsewhere,
    AcceptingRegionId: REGION,
  }).InstanceId;
  const routeTo = (RouteTableId: string, DestinationCidrBlock: string) =>
    call('Vpc', 'CreateRouteEntry', { RouteTableId, DestinationCidrBlock, NextHopType: 'VpcPeer', NextHopId: peering });
  routeTo(tables.next, '10.11.0.0/16');
  routeTo(tables.old, '10.11.0.0/16');
  for (const part of [0, 1, 2, 3]) routeTo(tables.elsewhere, `10.10.${part}.0/24`);
  const foreignSwitch = vswitch(elsewhere, '10.11.0.0/24', 'j');
  const groupIn = (VpcId: string): string =>
    call('Ecs', 'CreateSecurityGroup', { VpcId, SecurityGroupName: 'shop' }).SecurityGroupId;
  const group = groupIn(vpc);
  const machineIn = (VSwitchId: string, SecurityGroupId: string): string =>
    call('Ecs', 'RunInstances', {
      Amount: 1,
      ImageId: 'ubuntu_24_04_x64_20G_alibase_20260101.vhd',
      InstanceType: 'ecs.g7.large',
      VSwitchId,
      SecurityGroupId,
    }).InstanceIdSets.InstanceIdSet[0];
  const machine = machineIn(vswitches.app, group);
  const foreignGroup = groupIn(elsewhere);
  const foreign = machineIn(foreignSwitch, foreignGroup);
  call('Ecs', 'AuthorizeSecurityGroup', {
    SecurityGroupId: foreignGroup,
    Permissions: [{ IpProtocol: 'TCP', PortRange: '8080/8080', SourceCidrIp: '10.10.0.0/22' }],
  });
  await wait();
  const addressOf = (id: string): string =>
    call('Ecs', 'DescribeInstances', { InstanceIds: JSON.stringify([id]) }).Instances.Instance[0].VpcAttributes
      .PrivateIpAddress.IpAddress[0];
  const foreignAddress = addressOf(foreign);

  const instance = (InstanceName: string, more: Fields): string =>
    call('CloudAPI', 'CreateInstance', {
      InstanceName,
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_2',
      Token: InstanceName,
      ...more,
    }).InstanceId;
  const { Zones } = call('CloudAPI', 'DescribeZones', {});
  const zones: readonly string[] = Zones.Zone.map((one: any) => one.ZoneId);
  const ZoneId = zones.find((id) => id.includes('MAZ'));
  const within = (InstanceName: string, j: string, k: string, blocks: readonly [string, string]): string =>
    instance(InstanceName, {
      InstanceType: 'vpc_connect',
      InstanceCidr: '192.168.0.0/16',
      UserVpcId: vpc,
      ZoneVSwitchSecurityGroup: [
        { ZoneId: `${REGION}-j`, VSwitchId: j, CidrBlock: blocks[0], SecurityGroupId: group },
        { ZoneId: `${REGION}-k`, VSwitchId: k, CidrBlock: blocks[1], SecurityGroupId: group },
      ],
    });
  const old =
    source === 'conventional'
      ? instance('old', { InstanceType: 'normal', ZoneId })
      : within('old', vswitches.m, vswitches.n, ['10.10.2.0/24', '10.10.3.0/24']);
  const next = within('next', vswitches.j, vswitches.k, ['10.10.0.0/24', '10.10.1.0/24']);
  await wait(1_200_000);
  for (const InstanceId of source === 'conventional' ? [next] : [old, next]) {
    for (const CidrBlock of ['10.10.20.0/24', ...(source === 'conventional' ? [] : ['10.11.0.0/24'])]) {
      call('CloudAPI', 'ModifyInstanceAttribute', { InstanceId, ToConnectVpcIpBlock: { CidrBlock, Customized: true } });
      await wait();
    }
  }
  const oldBlocks: readonly string[] =
    source === 'integration'
      ? ['10.10.2.0/24', '10.10.3.0/24']
      : [
          call('CloudAPI', 'DescribeInstances', { InstanceId: old }).Instances.InstanceAttribute[0]
            .VpcEgressAddress as string,
        ];
  for (const SourceCidrIp of oldBlocks) {
    call('Ecs', 'AuthorizeSecurityGroup', {
      SecurityGroupId: group,
      Permissions: [{ IpProtocol: 'TCP', PortRange: '8080/8080', SourceCidrIp }],
    });
  }

  const blocks = [...oldBlocks, '10.10.0.0/24', '10.10.1.0/24'];
  const { balancer, accessList } = stockBalancer(call, vswitches.app, machine, blocks);

  const authorize = (Name: string, InstanceId: string, Port: number, VpcId = vpc): void => {
    call('CloudAPI', 'SetVpcAccess', { Name, VpcId, InstanceId, Port });
  };
  authorize('orders', machine, 8080);
  authorize('stock', balancer, 80);
  const apiGroup: string = call('CloudAPI', 'CreateApiGroup', { GroupName: 'shop', InstanceId: old }).GroupId;
  const api = (path: string, more: Fields, ...stages: readonly string[]): string => {
    const { ApiId } = call('CloudAPI', 'CreateApi', { GroupId: apiGroup, ...definition(path, more) });
    for (const StageName of stages) {
      call('CloudAPI', 'DeployApi', { GroupId: apiGroup, ApiId, StageName, Description: 'd' });
    }
    return ApiId;
  };
  const apis = {
    '/orders': api('/orders', authorized('orders'), 'RELEASE'),
    '/stock': api('/stock', authorized('stock'), 'RELEASE', 'PRE'),
  };
  const { BackendId: backend } = call('CloudAPI', 'CreateBackend', { BackendName: 'legacy', BackendType: 'VPC' });
  call('CloudAPI', 'CreateBackendModel', {
    BackendId: backend,
    BackendType: 'VPC',
    StageName: 'RELEASE',
    BackendModelData: JSON.stringify({ VpcConfig: { Name: 'orders', VpcScheme: 'http' }, ServiceTimeout: 10_000 }),
  });
  api(
    '/legacy',
    { ServiceConfig: JSON.stringify({ ServiceProtocol: 'HTTP' }), BackendEnable: true, BackendId: backend },
    'RELEASE',
  );
  const { PluginId: plugin } = call('CloudAPI', 'CreatePlugin', {
    PluginName: 'blue',
    PluginType: 'routing',
    PluginData:
      'routes:\n- name: blue\n  condition: "$Query = 1"\n  backend: { type: HTTP-VPC, vpcAccessName: stock }\n',
  });
  call('CloudAPI', 'AttachPlugin', {
    PluginId: plugin,
    GroupId: apiGroup,
    ApiId: apis['/orders'],
    StageName: 'RELEASE',
  });
  if (source === 'integration') {
    api('/foreign', addressed(`http://${foreignAddress}:8080`), 'RELEASE');
    call('CloudAPI', 'CreatePrivateDNS', {
      IntranetDomain: 'orders.internal',
      Type: 'A',
      Records: [{ Record: addressOf(machine), Weight: 100 }],
    });
    for (const InstanceId of [old, next]) {
      call('CloudAPI', 'AssociateInstanceWithPrivateDNS', { IntranetDomains: ['orders.internal'], InstanceId });
    }
    await wait();
    api('/internal', addressed('http://orders.internal:8080'), 'RELEASE');
  }
  await wait();
  const parts = {
    vpc,
    elsewhere,
    vswitches,
    group,
    machine,
    foreign,
    foreignAddress,
    foreignSwitch,
    balancer,
    accessList,
    old,
    oldBlocks,
    next,
    apiGroup,
    apis,
    tables,
    peering,
    backend,
    plugin,
  };
  return { world: simulation.world(), parts };
}

/** A copy of a scene for one test. */
export function stageOf({ world, parts }: Scene): Stage {
  const simulation = simulate({ seed: 7, clock: 'auto', throttle: false });
  simulation.load(world);
  const ctx = createContext({ clock: simulation.clock, random: () => 0.5 });
  const given: GroupMigration = { provider: 'alibaba', group: parts.apiGroup, to: parts.next };
  const observe: Stage['observe'] = async ({ group, to } = given) => {
    const links = [parts.old, parts.next, to];
    return await alibaba({ region: REGION, api: simulation.alibaba(REGION) }).observe(
      { gateways: [{ apiGroup: group }], links, checks: true, uses: true },
      ctx,
    );
  };
  return {
    parts,
    observe,
    edit: (fits, to) => edit(simulation, fits, to),
    validate: async ({ migration = {}, assume } = {}) => {
      const what = { ...given, ...migration };
      const taken = {
        version: 1,
        takenAt: new Date(simulation.clock.now()).toISOString(),
        regions: [await observe(what)],
      };
      const snapshot = decodeSnapshot(encodeSnapshot(taken as never));
      return validateMigration(snapshot, what, {
        clouds: CLOUDS,
        assume: assume === 'nothing' ? undefined : { internalBlocks: { [REGION]: ['10.250.0.0/16'] }, ...assume },
        passes: false,
      });
    },
    ...movesOf(simulation, parts),
  };
}

/** The calls of a simulated account that has the scene in it. */
export function movesOf(simulation: Simulation, parts: Parts): Pick<Stage, 'simulation' | 'call' | 'wait' | 'move'> {
  const call: Stage['call'] = (product, action, input) =>
    simulation.callAlibaba({ product, action, region: REGION }, input);
  const wait = (ms = 600_000) => simulation.advance(ms);
  const move: Stage['move'] = async (TargetInstanceId = parts.next) => {
    call('CloudAPI', 'ModifyApiGroupInstance', { GroupId: parts.apiGroup, TargetInstanceId });
    await wait();
    const now = call('CloudAPI', 'DescribeApiGroup', { GroupId: parts.apiGroup });
    return { status: now.MigrationStatus, error: now.MigrationError, on: now.InstanceId };
  };
  return { simulation, call, wait, move };
}
