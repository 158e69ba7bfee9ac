import { describe, expect, it } from 'vitest';
import { forwarding } from '../forwarding.js';
import { ALL, allow, connectedWorld, SERVER, type World } from './world.js';

/** A network load balancer in two zones with a server in each, and a V1 link to it. */
async function scene(groups: (world: World) => readonly string[] = () => []) {
  const world = await connectedWorld();
  const { elb, subnets, vpcId, sim, call } = world;
  world.server(subnets.back2, world.groups.server, '10.0.4.10');
  const SecurityGroups = groups(world);
  const { LoadBalancerArn, LoadBalancerName, TargetGroupArn, ListenerArn } = forwarding(elb, {
    Type: 'network',
    VpcId: vpcId,
    Subnets: [subnets.back, subnets.back2],
    ...(SecurityGroups.length > 0 && { SecurityGroups }),
    Targets: [SERVER, '10.0.4.10'],
  });
  await sim.advance(600_000);
  const { id } = call('apigateway', 'CreateVpcLink', { name: 'shop', targetArns: [LoadBalancerArn] });
  await sim.advance(600_000);
  const connects = (to: string, port?: number) => sim.connects(id as string, { targetId: to }, port)!;
  return { ...world, id: id as string, LoadBalancerArn, LoadBalancerName, ListenerArn, TargetGroupArn, connects };
}

describe('a V1 VPC link', () => {
  it('reaches the listener of its load balancer, at each of its nodes', async () => {
    const { connects, ListenerArn, subnets } = await scene();
    const { connects: reached, sources } = connects(ListenerArn as string);
    expect(reached).toBe(true);
    expect(sources).toMatchObject([{ subnetId: subnets.back }, { subnetId: subnets.back2 }]);
  });

  it('reaches a port of its load balancer, and no port without a listener', async () => {
    const { connects, LoadBalancerArn } = await scene();
    expect(connects(LoadBalancerArn as string, 80).connects).toBe(true);
    expect(connects(LoadBalancerArn as string, 81)).toMatchObject({ connects: false, by: 'listener' });
  });

  it('reaches nothing but its load balancer', async () => {
    const { connects } = await scene();
    expect(connects(SERVER, 80)).toMatchObject({ connects: false, by: 'target' });
  });

  it('reaches nothing while it is PENDING', async () => {
    const { sim, call, ...world } = await scene();
    const nlb = world.elb('CreateLoadBalancer', {
      Name: 'stock',
      Type: 'network',
      Scheme: 'internal',
      Subnets: [world.subnets.back],
    }).LoadBalancers[0].LoadBalancerArn as string;
    await sim.advance(600_000);
    const { id } = call('apigateway', 'CreateVpcLink', { name: 'stock', targetArns: [nlb] });
    expect(sim.connects(id as string, { targetId: nlb }, 80)).toMatchObject({ connects: false, by: 'link' });
  });

  it('calls targets from the node, so that their groups need to allow the load balancer only', async () => {
    const { connects, ListenerArn, ec2, groups, rules, elb, TargetGroupArn } = await scene();
    const Attributes = [{ Key: 'preserve_client_ip.enabled', Value: 'true' }];
    elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
    ec2('RevokeSecurityGroupIngress', { GroupId: groups.server, SecurityGroupRuleIds: rules.server });
    expect(connects(ListenerArn as string)).toMatchObject({ connects: false, by: 'security-group-in' });
    allow(ec2, 'in', groups.server, { IpRanges: [{ CidrIp: '10.0.3.0/24' }, { CidrIp: '10.0.4.0/24' }] });
    expect(connects(ListenerArn as string).connects).toBe(true);
  });

  it('is stopped by the groups of the load balancer while their rules are enforced on PrivateLink traffic', async () => {
    const { connects, ListenerArn, LoadBalancerArn, elb, groups } = await scene(({ groups: { server } }) => [server]);
    expect(connects(ListenerArn as string)).toMatchObject({ connects: false, by: 'security-group-in' });
    elb('SetSecurityGroups', {
      LoadBalancerArn,
      SecurityGroups: [groups.server],
      EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
    });
    expect(connects(ListenerArn as string).connects).toBe(true);
  });

  it('passes enforced rules that allow all addresses', async () => {
    const { connects, ListenerArn, ec2, groups } = await scene(({ groups: { server } }) => [server]);
    allow(ec2, 'in', groups.server, { IpRanges: [{ CidrIp: ALL }] });
    expect(connects(ListenerArn as string).connects).toBe(true);
  });

  it.each<[string[], boolean]>([
    [['0.0.0.0/1', '128.0.0.0/1'], true],
    [['0.0.0.0/1', '128.0.0.0/2'], false],
    [['128.0.0.0/1'], false],
  ])('passes enforced rules for %j: %s', async (blocks, passes) => {
    const { connects, ListenerArn, ec2, groups, group, elb, LoadBalancerArn, vpcId } = await scene(({ groups }) => [
      groups.server,
    ]);
    const own = group(vpcId, 'front');
    elb('SetSecurityGroups', { LoadBalancerArn, SecurityGroups: [own] });
    allow(ec2, 'in', own, { IpRanges: blocks.map((CidrIp) => ({ CidrIp })) });
    allow(ec2, 'in', groups.server, { UserIdGroupPairs: [{ GroupId: own }] });
    expect(connects(ListenerArn as string).connects).toBe(passes);
  });
});
