import { describe, expect, it } from 'vitest';
import {
  ALL,
  allow,
  closeEgress,
  connectedWorld,
  mainTable,
  networkAcl,
  route,
  SERVER,
  verdict,
  type Verdict,
  type World,
} from './world.js';

/** An address that is in no VPC. */
const OUTSIDE = '192.168.5.5';

type Row = readonly [what: string, expected: Verdict, change: (world: World) => unknown];

const table = (rows: readonly Row[]) =>
  it.each(rows.map(([what, expected, change]) => [what, expected, change] as const))(
    '%s: %s',
    async (_w, expected, change) => {
      const world = await connectedWorld();
      await change(world);
      expect(verdict(world)).toBe(expected);
    },
  );

const closeIngress = ({ ec2, groups, rules }: World) =>
  ec2('RevokeSecurityGroupIngress', { GroupId: groups.server, SecurityGroupRuleIds: rules.server });

const prefixList = ({ ec2 }: World, ...blocks: string[]): object => {
  const Entries = blocks.map((Cidr) => ({ Cidr }));
  const list = { PrefixListName: 'list', AddressFamily: 'IPv4', MaxEntries: 5, Entries };
  return { PrefixListIds: [{ PrefixListId: ec2('CreateManagedPrefixList', list).PrefixList.PrefixListId }] };
};

type Permission = (world: World) => object;

/** The link's group has one outbound rule, the server's one inbound rule. */
const onlyOut = (permission: Permission) => (world: World) => {
  closeEgress(world, world.groups.link);
  allow(world.ec2, 'out', world.groups.link, permission(world));
};
const onlyIn = (permission: Permission) => (world: World) => {
  closeIngress(world);
  allow(world.ec2, 'in', world.groups.server, permission(world));
};

describe('outbound rules of security groups', () => {
  table([
    ['a new group allows all outbound traffic', 'yes', () => 0],
    ['not without a rule', 'no: security-group-out', (world) => closeEgress(world, world.groups.link)],
    ['a block with the server', 'yes', onlyOut(() => ({ IpRanges: [{ CidrIp: '10.0.3.0/24' }] }))],
    ['a block next to it', 'no: security-group-out', onlyOut(() => ({ IpRanges: [{ CidrIp: '10.0.2.0/24' }] }))],
    ['the server’s group', 'yes', onlyOut((world) => ({ UserIdGroupPairs: [{ GroupId: world.groups.server }] }))],
    [
      'a group that the server is not in',
      'no: security-group-out',
      onlyOut((world) => ({ UserIdGroupPairs: [{ GroupId: world.groups.link }] })),
    ],
    ['a prefix list', 'yes', onlyOut((world) => prefixList(world, '192.0.2.0/24', '10.0.3.0/28'))],
    [
      'a prefix list without its block',
      'no: security-group-out',
      onlyOut((world) => prefixList(world, '10.0.3.16/28')),
    ],
    [
      'another port',
      'no: security-group-out',
      onlyOut(() => ({ FromPort: 81, ToPort: 90, IpRanges: [{ CidrIp: ALL }] })),
    ],
    ['another protocol', 'no: security-group-out', onlyOut(() => ({ IpProtocol: 'udp', IpRanges: [{ CidrIp: ALL }] }))],
  ]);
});

describe('inbound rules of security groups', () => {
  table([
    ['not without a rule', 'no: security-group-in', closeIngress],
    [
      'a block of one of the two zones',
      'no: security-group-in',
      onlyIn(() => ({ IpRanges: [{ CidrIp: '10.0.1.0/24' }] })),
    ],
    [
      'a block of each zone',
      'yes',
      onlyIn(() => ({ IpRanges: [{ CidrIp: '10.0.1.0/24' }, { CidrIp: '10.0.2.0/24' }] })),
    ],
    ['the link’s group', 'yes', onlyIn((world) => ({ UserIdGroupPairs: [{ GroupId: world.groups.link }] }))],
    [
      'its own group',
      'no: security-group-in',
      onlyIn((world) => ({ UserIdGroupPairs: [{ GroupId: world.groups.server }] })),
    ],
    ['a prefix list', 'yes', onlyIn((world) => prefixList(world, '10.0.0.0/20'))],
    [
      'a second group of the server',
      'yes',
      (world) => {
        closeIngress(world);
        const second = world.group(world.vpcId, 'second');
        allow(world.ec2, 'in', second, { IpRanges: [{ CidrIp: ALL }] });
        const Groups = [world.groups.server, second];
        world.ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: world.serverId, Groups });
      },
    ],
  ]);

  it('reports what the result depends on', async () => {
    const world = await connectedWorld();
    expect(world.connects(SERVER, 80).sources.map(({ via }) => via)).toEqual([[], []]);
    closeIngress(world);
    allow(world.ec2, 'in', world.groups.server, { UserIdGroupPairs: [{ GroupId: world.groups.link }] });
    expect(world.connects(SERVER, 80).sources.map(({ via }) => via)).toEqual([['reference'], ['reference']]);
  });
});

