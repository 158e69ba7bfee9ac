import { expect, it } from 'vitest';
import { patchRow } from '../../patch-row.js';
import { ALL, verdict, type Verdict } from './verdict.js';
import { addBlock, connectedWorld, networkAcl, rule, systemTable, type World } from './world.js';

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
    'a NAT gateway forwards to the internet',
    '172.20.0.5',
    (world) => hop(world, 'NatGateway', 'ngw-1', ALL),
    'no: route',
  ],
  [
    'the longest prefix decides',
    '172.20.0.5',
    (world) => {
      hop(world, 'VpcPeer', 'pcc-1', '172.20.0.0/16');
      hop(world, 'Ipv4Gateway', 'ipv4gw-1', '172.20.0.0/24');
    },
    'no: route',
  ],
  ['an instance that runs', '172.20.0.5', (world) => hop(world, 'Instance', world.serverId, '172.20.0.0/16'), 'yes'],
  [
    'an instance that has been stopped',
    '172.20.0.5',
    async (world) => {
      hop(world, 'Instance', world.serverId, '172.20.0.0/16');
      world.cloud.ecs('StopInstance', { InstanceId: world.serverId });
      await world.cloud.sim.advance(60_000);
    },
    'no: route',
  ],
  [
    'an instance that has the address, and forwards nothing',
    '10.0.3.10',
    (world) => {
      hop(world, 'Instance', world.serverId, '172.20.0.0/16');
      patchRow(world.cloud.sim, 'InstanceName', world.serverId, { forwards: false });
      patchRow(world.cloud.sim, 'destinationCidrBlock', '172.20.0.0/16', { destinationCidrBlock: '10.0.3.0/28' });
    },
    'yes',
  ],
  ['in the VPC, outside of all vSwitches', '10.0.200.5', () => 0, 'no: route'],
  ["the cloud's services", '100.64.0.5', () => 0, 'no: route'],
  ['in a vSwitch, without an interface', '10.0.3.99', () => 0, 'no: target'],
  [
    "in the gateway's own block",
    '192.168.7.7',
    (world) => hop(world, 'VpcPeer', 'pcc-1', '192.168.0.0/16'),
    'no: accessible-blocks',
  ],
  [
    'outbound denied by a group',
    '172.20.0.5',
    (world) => {
      hop(world, 'VpcPeer', 'pcc-1', '172.20.0.0/16');
      rule(world, 'out', world.groups.j, { DestCidrIp: '172.16.0.0/12', Policy: 'drop' });
    },
    'no: security-group-out',
  ],
  [
    'answers denied by a network ACL',
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
  await change(world);
  expect(verdict(world, address)).toBe(expected);
});

it('are read from the vSwitch’s own table', async () => {
  const world = await connectedWorld();
  const { cloud, vpcId: VpcId, vSwitches } = world;
  await addBlock(world, '172.20.0.0/16');
  hop(world, 'VpcPeer', 'pcc-1', '172.20.0.0/16');
  expect(verdict(world, '172.20.0.5')).toBe('yes');
  const { RouteTableId } = cloud.vpc('CreateRouteTable', { VpcId }) as { RouteTableId?: string };
  cloud.vpc('AssociateRouteTable', { RouteTableId, VSwitchId: vSwitches.k });
  expect(verdict(world, '172.20.0.5')).toBe('no: route');
});

it('a VPC NAT gateway may have the addresses that a route of their own leads to', async () => {
  const world = await connectedWorld();
  await addBlock(world, '172.20.0.0/16');
  hop(world, 'NatGateway', 'ngw-1', '172.20.0.0/16');
  expect(verdict(world, '172.20.0.5')).toBe('yes');
});

it('a default route to a NAT gateway leads on if the table of another vSwitch has a route', async () => {
  const world = await connectedWorld();
  const { cloud, vpcId: VpcId } = world;
  await addBlock(world, '172.20.0.0/16');
  hop(world, 'NatGateway', 'ngw-1', ALL);
  expect(verdict(world, '172.20.0.5')).toBe('no: route');
  const { RouteTableId } = cloud.vpc('CreateRouteTable', { VpcId }) as { RouteTableId?: string };
  const lead = { RouteTableId, DestinationCidrBlock: '172.20.0.0/16', NextHopType: 'VpcPeer', NextHopId: 'pcc-1' };
  cloud.vpc('CreateRouteEntry', lead);
  expect(verdict(world, '172.20.0.5')).toBe('yes');
});

it.each([
  ['one of them to the internet', 'Ipv4Gateway', 'no: route'],
  ['both to peerings', 'VpcPeer', 'yes'],
])('two next hops of one block, %s', async (_what, type, expected) => {
  const world = await connectedWorld();
  await addBlock(world, '172.20.0.0/16');
  hop(world, 'VpcPeer', 'pcc-1', '172.20.0.0/16');
  hop(world, type, 'other-1', '172.21.0.0/16');
  patchRow(world.cloud.sim, 'nextHopId', 'other-1', { destinationCidrBlock: '172.20.0.0/16' });
  expect(verdict(world, '172.20.0.5')).toBe(expected);
});

it('whether a service answers calls to its own interface is undecided', async () => {
  const world = await connectedWorld();
  expect(verdict(world, '10.0.3.10')).toBe('yes');
  patchRow(world.cloud.sim, 'primaryIpAddress', '10.0.3.10', { serviceManaged: true });
  expect(verdict(world, '10.0.3.10')).toBe('undecided: target');
});
