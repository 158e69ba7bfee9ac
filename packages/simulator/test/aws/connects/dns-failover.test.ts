import { expect, it } from 'vitest';
import { forwarding } from '../forwarding.js';
import { connectedWorld, SERVER, verdict } from './world.js';

/** An NLB without cross-zone load balancing: in zone a the server and an unhealthy one, in zone b a healthy one. */
async function twoZones(minimum: string) {
  const world = await connectedWorld();
  const { elb, server, subnets, groups, vpcId, sim, plant } = world;
  server(subnets.back, groups.server, '10.0.3.11');
  server(subnets.back2, groups.server, '10.0.4.10');
  const { TargetGroupArn, ListenerArn } = forwarding(elb, {
    Type: 'network',
    VpcId: vpcId,
    Subnets: [subnets.back, subnets.back2],
    Targets: [SERVER, '10.0.3.11', '10.0.4.10'],
  });
  const Key = 'target_group_health.dns_failover.minimum_healthy_targets.count';
  elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes: [{ Key, Value: minimum }] });
  await sim.advance(600_000);
  const ill = { state: 'unhealthy', reason: 'Target.Timeout' } as const;
  plant({ kind: 'target-health', targetGroupArn: TargetGroupArn, targetId: '10.0.3.11', ...ill });
  /** The server in zone a allows nothing inbound. */
  const shut = () => {
    const shutId = world.group(vpcId, 'shut');
    world.ec2('ModifyNetworkInterfaceAttribute', { NetworkInterfaceId: world.serverId, Groups: [shutId] });
  };
  return { world, shut, to: { targetId: ListenerArn as string } };
}

it.each([
  ['1', 'no: security-group-in'],
  ['2', 'no: security-group-in'],
])(
  'with a DNS minimum of %s that all zones lack, or that none lacks, each zone is called',
  async (minimum, shutting) => {
    const { world, shut, to } = await twoZones(minimum);
    expect(verdict(world, to, 'its own')).toBe('yes');
    shut();
    expect(verdict(world, to, 'its own')).toBe(shutting);
  },
);

it('it is undecided whether a zone that was removed from DNS is called, unless both zones connect', async () => {
  const { world, shut, to } = await twoZones('2');
  const { elb, server, subnets, groups, sim } = world;
  server(subnets.back2, groups.server, '10.0.4.11');
  const [{ TargetGroupArn }] = elb('DescribeTargetGroups').TargetGroups;
  elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.0.4.11' }] });
  await sim.advance(600_000);
  expect(verdict(world, to, 'its own')).toBe('yes');
  shut();
  expect(verdict(world, to, 'its own')).toBe('undecided: security-group-in');
});
