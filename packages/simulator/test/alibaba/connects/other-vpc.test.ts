import { describe, expect, it } from 'vitest';
import type { Connection } from '../../../src/alibaba/connects/connection.js';
import { idOf, runInstance } from '../ecs/account.js';
import { patchRow } from '../../patch-row.js';
import { verdict, type Verdict } from './verdict.js';
import { addBlock, connectedWorld, networkAcl, rule, systemTable, type World } from './world.js';

const REGION = 'cn-hangzhou';
const FAR = '172.20.1.10';

/** A second VPC 172.20.0.0/16 with a server whose basic group allows port 80 from 10.0.0.0/8. It is accessible. */
async function twoVpcs() {
  const world = await connectedWorld();
  const { cloud } = world;
  const VpcId = idOf(cloud.vpc('CreateVpc', { CidrBlock: '172.20.0.0/16' }), 'VpcId');
  const vSwitchId = idOf(
    cloud.vpc('CreateVSwitch', { VpcId, ZoneId: 'cn-hangzhou-j', CidrBlock: '172.20.1.0/24' }),
    'VSwitchId',
  );
  const groupId = idOf(cloud.ecs('CreateSecurityGroup', { VpcId }), 'SecurityGroupId');
  runInstance(cloud, { VSwitchId: vSwitchId, SecurityGroupId: groupId, PrivateIpAddress: FAR });
  rule(world, 'in', groupId, { SourceCidrIp: '10.0.0.0/8' });
  await cloud.sim.advance(600_000);
  await addBlock(world, '172.20.0.0/16');
  const call = (action: string, input: object): any =>
    cloud.sim.callAlibaba({ product: 'VpcPeer', action, region: REGION }, input as Record<string, unknown>);
  return { ...world, farVpcId: VpcId, far: { vSwitchId, groupId }, call };
}

type TwoVpcs = Awaited<ReturnType<typeof twoVpcs>>;

const entry = (world: TwoVpcs, vpcId: string, DestinationCidrBlock: string, NextHopType: string, NextHopId: string) =>
  world.cloud.vpc('CreateRouteEntry', {
    RouteTableId: systemTable({ ...world, vpcId }),
    DestinationCidrBlock,
    NextHopType,
    NextHopId,
  });

/** A peering between the two, with a route to the peer, and a return route by default. */
async function peer(world: TwoVpcs, back = true): Promise<string> {
  const ask = { VpcId: world.vpcId, AcceptingVpcId: world.farVpcId, AcceptingRegionId: REGION };
  const { InstanceId } = world.call('CreateVpcPeerConnection', ask);
  await world.cloud.sim.advance(60_000);
  entry(world, world.vpcId, '172.20.0.0/16', 'VpcPeer', InstanceId);
  if (back) entry(world, world.farVpcId, '10.0.0.0/16', 'VpcPeer', InstanceId);
  return InstanceId;
}

const reach = (world: World): Connection => world.cloud.sim.connects(world.linkId, FAR, 80) as Connection;

