import { describe, expect, it } from 'vitest';
import type { SourceConnection } from '../../../src/alibaba/connects/connection.js';
import { runInstance } from '../network/account.js';
import { addBlock, connectedWorld, networkAcl, rule, systemTable, type World } from './world.js';

type Verdict = 'yes' | `no: ${string}`;

/** How it comes out, and what decided it. */
function verdict({ cloud, linkId }: World, address: string, port = 80): Verdict {
  const reach = cloud.sim.connects(linkId, address, port) as { connects: boolean; by: string; because: string };
  expect(reach.because).not.toBe('');
  return reach.connects ? 'yes' : `no: ${reach.by}`;
}

/** What each zone's addresses come to. */
function zones({ cloud, linkId }: World, address: string): Record<string, string> {
  const { sources } = cloud.sim.connects(linkId, address, 80) as { sources?: SourceConnection[] };
  return Object.fromEntries(
    (sources ?? []).map(({ zoneId, connects, by }) => [zoneId, connects ? 'yes' : `no: ${by}`]),
  );
}

const SERVER = '10.0.3.10';
const BALANCER = '10.0.3.20';
const ALL = '0.0.0.0/0';

describe('a VPC integration instance and an ECS instance', () => {
  it.each<[string, (world: World) => unknown, Verdict]>([
    ['as the world is made', () => 0, 'yes'],
    [
      'the server stopped',
      async ({ cloud, serverId }) => {
        cloud.ecs('StopInstance', { InstanceId: serverId });
        await cloud.sim.advance(60_000);
      },
      'no: target',
    ],
    [
      'the block taken away',
      async ({ cloud, linkId }) => {
        cloud.cloudapi('ModifyInstanceAttribute', { InstanceId: linkId, DeleteVpcIpBlock: '10.0.3.0/24', Token: 'd' });
        await cloud.sim.advance(60 * 60_000);
      },
      'no: accessible-blocks',
    ],
    [
      'another port opened, this one dropped at a smaller priority',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: '10.0.0.0/8', Policy: 'drop', Priority: '1' }),
      'no: security-group-in',
    ],
    [
      'a drop of the same priority comes first, whatever its prefix',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop' }),
      'no: security-group-in',
    ],
    [
      'a drop of a larger priority comes too late',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop', Priority: '2' }),
      'yes',
    ],
    [
      'a drop of another port',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop', PortRange: '81/90' }),
      'yes',
    ],
    [
      'a drop of UDP',
      (world) => rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop', IpProtocol: 'udp' }),
      'yes',
    ],
    [
      'a drop of everything',
      (world) =>
        rule(world, 'in', world.groups.server, {
          SourceCidrIp: ALL,
          Policy: 'drop',
          IpProtocol: 'all',
          PortRange: '-1/-1',
        }),
      'no: security-group-in',
    ],
    [
      'one zone kept in by its group: half of the calls fail',
      (world) => rule(world, 'out', world.groups.k, { DestCidrIp: '10.0.3.0/24', Policy: 'drop' }),
      'no: security-group-out',
    ],
    [
      'the group of a zone named by id',
      (world) => rule(world, 'in', world.groups.server, { SourceGroupId: world.groups.j, Policy: 'drop' }),
      'no: security-group-in',
    ],
    [
      'the target named by its group',
      (world) => rule(world, 'out', world.groups.j, { DestGroupId: world.groups.server, Policy: 'drop' }),
      'no: security-group-out',
    ],
    [
      'a prefix list that holds zone k',
      (world) => {
        const list = { PrefixListName: 'zone', AddressFamily: 'IPv4', MaxEntries: 1, Entry: [{ Cidr: '10.0.2.0/24' }] };
        const { PrefixListId = '' } = world.cloud.ecs('CreatePrefixList', list) as { PrefixListId?: string };
        rule(world, 'in', world.groups.server, { SourcePrefixListId: PrefixListId, Policy: 'drop' });
      },
      'no: security-group-in',
    ],
    [
      'a port that no rule takes',
      ({ cloud, groups }) => {
        cloud.ecs('RevokeSecurityGroup', {
          SecurityGroupId: groups.server,
          IpProtocol: 'tcp',
          PortRange: '80/80',
          SourceCidrIp: '10.0.0.0/16',
        });
      },
      'no: security-group-in',
    ],
  ])('%s', async (_what, change, expected) => {
    const world = await connectedWorld();
    await change(world);
    expect(verdict(world, SERVER)).toBe(expected);
  });

  it.each<[string, 'Accept' | 'Drop', Verdict]>([
    ['members of one basic group reach one another, and no rule forbids it', 'Accept', 'yes'],
    ['unless the group keeps its members apart', 'Drop', 'no: security-group-out'],
  ])('%s (%s)', async (_what, InnerAccessPolicy, expected) => {
    const world = await connectedWorld();
    const { cloud, groups, serverId } = world;
    for (const zone of [groups.j, groups.k]) {
      rule(world, 'out', zone, { DestCidrIp: ALL, Policy: 'drop' });
      cloud.ecs('JoinSecurityGroup', { InstanceId: serverId, SecurityGroupId: zone });
      cloud.ecs('ModifySecurityGroupPolicy', { SecurityGroupId: zone, InnerAccessPolicy });
    }
    rule(world, 'in', groups.server, { SourceCidrIp: ALL, Policy: 'drop' });
    expect(verdict(world, SERVER)).toBe(expected);
  });

  it('advanced groups let nothing out by themselves', async () => {
    const world = await connectedWorld('enterprise');
    expect(verdict(world, SERVER)).toBe('no: security-group-out');
    for (const zone of [world.groups.j, world.groups.k]) rule(world, 'out', zone, { DestCidrIp: '10.0.3.10' });
    expect(verdict(world, SERVER)).toBe('yes');
  });

  it('says how each zone gets on', async () => {
    const world = await connectedWorld();
    rule(world, 'out', world.groups.k, { DestCidrIp: ALL, Policy: 'drop', PortRange: '1/1024' });
    expect(zones(world, SERVER)).toEqual({ 'cn-hangzhou-j': 'yes', 'cn-hangzhou-k': 'no: security-group-out' });
    expect(world.cloud.sim.connects(world.linkId, SERVER, 80).because).toContain(world.groups.k);
  });
});

