import { calledAddresses, covers, routesTaken } from '../finished-world.js';
import { farVpc } from './networks.js';
import {
  addRoute,
  addRule,
  ALL,
  closeEgress,
  FAR,
  mainTable,
  REMOTE,
  SERVER,
  serviceAt,
  type AwsWorld,
  type Row,
} from './parts.js';
import type { Built } from './themes.js';
import { editRows } from '../edit-world.js';
import type { Finished } from '../situation.js';

/** Interfaces that replace next hops which no call of the simulated cloud creates. */
export function standIn({ server, subnets, groups }: AwsWorld, address: string): string {
  return server(subnets.back, groups.other, address);
}

/** Changes routes to an interface into routes to another next hop. */
export function leadsTo({ sim }: AwsWorld, interfaceId: string, targetKind: string, targetId: string): void {
  editRows(sim, (row) => (row['targetId'] === interfaceId ? { ...row, targetKind, targetId } : row));
}

/** P11: the route of a peering becomes two, of prefix lists with one block; the second one has another next hop. */
export async function twoLists(world: AwsWorld): Promise<Built> {
  const { ec2, random, vpcId } = world;
  const RouteTableId = mainTable(world, vpcId);
  const { Routes } = ec2('DescribeRouteTables', { RouteTableIds: [RouteTableId] }).RouteTables[0];
  const { DestinationCidrBlock: Cidr, VpcPeeringConnectionId } = Routes.find(
    (row: Row) => row['VpcPeeringConnectionId'],
  );
  ec2('DeleteRoute', { RouteTableId, DestinationCidrBlock: Cidr });
  const hops = [{ VpcPeeringConnectionId }, otherHop(world)];
  for (const hop of random.chance(0.5) ? hops : hops.toReversed()) {
    const { PrefixListId: DestinationPrefixListId } = ec2('CreateManagedPrefixList', {
      PrefixListName: `far${random.below(1e9)}`,
      MaxEntries: 2,
      AddressFamily: 'IPv4',
      Entries: [{ Cidr }],
    }).PrefixList;
    ec2('CreateRoute', { RouteTableId, DestinationPrefixListId, ...hop });
  }
  return { targetId: await serviceAt(world, FAR, 'listed') };
}

/**
 * The internet, an interface that does not exist, or a peering with another VPC that has the same block and a server.
 */
function otherHop(world: AwsWorld): Row {
  const { ec2, random, vpcId } = world;
  const kind = random.below(3);
  if (kind === 0) {
    const { InternetGatewayId: GatewayId } = ec2('CreateInternetGateway').InternetGateway;
    ec2('AttachInternetGateway', { InternetGatewayId: GatewayId, VpcId: vpcId });
    return { GatewayId };
  }
  if (kind === 1) return { NetworkInterfaceId: standIn(world, '10.0.3.201') };
  const { farVpcId, farGroup } = farVpc(world);
  addRule(world, 'in', farGroup, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] });
  const peering = peerWith(world, farVpcId);
  addRoute(world, farVpcId, '10.0.0.0/16', peering);
  return peering;
}

export function peerWith({ ec2, vpcId }: AwsWorld, PeerVpcId: string): Row {
  const { VpcPeeringConnectionId } = ec2('CreateVpcPeeringConnection', {
    VpcId: vpcId,
    PeerVpcId,
  }).VpcPeeringConnection;
  ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
  return { VpcPeeringConnectionId };
}

export function hasTwoLists(finished: Finished): boolean {
  const listed = routesTaken(finished).filter(({ prefixListId }) => prefixListId !== undefined);
  return new Set(listed.map(({ nextHop: { kind, id } }) => `${kind} ${id}`)).size > 1;
}

/** A block, and a called address in it. */
const BEYOND = [
  ['10.0.3.0/24', SERVER],
  ['10.9.0.0/16', FAR],
  ['192.168.0.0/16', REMOTE],
] as const;

