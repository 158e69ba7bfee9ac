import { ALL, linkedVpc, mainTable, networkAcl as bindNetworkAcl, SERVER, type Row } from '../../aws/connects/world.js';
import { forwarding } from '../../aws/forwarding.js';
import type { Random } from '../random.js';

export { ALL, FAR, mainTable, REGION, SERVER, type Row } from '../../aws/connects/world.js';
export const REMOTE = '192.168.5.5';

/** The VPC of a link, with a group beside those of the link and of the server; no inbound rule exists. */
export async function openWorld(random: Random) {
  const world = await linkedVpc({ clock: 'auto' });
  const groups = { ...world.groups, other: world.group(world.vpcId, 'other') };
  return { ...world, groups, random };
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
export function networkAcl(world: AwsWorld, subnetId: string, entries: readonly Entry[]): void {
  const rules = entries.map(({ out, order, allow, ports, block }) => {
    const protocol = ports === 'all' ? '-1 all' : `6 ${ports[0]}-${ports[1]}`;
    return `${out ? 'out' : 'in'} ${order} ${allow ? 'allow' : 'deny'} ${protocol} ${block}`;
  });
  bindNetworkAcl(world, subnetId, rules);
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
  const second = server(subnets.back2, secondGroup, '10.0.4.10');
  const ids =
    TargetType === 'ip'
      ? [SERVER, '10.0.4.10']
      : [serverId, second].map((networkInterfaceId) => plant({ kind: 'instance', networkInterfaceId }));
  const { LoadBalancerArn, ListenerArn, TargetGroupArn } = forwarding(elb, {
    Type,
    VpcId: vpcId,
    Subnets: [subnets.back, subnets.back2],
    SecurityGroups: [GroupId],
    TargetType,
    Targets: ids,
  });
  await sim.advance(600_000);
  return {
    balancer: LoadBalancerArn,
    listener: ListenerArn,
    targets: TargetGroupArn,
    ids,
  };
}