describe('a peering', () => {
  it.each<[string, Verdict, (world: TwoVpcs) => unknown]>([
    ['none', 'no: route', () => 0],
    ['with routes in both directions', 'yes', (world) => peer(world)],
    ['without a return route', 'no: route-return', (world) => peer(world, false)],
    [
      'that is not active',
      'no: blackhole',
      async (world) => {
        const InstanceId = await peer(world);
        patchRow(world.cloud.sim, 'id', InstanceId, { status: 'Creating' });
      },
    ],
    [
      'that another account has not accepted',
      'no: blackhole',
      (world) => {
        const { InstanceId } = world.call('CreateVpcPeerConnection', {
          VpcId: world.vpcId,
          AcceptingVpcId: 'vpc-foreign',
          AcceptingRegionId: REGION,
          AcceptingAliUid: 1234567890123456,
        });
        entry(world, world.vpcId, '172.20.0.0/16', 'VpcPeer', InstanceId);
      },
    ],
    [
      'and the server’s group',
      'no: security-group-in',
      async (world) => {
        await peer(world);
        rule(world, 'in', world.far.groupId, { SourceCidrIp: '10.0.2.0/24', Policy: 'drop' });
      },
    ],
    [
      'and the network ACL of the server’s vSwitch',
      'no: network-acl-in',
      async (world) => {
        await peer(world);
        networkAcl({ ...world, vpcId: world.farVpcId }, world.far.vSwitchId, { in: [], out: [] });
      },
    ],
    [
      'and the network ACL of the server’s vSwitch, for answers',
      'no: network-acl-return',
      async (world) => {
        await peer(world);
        const lets = { in: ['accept all -1/-1 0.0.0.0/0'], out: ['accept tcp 80/80 0.0.0.0/0'] };
        networkAcl({ ...world, vpcId: world.farVpcId }, world.far.vSwitchId, lets);
      },
    ],
  ])('%s: %s', async (_what, expected, change) => {
    const world = await twoVpcs();
    await change(world);
    expect(verdict(world, FAR)).toBe(expected);
  });

  it('carries only traffic for the other VPC', async () => {
    const world = await twoVpcs();
    const id = await peer(world);
    await addBlock(world, '172.21.0.0/16');
    entry(world, world.vpcId, '172.21.0.0/16', 'VpcPeer', id);
    expect(verdict(world, '172.21.1.10')).toBe('no: peering');
    expect(verdict(world, '172.20.1.99')).toBe('no: target');
    expect(reach(world).sources[0]?.via).toEqual(['peering']);
  });

  it('must return the answer to the link, not to another VPC with its block', async () => {
    const world = await twoVpcs();
    await peer(world, false);
    const third = idOf(world.cloud.vpc('CreateVpc', { CidrBlock: '10.0.0.0/16' }), 'VpcId');
    const ask = { VpcId: world.farVpcId, AcceptingVpcId: third, AcceptingRegionId: REGION };
    const { InstanceId } = world.call('CreateVpcPeerConnection', ask);
    await world.cloud.sim.advance(60_000);
    entry(world, world.farVpcId, '10.0.0.0/16', 'VpcPeer', InstanceId);
    expect(verdict(world, FAR)).toBe('no: route-return');
    expect(reach(world).because).toContain(`goes to ${third} instead`);
  });

  it('has disabled entries, which match nothing', async () => {
    const world = await twoVpcs();
    await peer(world);
    patchRow(world.cloud.sim, 'destinationCidrBlock', '172.20.0.0/16', { enabled: false });
    expect(verdict(world, FAR)).toBe('no: route');
  });
});

it('a transit router: forwards to a VPC of the region that is attached to it', async () => {
  const world = await twoVpcs();
  entry(world, world.vpcId, '172.20.0.0/16', 'Attachment', 'tr-attach-1');
  expect(verdict(world, FAR)).toBe('yes');
  expect(reach(world).sources[0]?.via).toEqual(['transit-router', 'outside']);
  entry(world, world.farVpcId, '192.168.0.0/16', 'Attachment', 'tr-attach-2');
  expect(verdict(world, FAR)).toBe('no: route-return');
  entry(world, world.farVpcId, '10.0.0.0/8', 'Attachment', 'tr-attach-2');
  expect(verdict(world, FAR)).toBe('yes');
  expect(reach(world).sources[0]?.via).toEqual(['transit-router']);
  rule(world, 'in', world.far.groupId, { SourceCidrIp: '10.0.0.0/16', Policy: 'drop' });
  expect(verdict(world, FAR)).toBe('no: security-group-in');
});

describe('IPv6', () => {
  const SIX = '2001:db8:1:3::10';
  async function sixWorld() {
    const world = await connectedWorld();
    const { cloud, vSwitches } = world;
    const { NetworkInterfaceSets } = cloud.ecs('DescribeNetworkInterfaces', {}) as any;
    const interfaces: any[] = NetworkInterfaceSets.NetworkInterfaceSet;
    const at = (id: string) => ({ [vSwitches.j]: '1', [vSwitches.k]: '2', [vSwitches.back]: '3' })[id] ?? '9';
    for (const { VSwitchId, NetworkInterfaceId } of interfaces) {
      if (VSwitchId !== vSwitches.back) continue;
      patchRow(world.cloud.sim, 'id', NetworkInterfaceId, { ipv6Addresses: [SIX] });
    }
    for (const id of [vSwitches.j, vSwitches.k, vSwitches.back]) {
      patchRow(world.cloud.sim, 'id', id, { ipv6CidrBlock: `2001:db8:1:${at(id)}::/64` });
    }
    const giveLink = () => {
      for (const { VSwitchId, NetworkInterfaceId } of interfaces) {
        if (VSwitchId === vSwitches.back) continue;
        patchRow(world.cloud.sim, 'id', NetworkInterfaceId, { ipv6Addresses: [`2001:db8:1:${at(VSwitchId)}::5`] });
      }
    };
    return { ...world, giveLink };
  }
  const accessible = (world: World) =>
    patchRow(world.cloud.sim, 'instanceCidr', '192.168.0.0/16', { cidrBlocks: ['10.0.0.0/16', '2001:db8:1::/48'] });
  const six = (world: World, Ipv6SourceCidrIp: string) => rule(world, 'in', world.groups.server, { Ipv6SourceCidrIp });

  it('needs an accessible block, a source address, and its own rules', async () => {
    const world = await sixWorld();
    expect(verdict(world, SIX)).toBe('no: link');
    world.giveLink();
    expect(verdict(world, SIX)).toBe('no: accessible-blocks');
    accessible(world);
    expect(verdict(world, SIX)).toBe('no: security-group-in');
    six(world, '2001:db8:1:1::/64');
    expect(verdict(world, SIX)).toBe('no: security-group-in');
    six(world, '2001:db8:1:2::/64');
    expect(verdict(world, SIX)).toBe('yes');
    expect(verdict(world, '2001:db8:1:3::11')).toBe('no: target');
    expect(verdict(world, '2001:db8:1:4::11')).toBe('no: route');
  });
});

