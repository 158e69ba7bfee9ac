import {
  simulate,
  type Destination,
  type Planted,
  type ServiceName,
  type SimulateOptions,
} from '../../../src/internal/simulation.js';
import type { Connection } from '../../../src/aws/connects/connection.js';

export type Row = Readonly<Record<string, any>>;

export const REGION = 'eu-west-1';
export const ALL = '0.0.0.0/0';
/** A server in the link's own VPC, and one in the other VPC. */
export const SERVER = '10.0.3.10';
export const FAR = '10.9.1.10';

/** A simulated cloud, with calls in the region and short forms of those that create something. */
export function regionCalls(options: SimulateOptions = {}) {
  const sim = simulate({ seed: 7, throttle: false, quotas: { vpcs: 20 }, ...options });
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    sim.call({ service, operation, region: REGION }, input);
  const ec2 = (operation: string, input: Row = {}): any => call('ec2', operation, input);
  const plant = (planted: Planted) => sim.plant(REGION, planted);
  return {
    sim,
    call,
    ec2,
    plant,
    elb: (operation: string, input: Row = {}): any => call('elasticloadbalancingv2', operation, input),
    vpc: (CidrBlock: string, more: Row = {}): string => ec2('CreateVpc', { CidrBlock, ...more }).Vpc.VpcId,
    subnet: (VpcId: string, CidrBlock: string, zone: string, more: Row = {}): string =>
      ec2('CreateSubnet', { VpcId, CidrBlock, AvailabilityZone: `${REGION}${zone}`, ...more }).Subnet.SubnetId,
    group: (VpcId: string, GroupName: string): string =>
      ec2('CreateSecurityGroup', { VpcId, GroupName, Description: GroupName }).GroupId,
    server: (SubnetId: string, GroupId: string, PrivateIpAddress: string): string => {
      const { NetworkInterface } = ec2('CreateNetworkInterface', { SubnetId, Groups: [GroupId], PrivateIpAddress });
      plant({ kind: 'instance', networkInterfaceId: NetworkInterface.NetworkInterfaceId });
      return NetworkInterface.NetworkInterfaceId;
    },
  };
}

/**
 * A VPC with a link in zones a and b (10.0.1.0/24, 10.0.2.0/24), and a server at 10.0.3.10 in 10.0.3.0/24 (zone a); 10.0.4.0/24 is
 * in zone b. The link and the server have a group each, which allow all outbound.
 */
export async function linkedVpc(options: SimulateOptions = {}, more: Row = {}) {
  const calls = regionCalls(options);
  const { sim, call, ec2, vpc, subnet, group, server } = calls;
  const vpcId = vpc('10.0.0.0/16', more);
  const subnets = {
    a: subnet(vpcId, '10.0.1.0/24', 'a'),
    b: subnet(vpcId, '10.0.2.0/24', 'b'),
    back: subnet(vpcId, '10.0.3.0/24', 'a'),
    back2: subnet(vpcId, '10.0.4.0/24', 'b'),
  };
  const groups = { link: group(vpcId, 'link'), server: group(vpcId, 'server') };
  const serverId = server(subnets.back, groups.server, SERVER);
  /** Creates an interface that is attached to nothing. */
  const spare = (): string =>
    ec2('CreateNetworkInterface', { SubnetId: subnets.back }).NetworkInterface.NetworkInterfaceId;
  const { VpcLinkId } = call('apigatewayv2', 'CreateVpcLink', {
    Name: 'link',
    SubnetIds: [subnets.a, subnets.b],
    SecurityGroupIds: [groups.link],
  });
  await sim.advance(600_000);
  return { ...calls, vpcId, subnets, groups, serverId, spare, linkId: VpcLinkId as string };
}

/**
 * The VPC of a link whose server's group allows port 80 from the VPC; another VPC 10.9.0.0/16 with a server at 10.9.1.10 (zone a)
 * whose group does so from 10.0.0.0/8. The two are not connected. All of it is created by calls.
 */
export async function connectedWorld(options: SimulateOptions = {}) {
  const near = await linkedVpc(options, { AmazonProvidedIpv6CidrBlock: true });
  const { sim, ec2, vpc, subnet, group, server, linkId } = near;
  const farVpcId = vpc('10.9.0.0/16');
  const far = { a: subnet(farVpcId, '10.9.1.0/24', 'a'), b: subnet(farVpcId, '10.9.2.0/24', 'b') };
  const groups = { ...near.groups, far: group(farVpcId, 'far') };
  const rules = {
    server: allow(ec2, 'in', groups.server, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] }),
    far: allow(ec2, 'in', groups.far, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] }),
  };
  const farServerId = server(far.a, groups.far, FAR);
  const connects = (to: Destination, port?: number) => sim.connects(linkId, to, port) as Connection;
  return { ...near, farVpcId, far, groups, rules, farServerId, connects };
}

export type World = Awaited<ReturnType<typeof connectedWorld>>;

/** Allows calls to a group's members on port 80, or calls from them; returns the rules' IDs. */
export function allow(
  ec2: (operation: string, input: Row) => any,
  direction: 'in' | 'out',
  GroupId: string,
  peer: Row,
): string[] {
  const operation = direction === 'in' ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress';
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...peer }];
  return ec2(operation, { GroupId, IpPermissions }).SecurityGroupRules.map((rule: Row) => rule['SecurityGroupRuleId']);
}

