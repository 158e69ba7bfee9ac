import type { AwsWorld } from './parts.js';
import { forwarding } from '../../aws/forwarding.js';

/** How a network load balancer refers to the load balancer behind it. */
interface Front {
  readonly by: 'arn' | 'address';
  readonly groupId: string;
  readonly keepsClient?: boolean | undefined;
}

/** A network load balancer in one zone or both, in front of another load balancer in both; its listener. */
export async function inFront(
  world: AwsWorld,
  inner: string,
  { by, groupId, keepsClient = false }: Front,
): Promise<string> {
  const { random, elb, sim, vpcId, subnets } = world;
  const { TargetGroupArn, ListenerArn } = forwarding(elb, {
    Type: 'network',
    names: ['front', 'inner'],
    VpcId: vpcId,
    Subnets: random.chance(0.5) ? [subnets.back] : [subnets.back, subnets.back2],
    SecurityGroups: [groupId],
    TargetType: by === 'address' ? 'ip' : 'alb',
    Targets: by === 'address' ? addressesOf(world, inner) : [inner],
    isCrossZone: random.chance(0.6),
  });
  if (keepsClient && by === 'address') {
    const Attributes = [{ Key: 'preserve_client_ip.enabled', Value: 'true' }];
    elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
  }
  await sim.advance(600_000);
  return ListenerArn;
}

/** The load balancer of a listener. */
export function balancerOf({ elb }: AwsWorld, listenerArn: string): string {
  return elb('DescribeListeners', { ListenerArns: [listenerArn] }).Listeners[0].LoadBalancerArn;
}

/** The addresses that a load balancer has now. */
export function addressesOf({ ec2 }: AwsWorld, arn: string): readonly string[] {
  const Filters = [{ Name: 'description', Values: [`ELB ${arn.split(':loadbalancer/')[1] ?? ''}`] }];
  const { NetworkInterfaces } = ec2('DescribeNetworkInterfaces', { Filters });
  return NetworkInterfaces.map(({ PrivateIpAddress }: { readonly PrivateIpAddress: string }) => PrivateIpAddress);
}