it('targets as the gateway names them: are authorizations, by name', async () => {
  const world = await connectedWorld();
  const { cloud, vpcId, serverId } = world;
  cloud.cloudapi('SetVpcAccess', { Name: 'orders', VpcId: vpcId, InstanceId: serverId, Port: 80 });
  const to = (targetId: string) => cloud.sim.connects(world.linkId, { targetId });
  expect(to('orders').connects).toBe(true);
  expect(to('nothing').because).toBe('No port of nothing is named.');
});

it('rules with a list of ports: match no port, because port lists are not simulated', async () => {
  const world = await connectedWorld();
  expect(verdict(world, '10.0.3.10')).toBe('yes');
  patchRow(world.cloud.sim, 'portRange', '80/80', { portListId: 'pll-1' });
  expect(verdict(world, '10.0.3.10')).toBe('no: security-group-in');
});

it.each<[string, Verdict, object]>([
  ['for the called address', 'yes', { ownCidrBlock: '10.0.3.10/32' }],
  ['for another one', 'no: security-group-in', { ownCidrBlock: '10.0.3.99/32' }],
  ['for calls from one port', 'no: security-group-in', { sourcePorts: '22/22' }],
  ['for calls from all ports', 'yes', { sourcePorts: '1024/65535' }],
  ['that drop calls from some ports', 'no: security-group-in', { sourcePorts: '5000/5001', policy: 'Drop' }],
  ['that drop calls from ports that no call has', 'no: security-group-in', { sourcePorts: '22/22', policy: 'Drop' }],
])('five-tuple rules: %s: %s', async (_what, expected, changes) => {
  const world = await connectedWorld();
  patchRow(world.cloud.sim, 'portRange', '80/80', changes);
  expect(verdict(world, '10.0.3.10')).toBe(expected);
});

it.each<[string, Verdict, boolean]>([
  ['5000/5001', 'yes', true],
  ['22/22', 'yes', false],
  ['5000/9999', 'no: security-group-in', false],
  ['1/65535', 'no: security-group-in', false],
])(
  'a rule that drops calls from some source ports before one that accepts them: %s: %s',
  async (sourcePorts, expected, mostly) => {
    const world = await connectedWorld();
    rule(world, 'in', world.groups.server, {
      SourceCidrIp: '0.0.0.0/0',
      Policy: 'drop',
      Priority: '1',
      PortRange: '80/80',
    });
    patchRow(world.cloud.sim, 'policy', 'Drop', { sourcePorts });
    expect(verdict(world, '10.0.3.10')).toBe(expected);
    const { sources } = world.cloud.sim.connects(world.linkId, '10.0.3.10', 80) as {
      readonly sources: readonly { readonly via: readonly string[] }[];
    };
    expect(sources.every(({ via }) => via.includes('most-ports'))).toBe(mostly);
  },
);

it.each<[string, Verdict, object]>([
  ['that are unhealthy', 'no: backend-servers', { health: { 'tcp:80': 'abnormal' } }],
  ['that are unhealthy for another listener', 'yes', { health: { 'tcp:81': 'abnormal' } }],
  ['of another listener', 'no: backend-servers', { only: ['tcp:81'] }],
  ['of this listener', 'yes', { only: ['tcp:80'] }],
])('backend servers: %s: %s', async (_what, expected, changes) => {
  const world = await connectedWorld();
  patchRow(world.cloud.sim, 'ServerId', world.serverId, changes);
  expect(verdict(world, world.loadBalancerId)).toBe(expected);
});
