import {
  addRoute,
  addRule,
  ALL,
  balanced,
  closeEgress,
  FAR,
  mainTable,
  networkAcl,
  REMOTE,
  SERVER,
  serviceAt,
  type AwsWorld,
  type Entry,
} from './aws-parts.js';
import type { Random } from './random.js';

/** What a world is about. Each makes its kind decide often; noise on top makes others decide, too. */
export const AWS_THEMES = [
  'group-out',
  'group-in',
  'reference',
  'prefix-list',
  'acl-out',
  'acl-in',
  'acl-return',
  'no-route',
  'blackhole',
  'peering',
  'transit',
  'vgw',
  'listener',
  'health',
  'zone',
  'route-return',
  'backend',
] as const;

export type AwsTheme = (typeof AWS_THEMES)[number];

/** Blocks that hold all, a part or nothing of the link's addresses, and of what they call. */
const LINK_BLOCKS = [
  '10.0.0.0/16',
  '10.0.0.0/22',
  '10.0.1.0/24',
  '10.0.2.0/24',
  '10.0.1.0/25',
  '10.0.2.128/25',
  '10.0.1.0/29',
  '10.0.9.0/24',
  ALL,
];
const TARGET_BLOCKS = [
  '10.0.3.0/24',
  '10.0.3.10/32',
  '10.0.3.0/28',
  '10.0.4.0/24',
  '10.9.0.0/16',
  '10.0.3.128/25',
  ALL,
  '192.168.0.0/16',
];
const PORTS: readonly (readonly [number, number])[] = [
  [80, 80],
  [1, 1024],
  [79, 81],
  [443, 443],
  [81, 90],
];

/** Builds what a theme is about; returns the id of the target that is called. */
export async function buildTheme(world: AwsWorld, theme: AwsTheme): Promise<string> {
  switch (theme) {
    case 'group-out':
      return groupOut(world);
    case 'group-in':
      return groupIn(world);
    case 'reference':
      return reference(world);
    case 'prefix-list':
      return prefixList(world);
    case 'acl-out':
    case 'acl-in':
    case 'acl-return':
      return acls(world, theme);
    case 'no-route':
      return noRoute(world);
    case 'blackhole':
      return blackhole(world);
    case 'peering':
    case 'route-return':
      return peering(world, theme);
    case 'transit':
      return transit(world);
    case 'vgw':
      return virtualGateway(world);
    case 'listener':
    case 'health':
    case 'zone':
      return balancer(world, theme);
    case 'backend':
      return backend(world);
  }
}

function openServer(world: AwsWorld): void {
  addRule(world, 'in', world.groups.server, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] });
}

function groupOut(world: AwsWorld): Promise<string> {
  const { random, groups } = world;
  openServer(world);
  closeEgress(world, groups.link);
  for (const CidrIp of random.some(TARGET_BLOCKS, 2)) {
    addRule(world, 'out', groups.link, { IpRanges: [{ CidrIp }] }, [...random.pick(PORTS)]);
  }
  return serviceAt(world, SERVER);
}

function groupIn(world: AwsWorld): Promise<string> {
  const { random, groups } = world;
  for (const CidrIp of random.some(LINK_BLOCKS, 3)) {
    addRule(world, 'in', groups.server, { IpRanges: [{ CidrIp }] }, [...random.pick(PORTS)]);
  }
  return serviceAt(world, SERVER);
}

function reference(world: AwsWorld): Promise<string> {
  const { random, groups } = world;
  const names = [groups.link, groups.server, groups.other];
  if (random.chance(0.5)) {
    closeEgress(world, groups.link);
    addRule(world, 'out', groups.link, {
      UserIdGroupPairs: [{ GroupId: random.chance(0.8) ? groups.server : groups.other }],
    });
  }
  addRule(world, 'in', groups.server, {
    UserIdGroupPairs: [{ GroupId: random.chance(0.75) ? groups.link : random.pick(names) }],
  });
  return serviceAt(world, SERVER);
}

function prefixList(world: AwsWorld): Promise<string> {
  const { random, groups, ec2 } = world;
  const list = (blocks: readonly string[]): string =>
    ec2('CreateManagedPrefixList', {
      PrefixListName: `list${random.below(1e9)}`,
      MaxEntries: 5,
      AddressFamily: 'IPv4',
      Entries: blocks.map((Cidr) => ({ Cidr })),
    }).PrefixList.PrefixListId;
  const blocks = random.chance(0.75) ? ['10.0.1.0/24', '10.0.2.0/24'] : random.some(LINK_BLOCKS.slice(0, -1), 2);
  addRule(world, 'in', groups.server, { PrefixListIds: [{ PrefixListId: list(blocks) }] });
  if (random.chance(0.4)) {
    closeEgress(world, groups.link);
    addRule(world, 'out', groups.link, {
      PrefixListIds: [{ PrefixListId: list(random.some(TARGET_BLOCKS.slice(0, 5), 3)) }],
    });
  }
  return serviceAt(world, SERVER);
}

