import { entries, openServer } from './blocks.js';
import { forwarding } from '../../aws/forwarding.js';
import { FAR, addRoute, addRule, networkAcl, type AwsWorld } from './parts.js';
import { inspected, leadsTo, peerWith, standIn } from './route-situations.js';
import { farVpc, transit } from './networks.js';
import type { Finished } from '../situation.js';
import { calledGroups, covers } from '../finished-world.js';

/**
 * A load balancer whose targets are in another VPC, behind a transit gateway that may lead through an inspection VPC, or behind a
 * private NAT gateway, whose subnet has an onward route or has none.
 */
export async function farTargets(world: AwsWorld, by: 'transit' | 'nat'): Promise<string> {
  const { random, vpcId, subnets, elb } = world;
  const balancerGroup = world.group(vpcId, 'balancer');
  addRule(world, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  const isNear = by === 'nat' && random.chance(0.25);
  if (isNear) behindEndpoint(world);
  else if (by === 'nat') behindNat(world);
  else {
    const targetId = await transit(world);
    if (random.chance(0.6)) await inspected(world, { targetId });
  }
  if (random.chance(0.1)) addRoute(world, vpcId, '10.9.1.0/24', { NetworkInterfaceId: world.spare() });
  const type = isNear || random.chance(0.5) ? 'network' : 'application';
  const { LoadBalancerArn, TargetGroupArn, ListenerArn } = forwarding(elb, {
    Type: type,
    names: ['shop', 'far'],
    VpcId: vpcId,
    Subnets: [isNear ? world.subnet(vpcId, '10.0.6.0/24', 'a') : subnets.back, subnets.back2],
    SecurityGroups: [balancerGroup],
    TargetType: isNear ? 'instance' : 'ip',
    Targets: [
      isNear
        ? world.plant({ kind: 'instance', networkInterfaceId: world.serverId })
        : { Id: FAR, AvailabilityZone: 'all' },
    ],
  });
  if (isNear) {
    const KEEPS = [{ Key: 'preserve_client_ip.enabled', Value: 'false' }];
    elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes: KEEPS });
    const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
    elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes });
  } else if (type === 'network' && random.chance(0.3)) {
    const Attributes = [{ Key: 'preserve_client_ip.enabled', Value: 'true' }];
    elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
  }
  await world.sim.advance(600_000);
  return ListenerArn;
}

/** Within the VPC, a firewall is between the load balancer and its target, whose own network ACL may deny the answers. */
function behindEndpoint(world: AwsWorld): void {
  const { random, subnets, vpcId } = world;
  openServer(world);
  const NetworkInterfaceId = standIn(world, '10.0.3.204');
  addRoute(world, vpcId, '10.0.3.0/24', { NetworkInterfaceId });
  leadsTo(world, NetworkInterfaceId, 'vpc-endpoint', 'vpce-0123456789abcdef2');
  if (random.chance(0.6))
    networkAcl(world, subnets.back, entries(random, true, 'answer', ['10.0.4.0/24', '10.0.6.0/24']));
}

/** The route to the far VPC is by a private NAT gateway in a subnet of its own, which has an onward route or has none. */
function behindNat(world: AwsWorld): void {
  const { ec2, random, subnet, vpcId } = world;
  const { farVpcId, farGroup } = farVpc(world);
  addRule(world, 'in', farGroup, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] });
  const SubnetId = subnet(vpcId, '10.0.5.0/24', 'a');
  const NetworkInterfaceId = standIn(world, '10.0.3.203');
  addRoute(world, vpcId, '10.9.0.0/16', { NetworkInterfaceId });
  leadsTo(world, NetworkInterfaceId, 'nat-gateway', 'nat-0123456789abcdef0');
  const { RouteTableId } = ec2('CreateRouteTable', { VpcId: vpcId }).RouteTable;
  ec2('AssociateRouteTable', { RouteTableId, SubnetId });
  const peering = peerWith(world, farVpcId);
  addRoute(world, farVpcId, '10.0.0.0/16', peering);
  const DestinationCidrBlock = random.pick([
    '10.9.0.0/16',
    '10.9.1.0/24',
    '10.9.1.0/24',
    '10.9.2.0/24',
    '10.10.0.0/16',
  ]);
  ec2('CreateRoute', { RouteTableId, DestinationCidrBlock, ...peering });
}

/** The targets of the called load balancer that are outside of its VPC. */
function outside(finished: Finished): readonly string[] {
  const own = finished.region.networks.flatMap(({ id, cidrBlocks }) =>
    calledGroups(finished).some(({ networkId }) => networkId === id) ? cidrBlocks : [],
  );
  const called = calledGroups(finished).flatMap(({ kind, targets = [] }) => (kind === 'address' ? targets : []));
  return called.map(({ id }) => id).filter((id) => !own.some((block) => covers(block, id)));
}

/** A route of the load balancer's VPC leads to targets outside of it by such a next hop. */
export const reachesBy = (kind: 'transit-gateway' | 'nat') => (finished: Finished) => {
  const vpcs = calledGroups(finished).flatMap(({ networkId }) => networkId ?? []);
  const routes = (finished.region.routeTables ?? [])
    .filter(({ networkId }) => vpcs.includes(networkId))
    .flatMap(({ routes: own = [] }) => own);
  return outside(finished).some((address) =>
    routes.some(({ cidrBlock = '0.0.0.0/32', nextHop }) => nextHop.kind === kind && covers(cidrBlock, address)),
  );
};
