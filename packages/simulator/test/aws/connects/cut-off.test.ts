import { describe, expect, it } from 'vitest';
import { forwarding } from '../forwarding.js';
import { allow, connectedWorld, mainTable, networkAcl, peer, type World } from './world.js';

type Row = Readonly<Record<string, any>>;

const CHECKS_MS = 60_000; // two of 30 s
const PASSES_MS = 150_000; // five of 30 s
const IN_VPC = { IpRanges: [{ CidrIp: '10.0.0.0/16' }] };

/** A load balancer with two servers, of which the second one has a group of its own; health and links are settled. */
async function behindBalancer(Type: 'application' | 'network' = 'application') {
  const world = await connectedWorld();
  const { elb, vpcId: VpcId, subnets, group, server, ec2 } = world;
  const second = { group: group(VpcId, 'second'), id: '10.0.4.20' };
  allow(ec2, 'in', second.group, IN_VPC);
  server(subnets.back2, second.group, second.id);
  const own = group(VpcId, 'balancer');
  allow(ec2, 'in', own, IN_VPC);
  const { LoadBalancerArn, TargetGroupArn, ListenerArn } = forwarding(elb, {
    Type,
    VpcId,
    Subnets: [subnets.back, subnets.back2],
    SecurityGroups: [own],
    Targets: ['10.0.3.10', second.id],
  });
  await world.sim.advance(600_000);
  const health = (): string[] =>
    elb('DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions.map(
      ({ TargetHealth: { State, Reason = '', Description = '' } }: Row) => `${State} ${Reason} ${Description}`.trim(),
    );
  const verdict = (): string => {
    const { connects, by } = world.connects({ targetId: ListenerArn });
    return connects ? 'yes' : by;
  };
  const shut = (): void => void ec2('RevokeSecurityGroupIngress', { GroupId: second.group, IpPermissions: tcp80() });
  const open = (): void => void ec2('AuthorizeSecurityGroupIngress', { GroupId: second.group, IpPermissions: tcp80() });
  return {
    ...world,
    world: world as World,
    second,
    own,
    LoadBalancerArn,
    TargetGroupArn,
    ListenerArn,
    health,
    verdict,
    shut,
    open,
  };
}

const tcp80 = () => [{ IpProtocol: 'tcp', FromPort: 80, ToPort: 80, ...IN_VPC }];
const TIMED_OUT = 'unhealthy Target.Timeout Request timed out';
const NO_CONNECTION = 'unhealthy Target.FailedHealthChecks Health checks failed';

