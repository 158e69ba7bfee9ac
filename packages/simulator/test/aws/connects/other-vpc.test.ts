import { describe, expect, it } from 'vitest';
import {
  allow,
  closeEgress,
  connectedWorld,
  FAR,
  joinByTransit,
  mainTable,
  networkAcl,
  peer,
  route,
  verdict,
  virtualPrivateGateway,
  type Verdict,
  type World,
} from './world.js';
import { runInstance } from '../run-instance.js';

const onlyGroups = ({ ec2, groups, rules }: World) => {
  ec2('RevokeSecurityGroupIngress', { GroupId: groups.far, SecurityGroupRuleIds: rules.far });
  allow(ec2, 'in', groups.far, { UserIdGroupPairs: [{ GroupId: groups.link }] });
};

const peered = (change: (world: World) => unknown) => (world: World) => {
  peer(world);
  return change(world);
};

describe('peering', () => {
  it.each<[string, Verdict, (world: World) => unknown]>([
    ['none', 'no: route', () => 0],
    ['active, with routes both ways', 'yes', peer],
    [
      'deleted',
      'no: blackhole',
      (world) => world.ec2('DeleteVpcPeeringConnection', { VpcPeeringConnectionId: peer(world) }),
    ],
    [
      'not accepted',
      'no: blackhole',
      (world) => {
        const input = { VpcId: world.vpcId, PeerVpcId: world.farVpcId };
        const { VpcPeeringConnectionId } = world.ec2('CreateVpcPeeringConnection', input).VpcPeeringConnection;
        route(world, world.vpcId, '10.9.0.0/16', { VpcPeeringConnectionId });
      },
    ],
    [
      'no return route',
      'no: route-return',
      peered((world) => {
        const RouteTableId = mainTable(world, world.farVpcId);
        world.ec2('DeleteRoute', { RouteTableId, DestinationCidrBlock: '10.0.0.0/16' });
      }),
    ],
    [
      'a return route for one zone only',
      'no: route-return',
      (world) => {
        const VpcPeeringConnectionId = peer(world);
        const RouteTableId = mainTable(world, world.farVpcId);
        world.ec2('DeleteRoute', { RouteTableId, DestinationCidrBlock: '10.0.0.0/16' });
        route(world, world.farVpcId, '10.0.1.0/24', { VpcPeeringConnectionId });
      },
    ],
    ['the network ACL of the other VPC', 'no: network-acl-in', peered((world) => networkAcl(world, world.far.a, []))],
    ['the link’s group, which may be referenced', 'yes', peered(onlyGroups)],
    [
      'the server’s group, from the link’s',
      'yes',
      peered((world) => {
        closeEgress(world, world.groups.link);
        allow(world.ec2, 'out', world.groups.link, { UserIdGroupPairs: [{ GroupId: world.groups.far }] });
      }),
    ],
    [
      'the server’s group does not allow it',
      'no: security-group-in',
      peered((world) => {
        const SecurityGroupRuleIds = world.rules.far;
        world.ec2('RevokeSecurityGroupIngress', { GroupId: world.groups.far, SecurityGroupRuleIds });
      }),
    ],
  ])('%s: %s', async (_what, expected, change) => {
    const world = await connectedWorld();
    await change(world);
    expect(verdict(world, FAR)).toBe(expected);
  });

  it('carries only traffic to the other VPC', async () => {
    const world = await connectedWorld();
    route(world, world.vpcId, '10.8.0.0/13', { VpcPeeringConnectionId: peer(world) });
    expect(verdict(world, '10.10.1.10')).toBe('no: peering');
    expect(verdict(world, '10.9.1.99')).toBe('no: target');
    // a secondary block counts from its creation
    world.ec2('AssociateVpcCidrBlock', { VpcId: world.farVpcId, CidrBlock: '10.10.0.0/16' });
    expect(verdict(world, '10.10.1.10')).toBe('no: target');
  });

  it('must return the answer to the link, not to another interface with its address', async () => {
    const world = await connectedWorld();
    peer(world);
    const third = world.vpc('10.0.0.0/16');
    const subnet = world.subnet(third, '10.0.1.0/24', 'a');
    const [{ from = '' } = {}] = world.connects(FAR, 80).sources;
    world.server(subnet, world.group(third, 'double'), from);
    const { VpcPeeringConnectionId } = world.ec2('CreateVpcPeeringConnection', {
      VpcId: world.farVpcId,
      PeerVpcId: third,
    }).VpcPeeringConnection;
    world.ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
    route(world, world.farVpcId, '10.0.1.0/24', { VpcPeeringConnectionId });
    const [a, b] = world.connects(FAR, 80).sources;
    expect([a?.by, b?.connects]).toEqual(['route-return', true]);
    expect(a?.because).toContain('instead.');
  });

  it('is not transitive to a third VPC', async () => {
    const world = await connectedWorld();
    const third = world.vpc('10.20.0.0/16');
    const { VpcPeeringConnectionId: on } = world.ec2('CreateVpcPeeringConnection', {
      VpcId: world.farVpcId,
      PeerVpcId: third,
    }).VpcPeeringConnection;
    world.ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: on });
    route(world, world.farVpcId, '10.20.0.0/16', { VpcPeeringConnectionId: on });
    route(world, world.vpcId, '10.20.0.0/16', { VpcPeeringConnectionId: peer(world) });
    expect(verdict(world, '10.20.1.10')).toBe('no: peering');
  });

  it('to another account leaves the simulated world; that account counts as answering', async () => {
    const world = await connectedWorld();
    const id = world.plant({
      kind: 'peering-request',
      vpcId: world.vpcId,
      from: { ownerId: '444455556666', vpcId: 'vpc-0aaaaaaaaaaaaaaaa', cidrBlock: '10.50.0.0/16' },
    });
    world.ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId: id });
    route(world, world.vpcId, '10.50.0.0/15', { VpcPeeringConnectionId: id });
    expect(verdict(world, '10.50.1.1')).toBe('yes');
    expect(world.connects('10.50.1.1', 80).sources[0]?.via).toEqual(['peering', 'outside']);
    expect(verdict(world, '10.51.1.1')).toBe('no: peering');
    networkAcl(world, world.subnets.a, ['out 100 allow -1 - 0.0.0.0/0']);
    expect(verdict(world, '10.50.1.1')).toBe('no: network-acl-return');
  });

  it('across regions has no references to groups', async () => {
    const world = await connectedWorld();
    const other = (operation: string, input: object): any =>
      world.sim.call({ service: 'ec2', operation, region: 'us-east-1' }, input);
    const { VpcId } = other('CreateVpc', { CidrBlock: '10.30.0.0/16' }).Vpc;
    const zone = { AvailabilityZone: 'us-east-1a', CidrBlock: '10.30.0.0/24' };
    const { SubnetId } = other('CreateSubnet', { VpcId, ...zone }).Subnet;
    const { GroupId } = other('CreateSecurityGroup', { VpcId, GroupName: 'far', Description: 'far' });
    runInstance(other, { SubnetId, SecurityGroupIds: [GroupId], PrivateIpAddress: '10.30.0.10' });
    const input = { VpcId: world.vpcId, PeerVpcId: VpcId, PeerRegion: 'us-east-1' };
    await world.sim.advance(60_000);
    const { VpcPeeringConnectionId } = world.ec2('CreateVpcPeeringConnection', input).VpcPeeringConnection;
    other('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
    route(world, world.vpcId, '10.30.0.0/16', { VpcPeeringConnectionId });
    expect(verdict(world, '10.30.0.10')).toBe('no: security-group-in');
    allow(other, 'in', GroupId, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
    expect(verdict(world, '10.30.0.10')).toBe('no: route-return');
    const [{ RouteTableId }] = other('DescribeRouteTables', {
      Filters: [{ Name: 'vpc-id', Values: [VpcId] }],
    }).RouteTables;
    other('CreateRoute', { RouteTableId, DestinationCidrBlock: '10.0.0.0/16', VpcPeeringConnectionId });
    expect(verdict(world, '10.30.0.10')).toBe('yes');
    const pair = { UserIdGroupPairs: [{ GroupId: world.groups.link }] };
    expect(() => allow(other, 'in', GroupId, pair)).toThrow();
  });
});

