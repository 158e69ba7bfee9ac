import { idOf, runInstance } from '../../alibaba/ecs/account.js';
import {
  addRoute,
  addRule,
  ALL,
  balanced,
  FAR,
  networkAcl,
  open,
  peer,
  SERVER,
  type AlibabaWorld,
  type Entry,
} from './parts.js';
import type { Random } from '../random.js';

/** What a world is about. */
export const ALIBABA_THEMES = [
  'group-out',
  'group-in',
  'priority',
  'intra-group',
  'reference',
  'prefix-list',
  'acl-out',
  'acl-in',
  'acl-return',
  'no-route',
  'peering',
  'route-return',
  'listener',
  'listener-acl',
  'servers',
  'advanced',
  'blackhole',
] as const;

/** The order in which worlds use them: some decide less often than others, and occur twice. */
export const ALIBABA_ROUND: readonly AlibabaTheme[] = [
  ...ALIBABA_THEMES,
  'reference',
  'intra-group',
  'acl-out',
  'listener-acl',
  'acl-in',
  'acl-return',
];

export type AlibabaTheme = (typeof ALIBABA_THEMES)[number];

/** A backend that is called: an ECS instance, a load balancer, or an address. */
export type Called = { readonly instance: string } | { readonly address: string };

const LINK_BLOCKS = [
  '10.0.0.0/16',
  '10.0.0.0/22',
  '10.0.1.0/24',
  '10.0.2.0/24',
  '10.0.1.0/25',
  '10.0.2.128/25',
  '10.0.9.0/24',
  ALL,
];
const TARGET_BLOCKS = ['10.0.3.0/24', '10.0.3.10/32', '10.0.3.0/28', '10.0.4.0/24', '10.0.3.128/25', ALL];
const PORTS = ['80/80', '80/80', '1/1024', '443/443', '81/90'];
const POLICIES = ['accept', 'drop'];

/** Builds what a theme is about; returns what is called. */
export async function buildTheme(world: AlibabaWorld, theme: AlibabaTheme): Promise<Called> {
  const { random, groups, serverId } = world;
  const server: Called = random.chance(0.7) ? { instance: serverId } : { address: SERVER };
  switch (theme) {
    case 'group-out':
      open(world, 'in');
      for (const id of random.some([groups.j, groups.k], 2)) {
        addRule(world, 'out', id, {
          DestCidrIp: random.pick(TARGET_BLOCKS),
          Policy: 'drop',
          PortRange: random.pick(PORTS),
        });
      }
      return server;
    case 'group-in':
      for (const SourceCidrIp of random.some(LINK_BLOCKS, 3))
        addRule(world, 'in', groups.server, { SourceCidrIp, PortRange: random.pick(PORTS) });
      return server;
    case 'priority':
      if (random.chance(0.2)) {
        for (const Policy of POLICIES) addRule(world, 'in', groups.server, { SourceCidrIp: '10.0.0.0/16', Policy });
        return server;
      }
      if (random.chance(0.4)) {
        open(world, 'in');
        for (let left = 2 + random.below(3); left > 0; left -= 1) {
          const Priority = String(1 + random.below(2));
          addRule(world, 'out', random.pick([groups.j, groups.k]), {
            DestCidrIp: random.pick(TARGET_BLOCKS),
            Policy: random.pick(POLICIES),
            Priority,
            Description: `${left}`,
          });
        }
        return server;
      }
      for (let left = 2 + random.below(3); left > 0; left -= 1) {
        const Priority = String(1 + random.below(2));
        addRule(world, 'in', groups.server, {
          SourceCidrIp: random.pick(LINK_BLOCKS),
          Policy: random.pick(POLICIES),
          Priority,
          PortRange: left === 2 ? '1/65535' : '80/80',
          Description: `${left}`,
        });
      }
      return server;
    case 'intra-group':
      intraGroup(world);
      return server;
    case 'reference':
      for (const SourceGroupId of random.chance(0.7) ? [groups.j, groups.k] : random.some([groups.j, groups.k], 1)) {
        addRule(world, 'in', groups.server, {
          SourceGroupId,
          Policy: random.chance(0.85) ? 'accept' : 'drop',
          Priority: String(1 + random.below(2)),
        });
      }
      if (random.chance(0.2)) addRule(world, 'out', groups.j, { DestGroupId: groups.server, Policy: 'drop' });
      return server;
    case 'prefix-list':
      prefixList(world);
      return server;
    case 'acl-out':
    case 'acl-in':
    case 'acl-return':
      return acls(world, theme, server);
    case 'no-route':
      open(world, 'in');
      if (random.chance(0.4)) addRoute(world, world.vpcId, '172.16.0.0/12', 'NatGateway', 'ngw-1');
      return random.chance(0.8) ? { address: '172.20.9.9' } : server;
    case 'peering':
    case 'route-return':
      return peering(world, theme);
    case 'blackhole':
      return blackhole(world);
    case 'listener':
    case 'listener-acl':
    case 'servers':
      return balancer(world, theme);
    case 'advanced':
      if (random.chance(0.8)) open(world, random.pick(['in', 'both', 'both']));
      else addRule(world, 'out', groups.j, { DestCidrIp: ALL });
      return server;
  }
}