describe('network ACLs', () => {
  const open = { in: [`accept all -1/-1 ${ALL}`], out: [`accept all -1/-1 ${ALL}`] };
  const answers = 'accept tcp 1024/65535 0.0.0.0/0';
  it.each<[string, 'j' | 'back', { in: readonly string[]; out: readonly string[] }, Verdict]>([
    ['a new one lets nothing out', 'j', { in: [], out: [] }, 'no: network-acl-out'],
    ['open both ways', 'j', open, 'yes'],
    ['out, but no answer', 'j', { in: [], out: open.out }, 'no: network-acl-return'],
    ['out, and answers to every port that calls come from', 'j', { in: [answers], out: open.out }, 'yes'],
    [
      'out, and answers to some of those ports',
      'j',
      { in: ['accept tcp 1024/40000 0.0.0.0/0'], out: open.out },
      'no: network-acl-return',
    ],
    [
      'answers let in piece by piece',
      'j',
      { in: ['accept tcp 1024/40000 0.0.0.0/0', 'accept tcp 40001/65535 0.0.0.0/0'], out: open.out },
      'yes',
    ],
    [
      'the first match counts: accept, then drop',
      'j',
      { in: [answers], out: ['accept tcp 80/80 10.0.3.0/24', `drop all -1/-1 ${ALL}`] },
      'yes',
    ],
    [
      'the first match counts: drop, then accept',
      'j',
      { in: [answers], out: ['drop tcp 1/100 10.0.3.0/24', `accept all -1/-1 ${ALL}`] },
      'no: network-acl-out',
    ],
    [
      'one port in the middle dropped',
      'j',
      { in: ['drop tcp 5000/5000 0.0.0.0/0', answers], out: open.out },
      'no: network-acl-return',
    ],
    [
      'a rule of UDP matches nothing',
      'j',
      { in: [answers], out: [`drop udp 1/65535 ${ALL}`, `accept all -1/-1 ${ALL}`] },
      'yes',
    ],
    ['at the target: in', 'back', { in: ['accept tcp 443/443 0.0.0.0/0'], out: open.out }, 'no: network-acl-in'],
    [
      'at the target: zone k is not let in',
      'back',
      { in: ['accept tcp 80/80 10.0.1.0/24'], out: open.out },
      'no: network-acl-in',
    ],
    [
      'at the target: in, but no answer',
      'back',
      { in: open.in, out: ['accept tcp 80/80 0.0.0.0/0'] },
      'no: network-acl-return',
    ],
    [
      'at the target: both ways',
      'back',
      { in: ['accept tcp 80/80 10.0.0.0/16'], out: ['accept tcp 1024/65535 10.0.0.0/16'] },
      'yes',
    ],
  ])('%s (%s)', async (_what, at, rules, expected) => {
    const world = await connectedWorld();
    networkAcl(world, world.vSwitches[at], rules);
    expect(verdict(world, SERVER)).toBe(expected);
  });

  it('do not filter what stays in one vSwitch', async () => {
    const world = await connectedWorld();
    const { cloud, vSwitches, groups } = world;
    runInstance(cloud, { VSwitchId: vSwitches.j, SecurityGroupId: groups.server, PrivateIpAddress: '10.0.1.99' });
    await cloud.sim.advance(60_000);
    networkAcl(world, vSwitches.j, { in: [], out: [] });
    expect(zones(world, '10.0.1.99')).toEqual({ 'cn-hangzhou-j': 'yes', 'cn-hangzhou-k': 'no: network-acl-in' });
  });

  it('do not filter what a load balancer gets, but what its servers get', async () => {
    const world = await connectedWorld();
    networkAcl(world, world.vSwitches.back, {
      in: ['accept tcp 80/80 10.0.0.0/16'],
      out: ['accept tcp 1024/65535 10.0.0.0/16'],
    });
    expect(verdict(world, BALANCER)).toBe('yes');
    const { cloud, loadBalancerId: LoadBalancerId } = world;
    cloud.slb('CreateLoadBalancerHTTPListener', { LoadBalancerId, ListenerPort: 8080, BackendServerPort: 80 });
    cloud.slb('StartLoadBalancerListener', { LoadBalancerId, ListenerPort: 8080 });
    expect(verdict(world, BALANCER, 8080)).toBe('no: network-acl-in'); // its proxies call from 100.64.0.0/10
  });
});

