import { describe, expect, it } from 'vitest';
import { connectedWorld, SERVER } from './world.js';

/** An application load balancer before the server, called by its listener. */
async function balanced() {
  const world = await connectedWorld();
  const { elb, subnets, groups, vpcId, sim } = world;
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
    Name: 'shop',
    Type: 'application',
    Scheme: 'internal',
    Subnets: [subnets.back, subnets.back2],
    SecurityGroups: [groups.server],
  }).LoadBalancers;
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name: 'orders',
    Protocol: 'HTTP',
    Port: 80,
    VpcId: vpcId,
    TargetType: 'ip',
  }).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: SERVER }] });
  const [{ ListenerArn }] = elb('CreateListener', {
    LoadBalancerArn,
    Protocol: 'HTTP',
    Port: 80,
    DefaultActions: [{ Type: 'forward', TargetGroupArn }],
  }).Listeners;
  await sim.advance(600_000);
  const status = (): string =>
    world.ec2('DescribeNetworkInterfaces', { NetworkInterfaceIds: [world.serverId] }).NetworkInterfaces[0].Status;
  return { ...world, targetId: ListenerArn as string, status };
}

describe('an interface that is attached to nothing', () => {
  it('is available and does not answer, also where its address is registered as a target', async () => {
    const { connects, targetId, plant, serverId, status } = await balanced();
    expect(status()).toBe('in-use');
    expect(connects({ targetId })).toMatchObject({ connects: true });
    plant({ kind: 'idle-interface', networkInterfaceId: serverId });
    expect(status()).toBe('available');
    expect(connects({ targetId })).toMatchObject({ connects: false, by: 'target-health' });
    expect(connects(SERVER)).toMatchObject({ connects: false, by: 'target' });
    plant({ kind: 'instance', networkInterfaceId: serverId });
    expect(status()).toBe('in-use');
    expect(connects({ targetId })).toMatchObject({ connects: true });
  });
});