/** Members of one group reach each other. */
function intraGroup(world: AlibabaWorld): void {
  const { random, groups, serverId, cloud } = world;
  const shared = random.chance(0.8) ? [groups.j, groups.k] : random.some([groups.j, groups.k], 2);
  for (const SecurityGroupId of new Set(shared)) {
    cloud.ecs('JoinSecurityGroup', { InstanceId: serverId, SecurityGroupId });
    if (random.chance(0.2)) cloud.ecs('ModifySecurityGroupPolicy', { SecurityGroupId, InnerAccessPolicy: 'Drop' });
  }
  if (random.chance(0.4)) addRule(world, 'in', groups.j, { SourceCidrIp: ALL, Policy: 'drop' });
  if (random.chance(0.2)) addRule(world, 'out', groups.k, { DestCidrIp: ALL, Policy: 'drop' });
}

function prefixList(world: AlibabaWorld): void {
  const { random, groups, cloud } = world;
  const list = (blocks: readonly string[]): string =>
    idOf(
      cloud.ecs('CreatePrefixList', {
        PrefixListName: 'list',
        AddressFamily: 'IPv4',
        MaxEntries: 5,
        Entry: blocks.map((Cidr) => ({ Cidr })),
      }),
      'PrefixListId',
    );
  const blocks = random.chance(0.85) ? ['10.0.1.0/24', '10.0.2.0/24'] : random.some(LINK_BLOCKS.slice(0, -1), 2);
  addRule(world, 'in', groups.server, { SourcePrefixListId: list(blocks), Priority: '2' });
  if (random.chance(0.2))
    addRule(world, 'in', groups.server, {
      SourcePrefixListId: list(['10.0.2.0/24']),
      Policy: 'drop',
      Priority: String(1 + random.below(3)),
    });
}

const REST: Entry = 'accept all -1/-1 0.0.0.0/0';

function entries(random: Random, of: 'call' | 'answer', blocks: readonly string[]): readonly Entry[] {
  const ports =
    of === 'call'
      ? [...PORTS, '79/81']
      : ['1024/65535', '1024/40000', '32768/60999', '40001/65535', '5000/5000', '80/90'];
  return Array.from({ length: 1 + random.below(3) }, () =>
    random.chance(0.15)
      ? `${random.pick(POLICIES)} all -1/-1 ${random.pick(blocks)}`
      : `${random.pick(POLICIES)} tcp ${random.pick(ports)} ${random.pick(blocks)}`,
  );
}

function acls(world: AlibabaWorld, theme: 'acl-out' | 'acl-in' | 'acl-return', called: Called): Called {
  const { random, vSwitches } = world;
  open(world, 'in');
  const rest = (): readonly Entry[] => (random.chance(0.5) ? [REST] : []);
  const near = random.pick([vSwitches.j, vSwitches.k]);
  if (theme === 'acl-return' && random.chance(0.4)) {
    // One denied port blocks some answers, and nearly all calls succeed.
    const at = 1024 + random.below(40_000);
    networkAcl(world, vSwitches.back, {
      in: [REST],
      out: [`drop tcp ${at}/${at} ${random.pick(LINK_BLOCKS)}`, REST],
    });
    return called;
  }
  if (theme === 'acl-out')
    networkAcl(world, near, { in: [REST], out: [...entries(random, 'call', TARGET_BLOCKS), ...rest()] });
  if (theme === 'acl-in')
    networkAcl(world, vSwitches.back, { in: [...entries(random, 'call', LINK_BLOCKS), ...rest()], out: [REST] });
  if (theme === 'acl-return' && random.chance(0.5))
    networkAcl(world, vSwitches.back, { in: [REST], out: [...entries(random, 'answer', LINK_BLOCKS), ...rest()] });
  else if (theme === 'acl-return')
    networkAcl(world, near, { in: [...entries(random, 'answer', TARGET_BLOCKS), ...rest()], out: [REST] });
  return called;
}