describe('routes', () => {
  const hop = (world: World, NextHopType: string, NextHopId: string, DestinationCidrBlock: string) =>
    world.cloud.vpc('CreateRouteEntry', {
      RouteTableId: systemTable(world),
      DestinationCidrBlock,
      NextHopType,
      NextHopId,
    });

  it.each<[string, string, (world: World) => unknown, Verdict]>([
    ['no entry', '172.20.0.5', () => 0, 'no: route'],
    ['a peering', '172.20.0.5', (world) => hop(world, 'VpcPeer', 'pcc-1', '172.20.0.0/16'), 'yes'],
    ['a VPN', '172.20.0.5', (world) => hop(world, 'VpnGateway', 'vpn-1', '172.16.0.0/12'), 'yes'],
    ['a transit router', '172.20.0.5', (world) => hop(world, 'Attachment', 'tr-1', ALL), 'yes'],
    [
      'a NAT gateway leads to the internet',
      '172.20.0.5',
      (world) => hop(world, 'NatGateway', 'ngw-1', ALL),
      'no: route',
    ],
    [
      'the longest prefix counts',
      '172.20.0.5',
      (world) => {
        hop(world, 'VpcPeer', 'pcc-1', '172.20.0.0/16');
        hop(world, 'NatGateway', 'ngw-1', '172.20.0.0/24');
      },
      'no: route',
    ],
    ['an instance that runs', '172.20.0.5', (world) => hop(world, 'Instance', world.serverId, '172.20.0.0/16'), 'yes'],
    ['in the VPC, in no vSwitch', '10.0.200.5', () => 0, 'no: route'],
    ["the cloud's services", '100.64.0.5', () => 0, 'no: route'],
    ['in a vSwitch, but nobody', '10.0.3.99', () => 0, 'no: target'],
    [
      "in the gateway's own block",
      '192.168.7.7',
      (world) => hop(world, 'VpcPeer', 'pcc-1', '192.168.0.0/16'),
      'no: accessible-blocks',
    ],
    [
      'kept in by a group',
      '172.20.0.5',
      (world) => {
        hop(world, 'VpcPeer', 'pcc-1', '172.20.0.0/16');
        rule(world, 'out', world.groups.j, { DestCidrIp: '172.16.0.0/12', Policy: 'drop' });
      },
      'no: security-group-out',
    ],
    [
      'kept in by a network ACL',
      '172.20.0.5',
      (world) => {
        hop(world, 'VpcPeer', 'pcc-1', '172.20.0.0/16');
        networkAcl(world, world.vSwitches.j, { in: ['accept all -1/-1 10.0.0.0/8'], out: [`accept all -1/-1 ${ALL}`] });
      },
      'no: network-acl-return',
    ],
  ])('%s: %s', async (_what, address, change, expected) => {
    const world = await connectedWorld();
    const [a = '', b = '', c = ''] = address.split('.');
    if (a === '172') await addBlock(world, '172.20.0.0/16');
    else if (c !== '3' || b !== '0') await addBlock(world, `${a}.${b}.${c}.0/24`);
    change(world);
    expect(verdict(world, address)).toBe(expected);
  });

  it('are those of the vSwitch’s own table', async () => {
    const world = await connectedWorld();
    const { cloud, vpcId: VpcId, vSwitches } = world;
    await addBlock(world, '172.20.0.0/16');
    hop(world, 'VpcPeer', 'pcc-1', '172.20.0.0/16');
    expect(verdict(world, '172.20.0.5')).toBe('yes');
    const { RouteTableId } = cloud.vpc('CreateRouteTable', { VpcId }) as { RouteTableId?: string };
    cloud.vpc('AssociateRouteTable', { RouteTableId, VSwitchId: vSwitches.k });
    expect(verdict(world, '172.20.0.5')).toBe('no: route');
  });
});

