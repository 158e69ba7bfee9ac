import { simulate, type Planted, type ServiceName } from '../../../src/index.js';
import type { Random } from '../random.js';

export type Row = Readonly<Record<string, any>>;

export const REGION = 'eu-west-1';
export const ALL = '0.0.0.0/0';
export const SERVER = '10.0.3.10';
export const FAR = '10.9.1.10';
export const REMOTE = '192.168.5.5';

/**
 * A VPC with a link in zones a and b (10.0.1.0/24, 10.0.2.0/24), and a server at 10.0.3.10 in 10.0.3.0/24 (zone a); 10.0.4.0/24 is
 * in zone b. Open: the link's group allows all outbound, the server's allows port 80 from 10.0.0.0/8. Created by calls.
 */
export async function openWorld(random: Random) {
  const sim = simulate({ seed: 7, throttle: false, clock: 'auto', quotas: { vpcs: 20 } });
  const call = (service: ServiceName, operation: string, input: Row = {}): any =>
    sim.call({ service, operation, region: REGION }, input);
  const ec2 = (operation: string, input: Row = {}): any => call('ec2', operation, input);
  const vpc = (CidrBlock: string): string => ec2('CreateVpc', { CidrBlock }).Vpc.VpcId;
  const subnet = (VpcId: string, CidrBlock: string, zone: string): string =>
    ec2('CreateSubnet', { VpcId, CidrBlock, AvailabilityZone: `${REGION}${zone}` }).Subnet.SubnetId;
  const group = (VpcId: string, GroupName: string): string =>
    ec2('CreateSecurityGroup', { VpcId, GroupName, Description: GroupName }).GroupId;
  const server = (SubnetId: string, GroupId: string, PrivateIpAddress: string): string => {
    const { NetworkInterface } = ec2('CreateNetworkInterface', { SubnetId, Groups: [GroupId], PrivateIpAddress });
    sim.plant(REGION, { kind: 'instance', networkInterfaceId: NetworkInterface.NetworkInterfaceId });
    return NetworkInterface.NetworkInterfaceId;
  };

  const vpcId = vpc('10.0.0.0/16');
  const subnets = {
    a: subnet(vpcId, '10.0.1.0/24', 'a'),
    b: subnet(vpcId, '10.0.2.0/24', 'b'),
    back: subnet(vpcId, '10.0.3.0/24', 'a'),
    back2: subnet(vpcId, '10.0.4.0/24', 'b'),
  };
  const groups = { link: group(vpcId, 'link'), server: group(vpcId, 'server'), other: group(vpcId, 'other') };
  const serverId = server(subnets.back, groups.server, SERVER);
  /** Creates an interface that is attached to nothing. */
  const spare = (): string =>
    ec2('CreateNetworkInterface', { SubnetId: subnets.back }).NetworkInterface.NetworkInterfaceId;
  const world = {
    sim,
    random,
    call,
    ec2,
    elb: (operation: string, input: Row = {}): any => call('elasticloadbalancingv2', operation, input),
    vpc,
    subnet,
    group,
    server,
    vpcId,
    subnets,
    groups,
    serverId,
    spare,
    plant: (planted: Planted) => sim.plant(REGION, planted),
    linkId: '',
  };
  const { VpcLinkId } = call('apigatewayv2', 'CreateVpcLink', {
    Name: 'link',
    SubnetIds: [subnets.a, subnets.b],
    SecurityGroupIds: [groups.link],
  });
  await sim.advance(600_000);
  return { ...world, linkId: VpcLinkId as string };
}

export type AwsWorld = Awaited<ReturnType<typeof openWorld>>;

/** Adds rules to a group. */
export function addRule(
  { ec2 }: AwsWorld,
  direction: 'in' | 'out',
  GroupId: string,
  peer: Row,
  ports = [80, 80],
): void {
  const operation = direction === 'in' ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress';
  const [FromPort, ToPort] = ports;
  try {
    ec2(operation, { GroupId, IpPermissions: [{ IpProtocol: 'tcp', FromPort, ToPort, ...peer }] });
  } catch (error) {
    if (!/already exists|Duplicate/.test(String(error))) throw error;
  }
}

/** Removes the rule that allows all outbound traffic of a group. */
export function closeEgress({ ec2 }: AwsWorld, GroupId: string): void {
  ec2('RevokeSecurityGroupEgress', { GroupId, IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: ALL }] }] });
}