/** A subnet has a network ACL with these entries. */
const acl =
  (subnet: keyof World['subnets'], ...entries: string[]) =>
  (world: World) =>
    networkAcl(world, world.subnets[subnet], entries);
const EPHEMERAL = '1024-65535';
describe('network ACLs', () => {
  table([
    ['none out', 'no: network-acl-out', acl('a')],
    ['none in', 'no: network-acl-in', acl('back')],
    [
      'the call and its answer, at both ends',
      'yes',
      (world) => {
        const ends = ['out 100 allow 6 80-80 10.0.3.0/24', `in 100 allow 6 ${EPHEMERAL} 10.0.3.0/24`];
        networkAcl(world, world.subnets.a, ends);
        networkAcl(world, world.subnets.b, ends);
        networkAcl(world, world.subnets.back, [
          'in 100 allow 6 80-80 10.0.0.0/16',
          `out 100 allow 6 ${EPHEMERAL} 10.0.0.0/16`,
        ]);
      },
    ],
    ['no answer from the server’s subnet', 'no: network-acl-return', acl('back', 'in 100 allow 6 80-80 10.0.0.0/16')],
    ['no answer into the link’s subnet', 'no: network-acl-return', acl('b', 'out 100 allow -1 - 0.0.0.0/0')],
    [
      'only some of the ports of answers',
      'no: network-acl-return',
      acl('back', 'in 100 allow -1 - 0.0.0.0/0', 'out 100 allow 6 32768-65535 0.0.0.0/0'),
    ],
    [
      'the ports in two rules',
      'yes',
      acl(
        'back',
        'in 100 allow -1 - 0.0.0.0/0',
        'out 100 allow 6 1024-2000 0.0.0.0/0',
        'out 110 allow 6 2001-65535 0.0.0.0/0',
      ),
    ],
    [
      'a deny rule before the allow rule',
      'no: network-acl-in',
      acl('back', 'in 90 deny 6 80-80 10.0.2.0/24', 'in 100 allow -1 - 0.0.0.0/0', 'out 100 allow -1 - 0.0.0.0/0'),
    ],
    [
      'a deny rule after the allow rule',
      'yes',
      acl('back', 'in 110 deny 6 80-80 10.0.2.0/24', 'in 100 allow -1 - 0.0.0.0/0', 'out 100 allow -1 - 0.0.0.0/0'),
    ],
    [
      'a denial of a few ports of answers',
      'yes',
      (world) => {
        networkAcl(world, world.subnets.back, [
          'in 100 allow -1 - 0.0.0.0/0',
          'out 90 deny 6 3000-3001 10.0.0.0/16',
          'out 100 allow -1 - 0.0.0.0/0',
        ]);
        expect(world.connects(SERVER, 80).sources[0]?.via).toContain('most-ports');
      },
    ],
    [
      'a denial of more than 1 % of the ports of answers',
      'no: network-acl-return',
      acl('back', 'in 100 allow -1 - 0.0.0.0/0', 'out 90 deny 6 3000-3645 10.0.0.0/16', 'out 100 allow -1 - 0.0.0.0/0'),
    ],
    [
      'a rule for UDP',
      'no: network-acl-in',
      acl('back', 'in 100 allow 17 80-80 0.0.0.0/0', 'out 100 allow -1 - 0.0.0.0/0'),
    ],
  ]);

  it('do not apply within one subnet', async () => {
    const world = await connectedWorld();
    world.server(world.subnets.a, world.groups.server, '10.0.1.200');
    networkAcl(world, world.subnets.a, []);
    const [a, b] = world.connects('10.0.1.200', 80).sources;
    expect([a?.connects, b?.by]).toEqual([true, 'network-acl-in']);
  });
});