describe('transit gateways', () => {
  type Joined = Awaited<ReturnType<typeof joinByTransit>>;
  type Change = (world: World, joined: Joined) => unknown;
  const blackhole =
    (DestinationCidrBlock: string): Change =>
    ({ ec2 }, { table: TransitGatewayRouteTableId }) =>
      ec2('CreateTransitGatewayRoute', { TransitGatewayRouteTableId, DestinationCidrBlock, Blackhole: true });
  /** An operation that takes an attachment and a route table apart. */
  const withoutTable =
    (side: 'near' | 'other', operation: string): Change =>
    ({ ec2 }, { [side]: TransitGatewayAttachmentId, table: TransitGatewayRouteTableId }) =>
      ec2(operation, { TransitGatewayAttachmentId, TransitGatewayRouteTableId });

  it.each<[string, Verdict, Change]>([
    ['with default route tables', 'yes', () => 0],
    ['no association', 'no: transit-gateway', withoutTable('near', 'DisassociateTransitGatewayRouteTable')],
    ['no propagation', 'no: transit-gateway', withoutTable('other', 'DisableTransitGatewayRouteTablePropagation')],
    [
      'no propagation of the return route',
      'no: route-return',
      withoutTable('near', 'DisableTransitGatewayRouteTablePropagation'),
    ],
    [
      'a static route instead',
      'yes',
      (world, { other, table }) => {
        const ids = { TransitGatewayAttachmentId: other, TransitGatewayRouteTableId: table };
        world.ec2('DisableTransitGatewayRouteTablePropagation', ids);
        world.ec2('CreateTransitGatewayRoute', { ...ids, DestinationCidrBlock: '10.8.0.0/13' });
      },
    ],
    ['a static blackhole that is more specific', 'no: transit-gateway', blackhole('10.9.1.0/24')],
    ['a static blackhole for the same block', 'no: transit-gateway', blackhole('10.9.0.0/16')],
    ['a static blackhole that is less specific', 'yes', blackhole('10.8.0.0/13')],
    [
      'the other side is detached',
      'no: transit-gateway',
      (world, { other }) => world.ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: other }),
    ],
    [
      'this side is detached',
      'no: blackhole',
      (world, { near }) => world.ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: near }),
    ],
    [
      'no interface in one of the link’s zones',
      'no: transit-gateway',
      (world, { near }) => {
        const RemoveSubnetIds = [world.subnets.back2];
        world.ec2('ModifyTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: near, RemoveSubnetIds });
      },
    ],
    [
      'no interface in the server’s zone: no return path',
      'no: route-return',
      (world, { other }) => {
        const RemoveSubnetIds = [world.far.a];
        world.ec2('ModifyTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: other, RemoveSubnetIds });
      },
    ],
    [
      'the network ACL of the gateway’s subnet',
      'no: network-acl-out',
      (world) => networkAcl(world, world.subnets.back2, ['out 100 allow -1 - 0.0.0.0/0']),
    ],
    [
      'the network ACL of the gateway’s subnet, for answers',
      'no: network-acl-return',
      (world) => networkAcl(world, world.subnets.back, ['in 100 allow -1 - 0.0.0.0/0']), // answers stay in the server's zone
    ],
  ])('%s: %s', async (_what, expected, change) => {
    const world = await connectedWorld();
    await change(world, await joinByTransit(world));
    expect(verdict(world, FAR)).toBe(expected);
  });

  it.each<[Verdict, object, object]>([
    ['yes', { SecurityGroupReferencingSupport: 'enable' }, {}],
    ['no: security-group-in', { SecurityGroupReferencingSupport: 'disable' }, {}],
    [
      'no: security-group-in',
      { SecurityGroupReferencingSupport: 'enable' },
      { SecurityGroupReferencingSupport: 'disable' },
    ],
  ])('%s: referenced groups with %j and %j', async (expected, options, attachment) => {
    const world = await connectedWorld();
    const { TransitGatewayId, near } = await joinByTransit(world, { SecurityGroupReferencingSupport: 'enable' });
    onlyGroups(world); // the rule is created while it is allowed
    world.ec2('ModifyTransitGateway', { TransitGatewayId, Options: options });
    world.ec2('ModifyTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: near, Options: attachment });
    expect(verdict(world, FAR)).toBe(expected);
  });

  it('ignore groups in outbound rules, which a peering connection allows', async () => {
    const world = await connectedWorld();
    await joinByTransit(world, { SecurityGroupReferencingSupport: 'enable' });
    const { VpcPeeringConnectionId } = world.ec2('CreateVpcPeeringConnection', {
      VpcId: world.vpcId,
      PeerVpcId: world.farVpcId,
    }).VpcPeeringConnection;
    world.ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
    closeEgress(world, world.groups.link);
    allow(world.ec2, 'out', world.groups.link, { UserIdGroupPairs: [{ GroupId: world.groups.far }] });
    expect(verdict(world, FAR)).toBe('no: security-group-out');
    route(world, world.vpcId, '10.9.1.0/24', { VpcPeeringConnectionId });
    route(world, world.farVpcId, '10.0.0.0/17', { VpcPeeringConnectionId });
    expect(verdict(world, FAR)).toBe('yes');
  });

  it('deliver within their own subnet, which its network ACL does not filter', async () => {
    const world = await connectedWorld();
    await joinByTransit(world);
    // the list allows neither the call's port nor the link's address; it allows the server's answers in both directions
    const rules = ['out 100 allow 6 1024-65535 10.0.0.0/16', 'in 100 allow 6 1024-65535 10.9.0.0/16'];
    networkAcl(world, world.far.a, rules);
    const [a] = world.connects(FAR, 80).sources;
    expect(a?.connects).toBe(true);
  });

  it('stay in the sender’s zone where possible', async () => {
    const world = await connectedWorld();
    await joinByTransit(world);
    networkAcl(world, world.far.b, []);
    expect(world.connects(FAR, 80).sources.map(({ by }) => by)).toEqual(['security-group-in', 'network-acl-in']);
  });

  it('drop traffic of static routes to attachments that were deleted', async () => {
    const world = await connectedWorld();
    const { other, table } = await joinByTransit(world);
    const ids = { TransitGatewayAttachmentId: other, TransitGatewayRouteTableId: table };
    world.ec2('CreateTransitGatewayRoute', { ...ids, DestinationCidrBlock: '10.9.0.0/16' });
    expect(verdict(world, FAR)).toBe('yes');
    world.ec2('DeleteTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: other });
    expect(world.connects(FAR, 80)).toMatchObject({
      by: 'transit-gateway',
      because: expect.stringContaining('blackhole'),
    });
  });

  it('do not support groups in outbound rules', async () => {
    const world = await connectedWorld();
    await joinByTransit(world, { SecurityGroupReferencingSupport: 'enable' });
    closeEgress(world, world.groups.link);
    const pair = { UserIdGroupPairs: [{ GroupId: world.groups.far }] };
    expect(() => allow(world.ec2, 'out', world.groups.link, pair)).toThrow();
    expect(verdict(world, FAR)).toBe('no: security-group-out');
  });

  it('to another account’s VPC leave the simulated world; that VPC counts as answering', async () => {
    const world = await connectedWorld();
    const { TransitGatewayId } = await joinByTransit(world);
    route(world, world.vpcId, '10.7.0.0/16', { TransitGatewayId });
    expect(verdict(world, '10.7.1.1')).toBe('no: transit-gateway');
    const from = { ownerId: '444455556666', vpcId: 'vpc-0aaaaaaaaaaaaaaaa', cidrBlock: '10.7.0.0/16' };
    const id = world.plant({ kind: 'transit-attachment-request', transitGatewayId: TransitGatewayId, from });
    world.ec2('AcceptTransitGatewayVpcAttachment', { TransitGatewayAttachmentId: id });
    await world.sim.advance(120_000);
    expect(verdict(world, '10.7.1.1')).toBe('yes');
    expect(world.connects('10.7.1.1', 80).sources[0]?.via).toEqual(['transit-gateway', 'outside']);
  });

  it('forward to a VPN that is up, and to Direct Connect', async () => {
    const world = await connectedWorld();
    const { TransitGatewayId } = await joinByTransit(world);
    const { CustomerGatewayId } = world.ec2('CreateCustomerGateway', {
      Type: 'ipsec.1',
      IpAddress: '203.0.113.5',
    }).CustomerGateway;
    const { VpnConnectionId: vpnConnectionId } = world.ec2('CreateVpnConnection', {
      Type: 'ipsec.1',
      CustomerGatewayId,
      TransitGatewayId,
    }).VpnConnection;
    route(world, world.vpcId, '192.168.0.0/16', { TransitGatewayId });
    await world.sim.advance(600_000);
    expect(verdict(world, '192.168.5.5')).toBe('no: transit-gateway');
    const announces = ['192.168.5.0/24'];
    world.plant({ kind: 'vpn-device', vpnConnectionId, tunnels: 'UP', announces });
    expect(verdict(world, '192.168.5.5')).toBe('yes');
    expect(verdict(world, '192.168.6.5')).toBe('no: transit-gateway');
    const directConnectGatewayId = world.plant({ kind: 'direct-connect-gateway' });
    world.plant({ kind: 'direct-connect-association', directConnectGatewayId, gatewayId: TransitGatewayId });
    world.plant({ kind: 'virtual-interface', directConnectGatewayId, announces: ['192.168.6.0/24'] });
    expect(verdict(world, '192.168.6.5')).toBe('yes');
    world.plant({ kind: 'vpn-device', vpnConnectionId, tunnels: 'DOWN' });
    expect(verdict(world, '192.168.5.5')).toBe('no: transit-gateway');
  });
});

