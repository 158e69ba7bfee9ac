import { expect, it } from 'vitest';
import {
  allow,
  closeEgress,
  connectedWorld,
  mainTable,
  networkAcl,
  verdict,
  type Verdict,
  type World,
} from './world.js';

/** The VPC's block, as the two groups before the subnet's in its text. */
async function sixWorld() {
  const world = await connectedWorld();
  const [vpc] = world.ec2('DescribeVpcs', { VpcIds: [world.vpcId] }).Vpcs;
  const block: string = vpc.Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock;
  const half = block.replace(/00::\/56$/, '');
  for (const [digits, subnet] of [
    ['01', world.subnets.a],
    ['02', world.subnets.b],
    ['03', world.subnets.back],
  ] as const) {
    world.ec2('AssociateSubnetCidrBlock', { SubnetId: subnet, Ipv6CidrBlock: `${half}${digits}::/64` });
  }
  closeEgress(world, world.groups.link);
  const server = `${half}03::10`;
  world.plant({ kind: 'ipv6-address', networkInterfaceId: world.serverId, address: server });
  const giveLink = () => {
    const { NetworkInterfaces } = world.ec2('DescribeNetworkInterfaces', {
      IncludeManagedResources: true,
      Filters: [{ Name: 'interface-type', Values: ['api_gateway_managed'] }],
    });
    for (const { NetworkInterfaceId: networkInterfaceId, SubnetId } of NetworkInterfaces) {
      const digits = SubnetId === world.subnets.a ? '01' : '02';
      world.plant({ kind: 'ipv6-address', networkInterfaceId, address: `${half}${digits}::5` });
    }
  };
  const open = (CidrIpv6: string) => allow(world.ec2, 'in', world.groups.server, { Ipv6Ranges: [{ CidrIpv6 }] });
  const openOut = (CidrIpv6: string) => allow(world.ec2, 'out', world.groups.link, { Ipv6Ranges: [{ CidrIpv6 }] });
  return { ...world, block, half, serverAddress: server, giveLink, open, openOut };
}

type SixWorld = Awaited<ReturnType<typeof sixWorld>>;

const opened = (change: (world: SixWorld) => unknown) => (world: SixWorld) => {
  world.open('::/0');
  world.openOut('::/0');
  return change(world);
};

it('is not what a link calls from, as the service creates it', async () => {
  const world = await sixWorld();
  world.open('::/0');
  world.openOut('::/0');
  expect(verdict(world, world.serverAddress)).toBe('no: link');
  world.giveLink();
  expect(verdict(world, world.serverAddress)).toBe('yes');
});

it.each<[string, Verdict, (world: SixWorld) => unknown]>([
  ['rules for IPv4 do not count', 'no: security-group-out', () => 0],
  ['in', 'no: security-group-in', ({ openOut }) => openOut('::/0')],
  [
    'blocks of both ends',
    'yes',
    ({ open, openOut, block, serverAddress }) => {
      openOut(`${serverAddress}/128`);
      open(block);
    },
  ],
  [
    'a block of one zone',
    'no: security-group-in',
    ({ open, openOut, half }) => {
      openOut('::/0');
      open(`${half}01::/64`);
    },
  ],
  [
    'the link’s group',
    'yes',
    ({ ec2, openOut, groups }) => {
      openOut('::/0');
      allow(ec2, 'in', groups.server, { UserIdGroupPairs: [{ GroupId: groups.link }] });
    },
  ],
  [
    'a prefix list',
    'yes',
    ({ ec2, openOut, groups, block }) => {
      openOut('::/0');
      const list = { PrefixListName: 'six', AddressFamily: 'IPv6', MaxEntries: 1, Entries: [{ Cidr: block }] };
      const { PrefixListId } = ec2('CreateManagedPrefixList', list).PrefixList;
      allow(ec2, 'in', groups.server, { PrefixListIds: [{ PrefixListId }] });
    },
  ],
  [
    'a network ACL for IPv4 only',
    'no: network-acl-in',
    opened((world) =>
      networkAcl(world, world.subnets.back, ['in 100 allow -1 - 0.0.0.0/0', 'out 100 allow -1 - 0.0.0.0/0']),
    ),
  ],
  [
    'a network ACL that allows the answer',
    'yes',
    opened((world) => {
      const rules = [`in 100 allow 6 80-80 ${world.block}`, `out 100 allow 6 1024-65535 ${world.block}`];
      networkAcl(world, world.subnets.back, rules);
    }),
  ],
  [
    'a network ACL that does not allow the answer',
    'no: network-acl-return',
    opened((world) =>
      networkAcl(world, world.subnets.back, ['in 100 allow -1 - ::/0', 'out 100 allow -1 - 0.0.0.0/0']),
    ),
  ],
])('%s: %s', async (_what, expected, change) => {
  const world = await sixWorld();
  world.giveLink();
  await change(world);
  expect(verdict(world, world.serverAddress)).toBe(expected);
});

it('has routes of its own', async () => {
  const world = await sixWorld();
  world.giveLink();
  world.openOut('::/0');
  const address = '2001:db8:9::10';
  const RouteTableId = mainTable(world as World, world.vpcId);
  expect(verdict(world, address)).toBe('no: route');
  const { EgressOnlyInternetGatewayId } = world.ec2('CreateEgressOnlyInternetGateway', {
    VpcId: world.vpcId,
  }).EgressOnlyInternetGateway;
  world.ec2('CreateRoute', { RouteTableId, DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId });
  expect(verdict(world, address)).toBe('no: route');
  const { VpnGatewayId } = world.ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway;
  world.ec2('AttachVpnGateway', { VpnGatewayId, VpcId: world.vpcId });
  world.plant({ kind: 'virtual-interface', virtualGatewayId: VpnGatewayId, announces: ['2001:db8:9::/48'] });
  world.ec2('EnableVgwRoutePropagation', { RouteTableId, GatewayId: VpnGatewayId });
  expect(verdict(world, address)).toBe('yes');
});
