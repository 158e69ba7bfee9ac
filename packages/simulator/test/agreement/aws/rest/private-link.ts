import { LINK_BLOCKS, OPEN, entries } from '../blocks.js';
import { forwarding } from '../../../aws/forwarding.js';
import { addressesOf } from '../fronts.js';
import { farVpc } from '../networks.js';
import { addRoute, addRule, FAR, networkAcl, type AwsWorld, type Row } from '../parts.js';
import {
  balancerGroup,
  enforcement,
  listenerOn,
  networkBalancer,
  register,
  servers,
  targetGroup,
} from './network-balancer.js';

/** What is behind the network load balancer of a V1 link. */
export type Behind = 'ip' | 'instance' | 'alb' | 'nlb' | 'peered' | 'far';

/** A listener that a V1 link leads to, and its load balancer. */
export interface Front {
  readonly balancerArn: string;
  readonly listenerArn: string;
  readonly port: number;
  /** Further listeners that the snapshot has to show. */
  readonly reads: readonly string[];
}

/** A network load balancer with one listener or two, and what it forwards to. */
export async function front(world: AwsWorld, behind: Behind, ill: number): Promise<Front> {
  const { random, groups } = world;
  const groupId = balancerGroup(world, 'front');
  admit(world, groupId);
  const inner = await targetsOf(world, behind, groupId);
  const balancerArn = await networkBalancer(world, 'front', groupId);
  enforcement(world, balancerArn, groupId);
  const main = targetGroup(world, 'main', typeOf(behind));
  // A target group of a load balancer needs a listener of that load balancer on its port.
  register(world, main, inner.targets, ill);
  const first = listenerOn(world, balancerArn, 80, main);
  const called = [{ listenerArn: first, port: 80 }];
  if (random.chance(0.4) && behind !== 'alb') {
    const second = targetGroup(world, 'second', typeOf(behind), random.pick([80, 81]));
    register(world, second, inner.targets, 0.5);
    called.push({ listenerArn: listenerOn(world, balancerArn, 8080, second), port: 8080 });
  }
  if (random.chance(0.25)) acls(world);
  if (random.chance(0.2)) addRule(world, 'in', groups.other, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  await world.sim.advance(600_000);
  return { balancerArn, reads: inner.reads, ...random.pick(called) };
}

function typeOf(behind: Behind): 'ip' | 'instance' | 'alb' {
  return behind === 'instance' || behind === 'alb' ? behind : 'ip';
}

/** What the servers admit: the load balancer by its group or its addresses, or others. */
function admit(world: AwsWorld, groupId: string | undefined): void {
  const { random, groups } = world;
  const blocks = ['10.0.3.0/24', '10.0.4.0/24', '10.0.0.0/16', '10.0.0.0/16', '10.0.1.0/24'];
  const peers: readonly Row[] = [
    ...(groupId === undefined ? [] : [{ UserIdGroupPairs: [{ GroupId: groupId }] }]),
    ...blocks.map((CidrIp) => ({ IpRanges: [{ CidrIp }] })),
  ];
  if (random.chance(0.6)) addRule(world, 'in', groups.server, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  else for (const peer of random.some(peers, 3)) addRule(world, 'in', groups.server, peer);
}

interface Inner {
  readonly targets: readonly Row[];
  readonly reads: readonly string[];
}

function targetsOf(world: AwsWorld, behind: Behind, groupId: string | undefined): Promise<Inner> {
  switch (behind) {
    case 'ip':
    case 'instance':
      return Promise.resolve({ targets: servers(world, behind), reads: [] });
    case 'alb':
    case 'nlb':
      return innerBalancer(world, behind, groupId);
    case 'peered':
    case 'far':
      return farServer(world, behind);
  }
}

/** A load balancer behind the first one, by its ARN or by its addresses. */
async function innerBalancer(world: AwsWorld, type: 'alb' | 'nlb', groupId: string | undefined): Promise<Inner> {
  const { random, group, vpcId, elb, subnets, sim } = world;
  const own = group(vpcId, 'inner');
  const peer =
    groupId !== undefined && random.chance(0.5)
      ? { UserIdGroupPairs: [{ GroupId: groupId }] }
      : { IpRanges: [{ CidrIp: random.pick(['10.0.0.0/16', '10.0.3.0/24', '10.0.1.0/24']) }] };
  addRule(world, 'in', own, peer);
  const { LoadBalancerArn, ListenerArn } = forwarding(elb, {
    Type: type === 'alb' ? 'application' : 'network',
    names: ['inner', 'served'],
    VpcId: vpcId,
    Subnets: [subnets.back, subnets.back2],
    SecurityGroups: [own],
    Targets: servers(world, 'ip'),
  });
  await sim.advance(600_000);
  const targets =
    type === 'alb' ? [{ Id: LoadBalancerArn }] : addressesOf(world, LoadBalancerArn).map((Id) => ({ Id }));
  return { targets, reads: [ListenerArn] };
}

/** A server in a VPC that is peered, or that a transit gateway connects. */
async function farServer(world: AwsWorld, behind: 'peered' | 'far'): Promise<Inner> {
  const { random, ec2, vpcId, subnets, sim } = world;
  const { farVpcId, far, farGroup } = farVpc(world);
  addRule(world, 'in', farGroup, { IpRanges: [{ CidrIp: random.pick(['10.0.0.0/16', '10.0.3.0/24', '10.0.0.0/8']) }] });
  if (behind === 'peered') {
    const { VpcPeeringConnectionId } = ec2('CreateVpcPeeringConnection', {
      VpcId: vpcId,
      PeerVpcId: farVpcId,
    }).VpcPeeringConnection;
    ec2('AcceptVpcPeeringConnection', { VpcPeeringConnectionId });
    addRoute(world, vpcId, '10.9.0.0/16', { VpcPeeringConnectionId });
    addRoute(world, farVpcId, random.pick(['10.0.0.0/16', '10.0.3.0/24']), { VpcPeeringConnectionId });
  } else {
    const { TransitGatewayId } = ec2('CreateTransitGateway', {}).TransitGateway;
    await sim.advance(120_000);
    ec2('CreateTransitGatewayVpcAttachment', {
      TransitGatewayId,
      VpcId: vpcId,
      SubnetIds: [subnets.back, subnets.back2],
    });
    ec2('CreateTransitGatewayVpcAttachment', { TransitGatewayId, VpcId: farVpcId, SubnetIds: [far.a, far.b] });
    await sim.advance(120_000);
    addRoute(world, vpcId, '10.9.0.0/16', { TransitGatewayId });
    addRoute(world, farVpcId, random.pick(['10.0.0.0/16', '10.0.3.0/24']), { TransitGatewayId });
  }
  return { targets: [{ Id: FAR, AvailabilityZone: 'all' }], reads: [] };
}

function acls(world: AwsWorld): void {
  const { random, subnets } = world;
  const blocks = ['10.0.3.0/24', '10.0.4.0/24', '10.9.0.0/16', ...LINK_BLOCKS];
  const acl = [...entries(random, random.chance(0.5), random.pick(['call', 'answer']), blocks), ...OPEN];
  networkAcl(world, random.pick([subnets.back, subnets.back2]), acl);
}