/** F1: the endpoint of a Gateway Load Balancer is the next hop to the called address, inside the VPC or not. */
export async function throughEndpoint(world: AwsWorld): Promise<Built> {
  const { random, groups, vpcId } = world;
  const [block, address] = random.pick(BEYOND);
  const NetworkInterfaceId = standIn(world, '10.0.3.202');
  addRoute(world, vpcId, block, { NetworkInterfaceId });
  leadsTo(world, NetworkInterfaceId, 'vpc-endpoint', 'vpce-0123456789abcdef0');
  if (random.chance(0.25)) closeEgress(world, groups.link);
  return { targetId: await serviceAt(world, address, 'inspected') };
}

/**
 * F2: a private NAT gateway is the next hop; the table of another subnet, where it may be, has an onward route or not.
 */
export async function throughNat(world: AwsWorld): Promise<Built> {
  const { ec2, random, groups, vpcId, subnets } = world;
  const { farVpcId } = farVpc(world);
  const NetworkInterfaceId = standIn(world, '10.0.3.203');
  addRoute(world, vpcId, '10.9.0.0/16', { NetworkInterfaceId });
  leadsTo(world, NetworkInterfaceId, 'nat-gateway', 'nat-0123456789abcdef0');
  const { RouteTableId } = ec2('CreateRouteTable', { VpcId: vpcId }).RouteTable;
  ec2('AssociateRouteTable', { RouteTableId, SubnetId: subnets.back2 });
  const peering = peerWith(world, farVpcId);
  const block = random.pick(['10.9.0.0/16', '10.9.1.0/24', '10.9.2.0/24', '10.10.0.0/16']);
  ec2('CreateRoute', { RouteTableId, DestinationCidrBlock: block, ...peering });
  if (random.chance(0.2)) closeEgress(world, groups.link);
  return { targetId: await serviceAt(world, FAR, 'translated') };
}

/** Whether the route to the called address has such a next hop. */
export const leadsBy = (kind: 'endpoint' | 'nat') => (finished: Finished) =>
  routesTaken(finished).some(({ nextHop }) => nextHop.kind === kind);

/**
 * F3: the transit gateway routes to a third VPC, whose firewall or appliance forwards what it allows, if there is one.
 */
export async function inspected(world: AwsWorld, built: Built): Promise<Built> {
  const { ec2, random, sim, vpc, subnet, group, server } = world;
  const VpcId = vpc('10.8.0.0/16');
  const SubnetIds = [subnet(VpcId, '10.8.1.0/24', 'a'), subnet(VpcId, '10.8.2.0/24', 'b')];
  const { TransitGatewayId } = ec2('DescribeTransitGateways').TransitGateways[0];
  const ask = { TransitGatewayId, VpcId, SubnetIds };
  const { TransitGatewayAttachmentId } = ec2('CreateTransitGatewayVpcAttachment', ask).TransitGatewayVpcAttachment;
  await sim.advance(120_000);
  const [{ TransitGatewayRouteTableId }] = ec2('DescribeTransitGatewayRouteTables').TransitGatewayRouteTables;
  const route = { DestinationCidrBlock: `${FAR}/32`, TransitGatewayRouteTableId, TransitGatewayAttachmentId };
  ec2('CreateTransitGatewayRoute', route);
  await sim.advance(120_000);
  const NetworkInterfaceId = server(SubnetIds[0] ?? '', group(VpcId, 'firewall'), '10.8.1.10');
  if (random.chance(0.7)) {
    addRoute(world, VpcId, random.pick(['10.9.0.0/16', ALL]), { NetworkInterfaceId });
    leadsTo(world, NetworkInterfaceId, 'vpc-endpoint', 'vpce-0123456789abcdef1');
  }
  return built;
}

/** A transit gateway routes the called address to a network that does not contain it. */
export function isInspected(finished: Finished): boolean {
  const { networks, transitGateways = [] } = finished.region;
  const called = calledAddresses(finished);
  return transitGateways.some(({ attachments = [], routeTables = [] }) =>
    routeTables
      .flatMap(({ routes = [] }) => routes)
      .filter(({ cidrBlock }) => called.some((address) => covers(cidrBlock, address)))
      .flatMap((route) => attachments.filter(({ id }) => route.attachmentIds.includes(id)))
      .some(({ resourceId }) => {
        const blocks = networks.find(({ id }) => id === resourceId)?.cidrBlocks ?? [];
        return blocks.length > 0 && !blocks.some((block) => called.some((address) => covers(block, address)));
      }),
  );
}