describe('load balancers', () => {
  it.each<[string, (world: World, at: Record<string, unknown>) => unknown, Verdict]>([
    ['as the world is made', () => 0, 'yes'],
    ['the listener stopped', ({ cloud }, at) => cloud.slb('StopLoadBalancerListener', at), 'no: listener'],
    ['the listener deleted', ({ cloud }, at) => cloud.slb('DeleteLoadBalancerListener', at), 'no: listener'],
    [
      'inactive',
      ({ cloud, loadBalancerId }) =>
        cloud.slb('SetLoadBalancerStatus', { LoadBalancerId: loadBalancerId, LoadBalancerStatus: 'inactive' }),
      'no: listener',
    ],
    [
      'UDP only',
      ({ cloud }, at) => {
        cloud.slb('DeleteLoadBalancerListener', at);
        cloud.slb('CreateLoadBalancerUDPListener', { ...at, BackendServerPort: 80 });
        cloud.slb('StartLoadBalancerListener', at);
      },
      'no: listener',
    ],
    ['a white list without zone k', (world, at) => list(world, at, 'white', ['10.0.1.0/24']), 'no: listener-acl'],
    ['a white list with both zones', (world, at) => list(world, at, 'white', ['10.0.0.0/16']), 'yes'],
    ['an empty white list lets everybody in', (world, at) => list(world, at, 'white', []), 'yes'],
    ['a black list with zone k', (world, at) => list(world, at, 'black', ['10.0.2.0/24']), 'no: listener-acl'],
    ['a black list of others', (world, at) => list(world, at, 'black', ['10.0.9.0/24']), 'yes'],
    [
      'no server',
      ({ cloud, loadBalancerId, serverId }) =>
        cloud.slb('RemoveBackendServers', { LoadBalancerId: loadBalancerId, BackendServers: `["${serverId}"]` }),
      'no: backend-servers',
    ],
    [
      'a server without weight',
      ({ cloud, loadBalancerId, serverId }) =>
        cloud.slb('SetBackendServers', {
          LoadBalancerId: loadBalancerId,
          BackendServers: `[{"ServerId":"${serverId}","Weight":0}]`,
        }),
      'no: backend-servers',
    ],
    [
      'kept in by a group',
      (world) => rule(world, 'out', world.groups.j, { DestCidrIp: '10.0.3.20', Policy: 'drop' }),
      'no: security-group-out',
    ],
    [
      'not a member of any group',
      ({ cloud, groups, serverId }) => {
        for (const SecurityGroupId of [groups.j, groups.k]) {
          cloud.ecs('JoinSecurityGroup', { InstanceId: serverId, SecurityGroupId });
          cloud.ecs('AuthorizeSecurityGroupEgress', {
            SecurityGroupId,
            IpProtocol: 'all',
            PortRange: '-1/-1',
            DestCidrIp: ALL,
            Policy: 'drop',
          });
        }
      },
      'no: security-group-out',
    ],
  ])('%s', async (_what, change, expected) => {
    const world = await connectedWorld();
    change(world, { LoadBalancerId: world.loadBalancerId, ListenerPort: 80 });
    expect(verdict(world, BALANCER)).toBe(expected);
    expect(verdict(world, world.loadBalancerId)).toBe(expected);
  });
});

