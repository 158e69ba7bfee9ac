import { describe, expect, it } from 'vitest';
import { forwarding } from '../forwarding.js';
import { connectedWorld, SERVER } from './world.js';

/** An application load balancer before the server, called by its listener. */
async function balanced() {
  const world = await connectedWorld();
  const { elb, subnets, groups, vpcId, sim } = world;
  const { ListenerArn } = forwarding(elb, {
    Type: 'application',
    VpcId: vpcId,
    Subnets: [subnets.back, subnets.back2],
    SecurityGroups: [groups.server],
    Targets: [SERVER],
  });
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