const OPEN: readonly Entry[] = [true, false].map((out) => ({
  out,
  order: 1000,
  allow: true,
  ports: 'all',
  block: ALL,
}));

/** Entries around the ports of calls (`call`) or of answers, some of them denying. */
function entries(random: Random, out: boolean, of: 'call' | 'answer', blocks: readonly string[]): readonly Entry[] {
  const ports =
    of === 'call'
      ? PORTS
      : ([
          [1024, 65_535],
          [1024, 40_000],
          [32_768, 60_999],
          [40_001, 65_535],
          [5000, 5000],
          [80, 90],
        ] as const);
  return Array.from({ length: 1 + random.below(3) }, (_, index) => ({
    out,
    order: 100 + index * 10 + random.below(5),
    allow: random.chance(0.5),
    ports: random.chance(0.15) ? 'all' : random.pick(ports),
    block: random.pick(blocks),
  }));
}

function acls(world: AwsWorld, theme: 'acl-out' | 'acl-in' | 'acl-return'): Promise<string> {
  const { random, subnets } = world;
  openServer(world);
  // Without the entry at the end that allows, what none fits is denied.
  const rest = (out: boolean): readonly Entry[] => OPEN.filter((one) => one.out !== out || random.chance(0.5));
  if (theme === 'acl-out')
    networkAcl(world, random.pick([subnets.a, subnets.b]), [
      ...entries(random, true, 'call', TARGET_BLOCKS),
      ...rest(true),
    ]);
  if (theme === 'acl-in')
    networkAcl(world, subnets.back, [...entries(random, false, 'call', LINK_BLOCKS), ...rest(false)]);
  if (theme === 'acl-return' && random.chance(0.3)) {
    // One port of all is enough to stop some of the answers.
    const at = 1024 + random.below(40_000);
    networkAcl(world, subnets.back, [
      { out: true, order: 10, allow: false, ports: [at, at], block: random.pick(LINK_BLOCKS) },
      ...OPEN,
    ]);
  } else if (theme === 'acl-return' && random.chance(0.5)) {
    networkAcl(world, subnets.back, [...entries(random, true, 'answer', LINK_BLOCKS), ...rest(true)]);
  } else if (theme === 'acl-return') {
    networkAcl(world, subnets.a, [...entries(random, false, 'answer', TARGET_BLOCKS), ...rest(false)]);
  }
  return serviceAt(world, SERVER);
}

function noRoute(world: AwsWorld): Promise<string> {
  const { random, ec2, vpcId } = world;
  openServer(world);
  if (random.chance(0.4)) {
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    ec2('AttachInternetGateway', { InternetGatewayId, VpcId: vpcId });
    addRoute(world, vpcId, ALL, { GatewayId: InternetGatewayId });
  }
  return serviceAt(world, random.pick(['172.31.9.9', '10.9.1.10', REMOTE, SERVER]));
}

/** A route to an interface that is gone, which may or may not take what is called. */
function blackhole(world: AwsWorld): Promise<string> {
  const { random, ec2, server, subnets, groups, vpcId } = world;
  openServer(world);
  const gone = server(subnets.back, groups.other, '10.0.3.200');
  addRoute(
    world,
    vpcId,
    random.pick(['10.0.3.0/24', '10.0.3.0/24', '10.0.3.0/28', '10.0.3.8/29', '10.0.4.0/24', '10.0.3.128/25']),
    { NetworkInterfaceId: gone },
  );
  if (random.chance(0.85)) ec2('DeleteNetworkInterface', { NetworkInterfaceId: gone });
  return serviceAt(world, SERVER);
}

/** Another VPC with a server that takes port 80 from 10.0.0.0/8. */
export function farVpc(world: AwsWorld) {
  const { vpc, subnet, group, server } = world;
  const farVpcId = vpc('10.9.0.0/16');
  const far = { a: subnet(farVpcId, '10.9.1.0/24', 'a'), b: subnet(farVpcId, '10.9.2.0/24', 'b') };
  const farGroup = group(farVpcId, 'far');
  server(far.a, farGroup, FAR);
  return { farVpcId, far, farGroup };
}