function list({ cloud }: World, at: object, AclType: string, blocks: readonly string[]): void {
  const { AclId } = cloud.slb('CreateAccessControlList', { AclName: 'list' }) as { AclId?: string };
  const AclEntrys = JSON.stringify(blocks.map((entry) => ({ entry })));
  if (blocks.length > 0) cloud.slb('AddAccessControlListEntry', { AclId, AclEntrys });
  cloud.slb('SetLoadBalancerTCPListenerAttribute', { ...at, AclStatus: 'on', AclType, AclId });
}

function multiZone({ cloud }: World): string | undefined {
  const { Zones } = cloud.cloudapi('DescribeZones') as { Zones?: { Zone: { ZoneId: string }[] } };
  return Zones?.Zone.find(({ ZoneId }) => ZoneId.includes('('))?.ZoneId;
}

describe('other instances', () => {
  const conventional = async (world: World) => {
    const { InstanceId = '' } = world.cloud.cloudapi('CreateInstance', {
      InstanceName: 'conventional',
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_2',
      InstanceType: 'normal',
      ZoneId: multiZone(world),
      Token: 'conventional',
    }) as { InstanceId?: string };
    await world.cloud.sim.advance(60 * 60_000);
    return { ...world, linkId: InstanceId };
  };
  const allow = ({ cloud, vpcId: VpcId }: World, InstanceId: string) =>
    cloud.cloudapi('SetVpcAccess', { Name: 'backend', VpcId, InstanceId, Port: 80 });

  it('need an authorisation of the resource and port, and a group that takes their block', async () => {
    const world = await conventional(await connectedWorld());
    expect(verdict(world, SERVER)).toBe('no: authorisation');
    allow(world, world.serverId);
    expect(verdict(world, SERVER, 81)).toBe('no: authorisation');
    expect(verdict(world, BALANCER)).toBe('no: authorisation');
    expect(verdict(world, SERVER)).toBe('no: security-group-in');
    rule(world, 'in', world.groups.server, { SourceCidrIp: '100.104.0.0/16' });
    expect(verdict(world, SERVER)).toBe('yes');
    expect(verdict(world, world.serverId)).toBe('yes');
    rule(world, 'in', world.groups.server, { SourceCidrIp: ALL, Policy: 'drop', Priority: '1', PortRange: '80/80' });
    expect(verdict(world, SERVER)).toBe('no: security-group-in');
  });

  it('reach a load balancer whose list takes their block', async () => {
    const world = await conventional(await connectedWorld());
    allow(world, world.loadBalancerId);
    expect(verdict(world, BALANCER)).toBe('yes');
    list(world, { LoadBalancerId: world.loadBalancerId, ListenerPort: 80 }, 'white', ['10.0.0.0/8']);
    expect(verdict(world, BALANCER)).toBe('no: listener-acl');
  });

  it('reach nothing before they run, and nothing that does not exist', async () => {
    const world = await connectedWorld();
    expect(verdict({ ...world, linkId: 'api-shared-vpc-001' }, SERVER)).toMatch(/^no: /);
    expect(world.cloud.sim.connects('apigateway-hz-none', SERVER, 80)).toEqual({
      connects: false,
      because: 'No cloud has a link apigateway-hz-none.',
    });
    const { InstanceId = '' } = world.cloud.cloudapi('CreateInstance', {
      InstanceName: 'late',
      InstanceSpec: 'api.s1.small',
      ChargeType: 'PostPaid',
      HttpsPolicy: 'HTTPS2_TLS1_2',
      ZoneId: multiZone(world),
      Token: 'late',
    }) as { InstanceId?: string };
    expect(verdict({ ...world, linkId: InstanceId }, SERVER)).toBe('no: link');
  });
});