/** The main table of a VPC. */
export function mainTable({ ec2 }: AwsWorld, VpcId: string): string {
  const Filters = [
    { Name: 'vpc-id', Values: [VpcId] },
    { Name: 'association.main', Values: ['true'] },
  ];
  return ec2('DescribeRouteTables', { Filters }).RouteTables[0].RouteTableId;
}

/** Adds a route to a VPC's main table; an existing route stays. */
export function addRoute(world: AwsWorld, VpcId: string, DestinationCidrBlock: string, target: Row): void {
  try {
    world.ec2('CreateRoute', { RouteTableId: mainTable(world, VpcId), DestinationCidrBlock, ...target });
  } catch (error) {
    if (!/RouteAlreadyExists/.test(String((error as { name?: string }).name ?? error))) throw error;
  }
}

/** An entry of a network ACL. */
export interface Entry {
  readonly out: boolean;
  readonly order: number;
  readonly allow: boolean;
  readonly ports: readonly [number, number] | 'all';
  readonly block: string;
}

/** Gives a subnet a network ACL of these entries. */
export function networkAcl({ ec2 }: AwsWorld, subnetId: string, entries: readonly Entry[]): void {
  const [{ VpcId }] = ec2('DescribeSubnets', { SubnetIds: [subnetId] }).Subnets;
  const { NetworkAclId } = ec2('CreateNetworkAcl', { VpcId }).NetworkAcl;
  for (const { out, order, allow, ports, block } of entries) {
    ec2('CreateNetworkAclEntry', {
      NetworkAclId,
      Egress: out,
      RuleNumber: order,
      RuleAction: allow ? 'allow' : 'deny',
      ...(ports === 'all' ? { Protocol: '-1' } : { Protocol: '6', PortRange: { From: ports[0], To: ports[1] } }),
      CidrBlock: block,
    });
  }
  const Filters = [{ Name: 'association.subnet-id', Values: [subnetId] }];
  const [{ Associations }] = ec2('DescribeNetworkAcls', { Filters }).NetworkAcls;
  const { NetworkAclAssociationId: AssociationId } = Associations.find((row: Row) => row['SubnetId'] === subnetId);
  ec2('ReplaceNetworkAclAssociation', { AssociationId, NetworkAclId });
}

/** A Cloud Map service that answers with one address; its ARN. */
export async function serviceAt({ call, sim }: AwsWorld, address: string, name = 'orders'): Promise<string> {
  const map = (operation: string, input: Row): any => call('servicediscovery', operation, input);
  const { OperationId } = map('CreateHttpNamespace', { Name: `${name}.internal` });
  await sim.advance(60_000);
  const NamespaceId = map('GetOperation', { OperationId }).Operation.Targets.NAMESPACE;
  const { Id: ServiceId, Arn } = map('CreateService', { Name: name, NamespaceId }).Service;
  const Attributes = { AWS_INSTANCE_IPV4: address, AWS_INSTANCE_PORT: '80' };
  map('RegisterInstance', { ServiceId, InstanceId: 'one', Attributes });
  await sim.advance(60_000);
  return Arn;
}

/** A load balancer in both back subnets, with a listener on port 80 and a healthy server in each, by address or as instances. */
export async function balanced(
  world: AwsWorld,
  Type: 'application' | 'network',
  GroupId: string,
  TargetType: 'ip' | 'instance' = 'ip',
  secondGroup = world.groups.server,
) {
  const { elb, subnets, vpcId, sim, server, serverId, plant } = world;
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
    Name: 'shop',
    Type,
    Scheme: 'internal',
    Subnets: [subnets.back, subnets.back2],
    SecurityGroups: [GroupId],
  }).LoadBalancers;
  const Protocol = Type === 'application' ? 'HTTP' : 'TCP';
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name: 'orders',
    Protocol,
    Port: 80,
    VpcId: vpcId,
    TargetType,
  }).TargetGroups;
  const second = server(subnets.back2, secondGroup, '10.0.4.10');
  const ids =
    TargetType === 'ip'
      ? [SERVER, '10.0.4.10']
      : [serverId, second].map((networkInterfaceId) => plant({ kind: 'instance', networkInterfaceId }));
  elb('RegisterTargets', { TargetGroupArn, Targets: ids.map((Id) => ({ Id })) });
  const [{ ListenerArn }] = elb('CreateListener', {
    LoadBalancerArn,
    Protocol,
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  }).Listeners;
  await sim.advance(600_000);
  return {
    balancer: LoadBalancerArn as string,
    listener: ListenerArn as string,
    targets: TargetGroupArn as string,
    ids,
  };
}