describe('targets that the network cuts off', () => {
  it('become unhealthy after as many checks as the group says, get no calls then, and return as checks pass', async () => {
    const { sim, health, verdict, shut, open } = await behindBalancer();
    expect([health(), verdict()]).toEqual([['healthy', 'healthy'], 'yes']);
    shut();
    await sim.advance(CHECKS_MS - 1000);
    expect([health(), verdict()]).toEqual([['healthy', 'healthy'], 'security-group-in']);
    await sim.advance(2000);
    expect([health(), verdict()]).toEqual([['healthy', TIMED_OUT], 'yes']);
    open();
    await sim.advance(PASSES_MS - 1000);
    expect(health()).toEqual(['healthy', TIMED_OUT]);
    await sim.advance(2000);
    expect(health()).toEqual(['healthy', 'healthy']);
  });

  it('are unhealthy behind a network load balancer, too, in its words', async () => {
    const { sim, health, shut } = await behindBalancer('network');
    expect(health()).toEqual(['healthy', 'healthy']);
    shut();
    expect(health()).toEqual(['healthy', 'healthy']);
    await sim.advance(CHECKS_MS + 1000);
    expect(health()).toEqual(['healthy', NO_CONNECTION]);
  });

  it('get all calls where no target is healthy: what stops them is the network', async () => {
    const { sim, health, verdict, shut, open, ec2, rules, groups } = await behindBalancer();
    shut();
    ec2('RevokeSecurityGroupIngress', { GroupId: groups.server, SecurityGroupRuleIds: rules.server });
    await sim.advance(CHECKS_MS + 1000);
    health();
    await sim.advance(CHECKS_MS);
    expect([health(), verdict()]).toEqual([[TIMED_OUT, TIMED_OUT], 'security-group-in']);
    open();
    allow(ec2, 'in', groups.server, IN_VPC);
    expect([health(), verdict()]).toEqual([[TIMED_OUT, TIMED_OUT], 'yes']);
  });

  it.each([
    ['application', 'their group does not admit', TIMED_OUT],
    ['network', 'their group does not admit', NO_CONNECTION],
    ['application', 'nothing answers', NO_CONNECTION],
  ] as const)('get all calls of an %s load balancer where %s checks on their port', async (type, why, seen) => {
    const { sim, elb, ec2, rules, health, verdict, shut, second, groups, TargetGroupArn } = await behindBalancer(type);
    elb('ModifyTargetGroup', { TargetGroupArn, HealthCheckPort: '9000' });
    if (why === 'nothing answers') {
      const ports = { FromPort: 9000, ToPort: 9000 };
      for (const one of [second.group, groups.server]) allow(ec2, 'in', one, { ...IN_VPC, ...ports });
      for (const address of ['10.0.3.10', second.id])
        sim.backends.add({ address, port: 9000, behavior: { reset: true } });
    }
    health();
    await sim.advance(CHECKS_MS + 1000);
    expect([health(), verdict()]).toEqual([[seen, seen], 'yes']);
    shut();
    ec2('RevokeSecurityGroupIngress', { GroupId: groups.server, SecurityGroupRuleIds: rules.server });
    expect(verdict()).toBe('security-group-in');
  });

  it('are never healthy where no way was open: initial, then unhealthy', async () => {
    const { sim, elb, group, server, subnets, vpcId, TargetGroupArn, health } = await behindBalancer();
    server(subnets.back2, group(vpcId, 'closed'), '10.0.4.30');
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.0.4.30' }] });
    await sim.advance(CHECKS_MS);
    expect(health()[2]).toMatch(/^initial Elb.InitialHealthChecking/);
    await sim.advance(6000);
    expect(health()[2]).toBe(TIMED_OUT);
  });

  it.each([
    ['a rule of their group', ({ shut }: Scene) => shut()],
    [
      'a rule of the balancer',
      ({ ec2, own }: Scene) => {
        ec2('RevokeSecurityGroupEgress', {
          GroupId: own,
          IpPermissions: [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
        });
        allow(ec2, 'out', own, { IpRanges: [{ CidrIp: '10.0.3.0/24' }] });
      },
    ],
    [
      'a network ACL',
      ({ world, subnets }: Scene) => networkAcl(world, subnets.back2, ['out 100 allow -1 - 0.0.0.0/0']),
    ],
    [
      'a network ACL that drops answers',
      ({ world, subnets }: Scene) => networkAcl(world, subnets.back2, ['in 100 allow -1 - 0.0.0.0/0']),
    ],
  ])('are unhealthy by %s', async (_name, change) => {
    const scene = await behindBalancer();
    scene.health();
    change(scene);
    scene.health();
    await scene.sim.advance(CHECKS_MS + 1000);
    expect(scene.health()[1]).toBe(TIMED_OUT);
  });

  it('are unhealthy in a peered VPC without a route back', async () => {
    const { world, sim, elb, ec2, TargetGroupArn, health, farVpcId } = await behindBalancer();
    peer(world);
    elb('RegisterTargets', { TargetGroupArn, Targets: [{ Id: '10.9.1.10', AvailabilityZone: 'all' }] });
    await sim.advance(600_000);
    expect(health()[2]).toBe('healthy');
    ec2('DeleteRoute', { RouteTableId: mainTable(world, farVpcId), DestinationCidrBlock: '10.0.0.0/16' });
    health();
    await sim.advance(CHECKS_MS + 1000);
    expect(health()[2]).toBe(TIMED_OUT);
  });

  it('are unhealthy as a load balancer behind a network load balancer', async () => {
    const { sim, elb, ec2, vpcId: VpcId, subnets, own, LoadBalancerArn: Id } = await behindBalancer();
    const { TargetGroupArn } = forwarding(elb, {
      Type: 'network',
      names: ['outer', 'outer'],
      VpcId,
      Subnets: [subnets.back, subnets.back2],
      TargetType: 'alb',
      Targets: [{ Id, Port: 80 }],
    });
    await sim.advance(600_000);
    const state = (): string =>
      elb('DescribeTargetHealth', { TargetGroupArn }).TargetHealthDescriptions[0].TargetHealth.State;
    expect(state()).toBe('healthy');
    ec2('RevokeSecurityGroupIngress', { GroupId: own, IpPermissions: tcp80() });
    state();
    await sim.advance(CHECKS_MS + 1000);
    expect(state()).toBe('unhealthy');
  });
});

type Scene = Awaited<ReturnType<typeof behindBalancer>>;