/** A second VPC 172.20.0.0/16 with a server, connected by a peering without routes. */
export async function farVpc(world: AlibabaWorld) {
  const { cloud, vpcId } = world;
  const farVpcId = idOf(cloud.vpc('CreateVpc', { CidrBlock: '172.20.0.0/16' }), 'VpcId');
  const vSwitch = { VpcId: farVpcId, ZoneId: 'cn-hangzhou-j', CidrBlock: '172.20.1.0/24' };
  const VSwitchId = idOf(cloud.vpc('CreateVSwitch', vSwitch), 'VSwitchId');
  const farGroup = idOf(cloud.ecs('CreateSecurityGroup', { VpcId: farVpcId }), 'SecurityGroupId');
  runInstance(cloud, { VSwitchId, SecurityGroupId: farGroup, PrivateIpAddress: FAR });
  addRule(world, 'in', farGroup, { SourceCidrIp: '10.0.0.0/8' });
  await cloud.sim.advance(600_000);
  const ask = { VpcId: vpcId, AcceptingVpcId: farVpcId, AcceptingRegionId: 'cn-hangzhou' };
  const id = peer(world, ask);
  await cloud.sim.advance(60_000);
  return { id, farVpcId };
}

/** Routes to the peer, with or without return routes. */
async function peering(world: AlibabaWorld, theme: 'peering' | 'route-return'): Promise<Called> {
  const { random, vpcId } = world;
  const { id, farVpcId } = await farVpc(world);
  addRoute(world, vpcId, random.pick(['172.20.0.0/16', '172.16.0.0/12']), 'VpcPeer', id);
  const back = theme === 'peering' ? ['10.0.0.0/16'] : ['10.0.0.0/16', '10.0.1.0/24', '10.0.2.0/24', '10.0.1.0/28'];
  for (const block of theme === 'route-return' && random.chance(0.3) ? [] : random.some(back, 2)) {
    addRoute(world, farVpcId, block, 'VpcPeer', id);
  }
  return { address: theme === 'peering' && random.chance(0.4) ? '172.21.1.10' : FAR };
}

/** A peering that another account has not accepted receives packets of its routes, and drops them. */
function blackhole(world: AlibabaWorld): Called {
  const { random, vpcId } = world;
  open(world, 'in');
  const ask = {
    VpcId: vpcId,
    AcceptingVpcId: 'vpc-bp1aaaaaaaaaaaaaaaaaa',
    AcceptingRegionId: 'cn-hangzhou',
    AcceptingAliUid: 1234567890123456,
  };
  const id = peer(world, ask);
  addRoute(world, vpcId, random.pick(['172.20.0.0/16', '172.16.0.0/12', '172.20.9.0/24']), 'VpcPeer', id);
  return { address: random.chance(0.85) ? '172.20.9.9' : SERVER };
}

async function balancer(world: AlibabaWorld, theme: 'listener' | 'listener-acl' | 'servers'): Promise<Called> {
  const { random, cloud, vSwitches } = world;
  open(world, 'in');
  const { at, servers } = balanced(world, theme === 'listener-acl' || random.chance(0.5) ? 'TCP' : 'HTTP');
  await cloud.sim.advance(60_000);
  const { LoadBalancerId } = at;
  if (theme === 'listener') {
    const what = random.below(4);
    if (what === 0) cloud.slb('StopLoadBalancerListener', at);
    if (what === 1) cloud.slb('DeleteLoadBalancerListener', at);
    if (what === 2) cloud.slb('SetLoadBalancerStatus', { LoadBalancerId, LoadBalancerStatus: 'inactive' });
  }
  if (theme === 'servers') {
    const what = random.pick([0, 1, 2, 2, 3]);
    const hit = random.chance(0.95) ? servers : servers.slice(0, 1);
    const BackendServers = JSON.stringify(hit.map((ServerId) => (what === 0 ? ServerId : { ServerId, Weight: '0' })));
    if (what === 0) cloud.slb('RemoveBackendServers', { LoadBalancerId, BackendServers });
    if (what === 1) cloud.slb('SetBackendServers', { LoadBalancerId, BackendServers });
    if (what === 2) for (const InstanceId of hit) cloud.ecs('StopInstance', { InstanceId });
    if (what === 3)
      networkAcl(world, vSwitches.back, {
        in: [...entries(random, 'call', [...LINK_BLOCKS, '100.64.0.0/10']), REST],
        out: [REST],
      });
    await cloud.sim.advance(600_000);
  }
  if (theme === 'listener-acl') {
    const { AclId } = cloud.slb('CreateAccessControlList', { AclName: 'list' }) as { AclId?: string };
    const blocks = random.chance(0.1) ? [] : random.some([...LINK_BLOCKS.slice(0, -1), '10.0.1.0/24'], 3);
    if (blocks.length > 0)
      cloud.slb('AddAccessControlListEntry', { AclId, AclEntrys: JSON.stringify(blocks.map((entry) => ({ entry }))) });
    cloud.slb('SetLoadBalancerTCPListenerAttribute', {
      ...at,
      AclStatus: 'on',
      AclType: random.pick(['white', 'white', 'black']),
      AclId,
    });
  }
  return { instance: LoadBalancerId };
}