describe('routes', () => {
  it.each<[string, string, Verdict, (world: World) => unknown]>([
    ['no interface has the address', '10.0.3.99', 'no: target', () => 0],
    ['in the VPC, in no subnet', '10.0.200.1', 'no: target', () => 0],
    ['outside the VPC', OUTSIDE, 'no: route', () => 0],
    [
      'an internet gateway is not a path',
      OUTSIDE,
      'no: route',
      (world) => {
        const { InternetGatewayId } = world.ec2('CreateInternetGateway').InternetGateway;
        world.ec2('AttachInternetGateway', { InternetGatewayId, VpcId: world.vpcId });
        route(world, world.vpcId, ALL, { GatewayId: InternetGatewayId });
      },
    ],
    [
      'an appliance that forwards',
      OUTSIDE,
      'yes',
      (world) => {
        const NetworkInterfaceId = appliance(world);
        world.ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId, SourceDestCheck: { Value: false } });
      },
    ],
    ['an interface with source and destination check', OUTSIDE, 'no: route', (world) => appliance(world)],
    [
      'an interface that is not attached',
      OUTSIDE,
      'no: blackhole',
      (world) => route(world, world.vpcId, '192.168.0.0/16', { NetworkInterfaceId: world.spare() }),
    ],
  ])('%s: %s %s', async (_what, address, expected, change) => {
    const world = await connectedWorld();
    await change(world);
    expect(verdict(world, address)).toBe(expected);
  });

  it('are those of the subnet’s own table, and the longest prefix decides', async () => {
    const world = await connectedWorld();
    const VpnGatewayId = world.ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway.VpnGatewayId;
    world.ec2('AttachVpnGateway', { VpnGatewayId, VpcId: world.vpcId });
    world.plant({ kind: 'virtual-interface', virtualGatewayId: VpnGatewayId, announces: ['192.168.0.0/16'] });
    route(world, world.vpcId, '192.168.0.0/16', { GatewayId: VpnGatewayId });
    expect(verdict(world, OUTSIDE)).toBe('yes');
    const NetworkInterfaceId = world.spare();
    route(world, world.vpcId, '192.168.5.0/24', { NetworkInterfaceId });
    expect(verdict(world, OUTSIDE)).toBe('no: blackhole');
    expect(verdict(world, '192.168.6.5')).toBe('yes');
    const { RouteTableId } = world.ec2('CreateRouteTable', { VpcId: world.vpcId }).RouteTable;
    world.ec2('AssociateRouteTable', { RouteTableId, SubnetId: world.subnets.b });
    expect(world.connects('192.168.6.5', 80).sources.map(({ by }) => by)).toEqual(['route', 'route']);
    expect(world.connects('192.168.6.5', 80).sources.map(({ connects }) => connects)).toEqual([true, false]);
  });

  it('with a prefix list have a lower priority than those with the same block', async () => {
    const world = await connectedWorld();
    const RouteTableId = mainTable(world, world.vpcId);
    const list = { PrefixListName: 'far', AddressFamily: 'IPv4', MaxEntries: 1, Entries: [{ Cidr: '192.168.0.0/16' }] };
    const { PrefixListId } = world.ec2('CreateManagedPrefixList', list).PrefixList;
    const gateway = world.ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway.VpnGatewayId;
    world.ec2('AttachVpnGateway', { VpnGatewayId: gateway, VpcId: world.vpcId });
    world.plant({ kind: 'virtual-interface', virtualGatewayId: gateway, announces: ['192.168.0.0/16'] });
    world.ec2('CreateRoute', { RouteTableId, DestinationPrefixListId: PrefixListId, GatewayId: gateway });
    expect(verdict(world, OUTSIDE)).toBe('yes');
    route(world, world.vpcId, '192.168.0.0/16', { NetworkInterfaceId: world.spare() });
    expect(verdict(world, OUTSIDE)).toBe('no: blackhole');
  });
});

describe('the link', () => {
  it('connects only while it is available', async () => {
    const world = await connectedWorld();
    world.call('apigatewayv2', 'DeleteVpcLink', { VpcLinkId: world.linkId });
    expect(verdict(world)).toBe('no: link');
  });

  it('is evaluated for everything that it is called with', async () => {
    const world = await connectedWorld();
    expect(world.sim.connects('nothing', SERVER, 80).because).toBe('No cloud has a link nothing.');
    expect(world.connects(SERVER).because).toBe(`No port of ${SERVER} is named.`);
    expect(verdict(world, 'shop.internal')).toBe('no: target');
  });
});

/** An interface of an instance that is the target of 192.168.0.0/16. */
function appliance(world: World): string {
  world.plant({ kind: 'instance', networkInterfaceId: world.serverId });
  route(world, world.vpcId, '192.168.0.0/16', { NetworkInterfaceId: world.serverId });
  return world.serverId;
}

it('calls addresses of a block that an interface has at that interface', async () => {
  const world = await connectedWorld();
  const { server, subnets, groups, plant, vpcId } = world;
  const open = server(subnets.back2, groups.server, '10.0.4.20');
  const closed = server(subnets.back2, world.group(vpcId, 'closed'), '10.0.4.21');
  plant({ kind: 'prefix', networkInterfaceId: open, block: '10.0.4.64/28' });
  plant({ kind: 'prefix', networkInterfaceId: closed, block: '10.0.4.80/28' });
  expect(verdict(world, '10.0.4.79')).toBe('yes');
  expect(verdict(world, '10.0.4.80')).toBe('no: security-group-in');
  expect(verdict(world, '10.0.4.96')).toBe('no: target');
});