function peering(world: AwsWorld, theme: 'peering' | 'route-return'): Promise<string> {
  const { random, ec2, vpcId, groups } = world;
  const { farVpcId, farGroup } = farVpc(world);
  const { VpcPeeringConnectionId } = ec2('CreateVpcPeeringConnection', {
    VpcId: vpcId,
    PeerVpcId: farVpcId,
  }).VpcPeeringConnection;
  const isActive = theme === 'route-return' || random.chance(0.9);
  if (isActive) ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
  addRoute(world, vpcId, random.pick(['10.9.0.0/16', '10.9.1.0/24', '10.8.0.0/14']), { VpcPeeringConnectionId });
  const back =
    theme === 'peering' ? ['10.0.0.0/16', '10.0.0.0/8'] : ['10.0.0.0/16', '10.0.1.0/24', '10.0.2.0/24', '10.0.1.0/28'];
  for (const block of theme === 'route-return' && random.chance(0.3) ? [] : random.some(back, 2)) {
    addRoute(world, farVpcId, block, { VpcPeeringConnectionId });
  }
  const peer =
    isActive && random.chance(0.4)
      ? { UserIdGroupPairs: [{ GroupId: groups.link }] }
      : { IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
  addRule(world, 'in', farGroup, peer);
  return serviceAt(world, theme === 'peering' && random.chance(0.3) ? '10.10.1.10' : FAR);
}

async function transit(world: AwsWorld): Promise<string> {
  const { random, ec2, vpcId, sim, subnets, groups } = world;
  const { farVpcId, far, farGroup } = farVpc(world);
  const Options = random.chance(0.5) ? { SecurityGroupReferencingSupport: 'enable' } : {};
  const { TransitGatewayId } = ec2('CreateTransitGateway', { Options }).TransitGateway;
  await sim.advance(120_000);
  const attach = (VpcId: string, SubnetIds: readonly string[], more = {}): string =>
    ec2('CreateTransitGatewayVpcAttachment', { TransitGatewayId, VpcId, SubnetIds, ...more })
      .TransitGatewayVpcAttachment.TransitGatewayAttachmentId;
  const near = attach(
    vpcId,
    random.chance(0.8) ? [subnets.back, subnets.back2] : [subnets.back],
    Options === undefined ? {} : { Options },
  );
  const other = attach(farVpcId, random.chance(0.85) ? [far.a, far.b] : [far.b], { Options });
  await sim.advance(120_000);
  addRoute(world, vpcId, '10.9.0.0/16', { TransitGatewayId });
  addRoute(world, farVpcId, '10.0.0.0/16', { TransitGatewayId });
  const table: string = ec2('DescribeTransitGatewayRouteTables').TransitGatewayRouteTables[0]
    .TransitGatewayRouteTableId;
  const at = (TransitGatewayAttachmentId: string) => ({
    TransitGatewayAttachmentId,
    TransitGatewayRouteTableId: table,
  });
  const what = random.below(8);
  if (what === 0) ec2('DisassociateTransitGatewayRouteTable', at(near));
  if (what === 1) ec2('DisableTransitGatewayRouteTablePropagation', at(other));
  if (what === 2)
    ec2('CreateTransitGatewayRoute', {
      DestinationCidrBlock: '10.9.1.0/24',
      TransitGatewayRouteTableId: table,
      Blackhole: true,
    });
  if (what === 3) ec2('CreateTransitGatewayRoute', { DestinationCidrBlock: '10.9.1.0/24', ...at(near) });
  await sim.advance(120_000);
  if (random.chance(0.25))
    networkAcl(world, random.pick([subnets.back, subnets.back2, far.a]), [
      ...entries(random, random.chance(0.5), 'call', ['10.9.0.0/16', '10.0.0.0/16', ALL]),
      ...OPEN,
    ]);
  const isNamed = 'SecurityGroupReferencingSupport' in Options && random.chance(0.5);
  addRule(
    world,
    'in',
    farGroup,
    isNamed ? { UserIdGroupPairs: [{ GroupId: groups.link }] } : { IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
  );
  return serviceAt(world, FAR);
}

async function virtualGateway(world: AwsWorld): Promise<string> {
  const { random, ec2, vpcId, plant, subnets } = world;
  const { VpnGatewayId } = ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway;
  ec2('AttachVpnGateway', { VpcId: vpcId, VpnGatewayId });
  const announces = [random.pick(['192.168.0.0/16', '192.168.5.0/24', '192.168.6.0/24'])];
  const bgp = random.chance(0.8) ? 'up' : 'down';
  if (random.chance(0.4)) {
    const directConnectGatewayId = plant({ kind: 'direct-connect-gateway' });
    plant({ kind: 'direct-connect-association', directConnectGatewayId, gatewayId: VpnGatewayId });
    plant({ kind: 'virtual-interface', directConnectGatewayId, announces, bgp });
  } else plant({ kind: 'virtual-interface', virtualGatewayId: VpnGatewayId, announces, bgp });
  if (random.chance(0.5))
    ec2('EnableVgwRoutePropagation', { GatewayId: VpnGatewayId, RouteTableId: mainTable(world, vpcId) });
  else addRoute(world, vpcId, '192.168.0.0/16', { GatewayId: VpnGatewayId });
  if (random.chance(0.2)) {
    const isOut = random.chance(0.5);
    const acl = entries(random, isOut, isOut ? 'call' : 'answer', ['192.168.0.0/16', '192.168.5.0/25', ALL]);
    networkAcl(world, random.pick([subnets.a, subnets.b]), [...acl, ...OPEN]);
  }
  return serviceAt(world, REMOTE);
}

async function balancer(world: AwsWorld, theme: 'listener' | 'health' | 'zone'): Promise<string> {
  const { random, group, vpcId, groups, elb, plant } = world;
  openServer(world);
  const balancerGroup = group(vpcId, 'balancer');
  addRule(world, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  addRule(world, 'in', groups.server, { UserIdGroupPairs: [{ GroupId: balancerGroup }] });
  const type = theme === 'zone' || (theme === 'health' && random.chance(0.5)) ? 'network' : 'application';
  const { listener, targets, balancer: LoadBalancerArn } = await balanced(world, type, balancerGroup);
  const ill = (targetId: string, state: 'unhealthy' | 'unavailable' = 'unhealthy') =>
    plant({ kind: 'target-health', targetGroupArn: targets, targetId, state });
  if (theme === 'listener' && random.chance(0.85)) {
    const redirect = { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' } };
    elb('ModifyListener', { ListenerArn: listener, DefaultActions: [redirect] });
  }
  if (theme === 'health') {
    if (random.chance(0.85)) ill(SERVER);
    if (random.chance(0.85)) ill('10.0.4.10');
  }
  if (theme === 'zone') {
    if (random.chance(0.85)) ill(random.pick([SERVER, '10.0.4.10']));
    if (random.chance(0.3)) {
      const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
      if (random.chance(0.5)) elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes });
      else elb('ModifyTargetGroupAttributes', { TargetGroupArn: targets, Attributes });
    }
  }
  return listener;
}

/** What is between a load balancer and its targets: its own groups, theirs, network ACLs, whose address they see. */
async function backend(world: AwsWorld): Promise<string> {
  const { random, group, vpcId, groups, elb, plant, subnets } = world;
  const balancerGroup = group(vpcId, 'balancer');
  addRule(world, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  if (random.chance(0.3)) {
    closeEgress(world, balancerGroup);
    addRule(world, 'out', balancerGroup, {
      UserIdGroupPairs: [{ GroupId: random.pick([groups.server, groups.other]) }],
    });
  }
  const peers = [
    { UserIdGroupPairs: [{ GroupId: balancerGroup }] },
    { UserIdGroupPairs: [{ GroupId: groups.link }] },
    ...[...LINK_BLOCKS, '10.0.3.0/24', '10.0.4.0/24'].map((CidrIp) => ({ IpRanges: [{ CidrIp }] })),
  ];
  for (const peer of random.some(peers, 3)) addRule(world, 'in', groups.server, peer);
  const type = random.chance(0.7) ? 'network' : 'application';
  const { listener, targets, ids } = await balanced(world, type, balancerGroup, random.pick(['ip', 'instance']));
  if (type === 'network' && random.chance(0.5)) {
    const Attributes = [{ Key: 'preserve_client_ip.enabled', Value: String(random.chance(0.5)) }];
    elb('ModifyTargetGroupAttributes', { TargetGroupArn: targets, Attributes });
  }
  if (random.chance(0.3))
    plant({ kind: 'target-health', targetGroupArn: targets, targetId: random.pick(ids), state: 'unhealthy' });
  if (random.chance(0.3)) {
    const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
    elb('ModifyTargetGroupAttributes', { TargetGroupArn: targets, Attributes });
  }
  if (random.chance(0.4)) {
    const blocks = ['10.0.3.0/24', '10.0.4.0/24', ...LINK_BLOCKS];
    const isOut = random.chance(0.5);
    const acl = [...entries(random, isOut, random.pick(['call', 'answer']), blocks), ...OPEN];
    networkAcl(world, random.pick([subnets.back, subnets.back2]), acl);
  }
  return listener;
}