describe('virtual private gateways', () => {
  const ONPREM = '192.168.5.5';
  const line = (world: World, more: object = {}) => {
    const id = virtualPrivateGateway(world);
    world.plant({ kind: 'virtual-interface', virtualGatewayId: id, announces: ['192.168.0.0/16'], ...more });
    return id;
  };
  const propagate = (world: World, GatewayId: string) =>
    world.ec2('EnableVgwRoutePropagation', { GatewayId, RouteTableId: mainTable(world, world.vpcId) });
  const vpn = async (world: World, StaticRoutesOnly: boolean) => {
    const VpnGatewayId = virtualPrivateGateway(world);
    const { CustomerGatewayId } = world.ec2('CreateCustomerGateway', {
      Type: 'ipsec.1',
      IpAddress: '203.0.113.5',
    }).CustomerGateway;
    const input = { Type: 'ipsec.1', CustomerGatewayId, VpnGatewayId, Options: { StaticRoutesOnly } };
    const { VpnConnectionId } = world.ec2('CreateVpnConnection', input).VpnConnection;
    await world.sim.advance(600_000);
    propagate(world, VpnGatewayId);
    return VpnConnectionId as string;
  };

  it.each<[string, Verdict, (world: World) => unknown]>([
    ['Direct Connect, propagated', 'yes', (world) => propagate(world, line(world))],
    [
      'Direct Connect, by a static route',
      'yes',
      (world) => route(world, world.vpcId, '192.168.0.0/16', { GatewayId: line(world) }),
    ],
    ['not propagated', 'no: route', line],
    [
      'a static route to a gateway without lines',
      'no: virtual-private-gateway',
      (world) => route(world, world.vpcId, '192.168.0.0/16', { GatewayId: virtualPrivateGateway(world) }),
    ],
    [
      'BGP is down',
      'no: virtual-private-gateway',
      (world) => route(world, world.vpcId, '192.168.0.0/16', { GatewayId: line(world, { bgp: 'down' }) }),
    ],
    ['the interface is down', 'no: route', (world) => propagate(world, line(world, { state: 'down' }))],
    [
      'through a Direct Connect gateway',
      'yes',
      (world) => {
        const gatewayId = virtualPrivateGateway(world);
        const directConnectGatewayId = world.plant({ kind: 'direct-connect-gateway' });
        world.plant({ kind: 'direct-connect-association', directConnectGatewayId, gatewayId });
        world.plant({ kind: 'virtual-interface', directConnectGatewayId, announces: ['192.168.0.0/16'] });
        propagate(world, gatewayId);
      },
    ],
    [
      'detached',
      'no: blackhole',
      (world) => {
        const VpnGatewayId = line(world);
        route(world, world.vpcId, '192.168.0.0/16', { GatewayId: VpnGatewayId });
        world.ec2('DetachVpnGateway', { VpnGatewayId, VpcId: world.vpcId });
      },
    ],
    [
      'a VPN with a static route, up',
      'yes',
      async (world) => {
        const vpnConnectionId = await vpn(world, true);
        const DestinationCidrBlock = '192.168.5.0/24';
        world.ec2('CreateVpnConnectionRoute', { VpnConnectionId: vpnConnectionId, DestinationCidrBlock });
        world.plant({ kind: 'vpn-device', vpnConnectionId, tunnels: 'UP' });
      },
    ],
    [
      'a VPN with a static route, down',
      'no: route',
      async (world) => {
        const VpnConnectionId = await vpn(world, true);
        world.ec2('CreateVpnConnectionRoute', { VpnConnectionId, DestinationCidrBlock: '192.168.5.0/24' });
      },
    ],
    [
      'a VPN with BGP',
      'yes',
      async (world) => {
        const vpnConnectionId = await vpn(world, false);
        world.plant({ kind: 'vpn-device', vpnConnectionId, tunnels: 'UP', announces: ['192.168.0.0/16'] });
      },
    ],
  ])('%s: %s', async (_what, expected, change) => {
    const world = await connectedWorld();
    await change(world);
    expect(verdict(world, ONPREM)).toBe(expected);
  });

  it('never receive local traffic, even if they announce a more specific block', async () => {
    const world = await connectedWorld();
    const virtualGatewayId = virtualPrivateGateway(world);
    world.plant({ kind: 'virtual-interface', virtualGatewayId, announces: ['10.0.3.0/24'] });
    propagate(world, virtualGatewayId);
    expect(world.connects('10.0.3.10', 80).sources[0]?.via).toEqual([]);
    expect(verdict(world, '10.0.3.10')).toBe('yes');
  });

  it.each<[string, Verdict, (world: World) => readonly object[]]>([
    [
      'of which one is a blackhole',
      'undecided: blackhole',
      (world) => [{ VpcPeeringConnectionId: peer(world) }, { NetworkInterfaceId: world.spare() }],
    ],
    [
      'of which both are blackholes',
      'no: blackhole',
      (world) => {
        peer(world);
        const second = world.server(world.subnets.back, world.groups.server, '10.0.3.11');
        return [{ NetworkInterfaceId: world.spare() }, { NetworkInterfaceId: second }];
      },
    ],
    [
      'with one next hop',
      'yes',
      (world) => {
        const VpcPeeringConnectionId = peer(world);
        return [{ VpcPeeringConnectionId }, { VpcPeeringConnectionId }];
      },
    ],
  ])('two prefix lists with one block, %s: %s', async (_what, expected, hopsOf) => {
    const world = await connectedWorld();
    const hops = hopsOf(world);
    const RouteTableId = mainTable(world, world.vpcId);
    world.ec2('DeleteRoute', { RouteTableId, DestinationCidrBlock: '10.9.0.0/16' });
    for (const [at, hop] of hops.entries()) {
      const Entries = [{ Cidr: '10.9.0.0/16' }];
      const list = { PrefixListName: `far${at}`, AddressFamily: 'IPv4', MaxEntries: 1, Entries };
      const { PrefixListId: DestinationPrefixListId } = world.ec2('CreateManagedPrefixList', list).PrefixList;
      world.ec2('CreateRoute', { RouteTableId, DestinationPrefixListId, ...hop });
    }
    expect(verdict(world, FAR)).toBe(expected);
  });

  it('have a lower priority than a prefix list with the same block', async () => {
    const world = await connectedWorld();
    propagate(world, line(world));
    const list = { PrefixListName: 'far', AddressFamily: 'IPv4', MaxEntries: 1, Entries: [{ Cidr: '192.168.0.0/16' }] };
    const { PrefixListId: DestinationPrefixListId } = world.ec2('CreateManagedPrefixList', list).PrefixList;
    const RouteTableId = mainTable(world, world.vpcId);
    world.ec2('CreateRoute', { RouteTableId, DestinationPrefixListId, NetworkInterfaceId: world.spare() });
    expect(verdict(world, ONPREM)).toBe('no: blackhole');
  });

  it('have a lower priority than a static route for the same block', async () => {
    const world = await connectedWorld();
    propagate(world, line(world));
    expect(verdict(world, ONPREM)).toBe('yes');
    route(world, world.vpcId, '192.168.0.0/16', { NetworkInterfaceId: world.spare() });
    expect(verdict(world, ONPREM)).toBe('no: blackhole');
  });
});
