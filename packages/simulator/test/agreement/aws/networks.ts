import { OPEN, entries, openServer } from './blocks.js';
import {
  addRoute,
  addRule,
  ALL,
  FAR,
  mainTable,
  networkAcl,
  REMOTE,
  SERVER,
  serviceAt,
  type AwsWorld,
} from './parts.js';

export function noRoute(world: AwsWorld): Promise<string> {
  const { random, ec2, vpcId } = world;
  openServer(world);
  if (random.chance(0.4)) {
    const { InternetGatewayId } = ec2('CreateInternetGateway').InternetGateway;
    ec2('AttachInternetGateway', { InternetGatewayId, VpcId: vpcId });
    addRoute(world, vpcId, ALL, { GatewayId: InternetGatewayId });
  }
  return serviceAt(world, random.pick(['172.31.9.9', '10.9.1.10', REMOTE, SERVER]));
}

/** A route to a deleted interface, which may or may not cover the called address. */
export function blackhole(world: AwsWorld): Promise<string> {
  const { random, ec2, spare, vpcId } = world;
  openServer(world);
  const gone = spare();
  addRoute(
    world,
    vpcId,
    random.pick(['10.0.3.0/24', '10.0.3.0/24', '10.0.3.0/28', '10.0.3.8/29', '10.0.4.0/24', '10.0.3.128/25']),
    { NetworkInterfaceId: gone },
  );
  if (random.chance(0.85)) ec2('DeleteNetworkInterface', { NetworkInterfaceId: gone });
  return serviceAt(world, SERVER);
}

/** Another VPC with a server that accepts port 80 from 10.0.0.0/8. */
export function farVpc(world: AwsWorld) {
  const { vpc, subnet, group, server } = world;
  const farVpcId = vpc('10.9.0.0/16');
  const far = { a: subnet(farVpcId, '10.9.1.0/24', 'a'), b: subnet(farVpcId, '10.9.2.0/24', 'b') };
  const farGroup = group(farVpcId, 'far');
  server(far.a, farGroup, FAR);
  return { farVpcId, far, farGroup };
}

export function peering(world: AwsWorld, theme: 'peering' | 'route-return'): Promise<string> {
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

export async function transit(world: AwsWorld): Promise<string> {
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

export async function virtualGateway(world: AwsWorld): Promise<string> {
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