/** Deletes the rule that allows a group's members all outbound traffic. */
export function closeEgress({ ec2 }: World, GroupId: string): void {
  const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: ALL }], Ipv6Ranges: [{ CidrIpv6: '::/0' }] }];
  ec2('RevokeSecurityGroupEgress', { GroupId, IpPermissions });
}

export function mainTable({ ec2 }: Pick<World, 'ec2'>, VpcId: string): string {
  const Filters = [
    { Name: 'vpc-id', Values: [VpcId] },
    { Name: 'association.main', Values: ['true'] },
  ];
  return ec2('DescribeRouteTables', { Filters }).RouteTables[0].RouteTableId;
}

/** Adds a route to a VPC's main table. */
export function route(world: World, VpcId: string, DestinationCidrBlock: string, target: Row): void {
  world.ec2('CreateRoute', { RouteTableId: mainTable(world, VpcId), DestinationCidrBlock, ...target });
}

/** Gives a subnet a network ACL of these rules: `in 100 allow 6 80-80 10.0.0.0/16`. Without any it drops everything. */
export function networkAcl({ ec2 }: Pick<World, 'ec2'>, subnetId: string, rules: readonly string[]): void {
  const [{ VpcId }] = ec2('DescribeSubnets', { SubnetIds: [subnetId] }).Subnets;
  const { NetworkAclId } = ec2('CreateNetworkAcl', { VpcId }).NetworkAcl;
  for (const text of rules) {
    const [side, number, RuleAction, Protocol, ports = '', block = ''] = text.split(' ');
    const [From, To] = ports.split('-').map(Number);
    ec2('CreateNetworkAclEntry', {
      NetworkAclId,
      Egress: side === 'out',
      RuleNumber: Number(number),
      RuleAction,
      Protocol,
      ...((Protocol === '6' || Protocol === '17') && { PortRange: { From, To } }),
      ...(block.includes(':') ? { Ipv6CidrBlock: block } : { CidrBlock: block }),
    });
  }
  const Filters = [{ Name: 'association.subnet-id', Values: [subnetId] }];
  const [{ Associations }] = ec2('DescribeNetworkAcls', { Filters }).NetworkAcls;
  const { NetworkAclAssociationId: AssociationId } = Associations.find((row: Row) => row['SubnetId'] === subnetId);
  ec2('ReplaceNetworkAclAssociation', { AssociationId, NetworkAclId });
}

/** Peers the two VPCs, with routes in both directions. */
export function peer(world: World): string {
  const { ec2, vpcId: VpcId, farVpcId: PeerVpcId } = world;
  const { VpcPeeringConnectionId } = ec2('CreateVpcPeeringConnection', { VpcId, PeerVpcId }).VpcPeeringConnection;
  ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
  route(world, VpcId, '10.9.0.0/16', { VpcPeeringConnectionId });
  route(world, PeerVpcId, '10.0.0.0/16', { VpcPeeringConnectionId });
  return VpcPeeringConnectionId;
}

/** Connects the two VPCs by a transit gateway with an interface in all their zones, and routes in both directions. */
export async function joinByTransit(world: World, options: Row = {}, attachment: Row = {}) {
  const { ec2, sim, vpcId, farVpcId, subnets, far } = world;
  const { TransitGatewayId } = ec2('CreateTransitGateway', { Options: options }).TransitGateway;
  await sim.advance(120_000);
  const attach = (VpcId: string, SubnetIds: string[]): string =>
    ec2('CreateTransitGatewayVpcAttachment', { TransitGatewayId, VpcId, SubnetIds, ...attachment })
      .TransitGatewayVpcAttachment.TransitGatewayAttachmentId;
  const near = attach(vpcId, [subnets.back, subnets.back2]);
  const other = attach(farVpcId, [far.a, far.b]);
  await sim.advance(120_000);
  route(world, vpcId, '10.9.0.0/16', { TransitGatewayId });
  route(world, farVpcId, '10.0.0.0/16', { TransitGatewayId });
  const table: string | undefined = ec2('DescribeTransitGatewayRouteTables').TransitGatewayRouteTables[0]
    ?.TransitGatewayRouteTableId;
  return { TransitGatewayId, near, other, table: table ?? '' };
}

/** A virtual private gateway on the link's VPC. */
export function virtualPrivateGateway({ ec2, vpcId: VpcId }: World): string {
  const { VpnGatewayId } = ec2('CreateVpnGateway', { Type: 'ipsec.1' }).VpnGateway;
  ec2('AttachVpnGateway', { VpcId, VpnGatewayId });
  return VpnGatewayId;
}

export type Verdict = 'yes' | `no: ${string}` | `undecided: ${string}`;

/** The result, and what decided it. */
export function verdict(world: World, to: Destination = SERVER, port: number | 'its own' = 80): Verdict {
  const { connects, undecided, by, because } = world.connects(to, port === 'its own' ? undefined : port);
  if (!/^\S.*\.$/.test(because)) throw new Error(`"${because}" is no sentence.`);
  if (undecided !== undefined && connects) throw new Error('What is undecided does not connect.');
  return connects ? 'yes' : `${undecided === undefined ? 'no' : 'undecided'}: ${by}`;
}
