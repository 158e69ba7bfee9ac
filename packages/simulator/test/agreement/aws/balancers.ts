import { LINK_BLOCKS, OPEN, entries, openServer } from './blocks.js';
import { inFront } from './fronts.js';
import { addRule, balanced, closeEgress, networkAcl, SERVER, type AwsWorld, type Row } from './parts.js';

export async function balancer(world: AwsWorld, theme: 'listener' | 'health' | 'zone'): Promise<string> {
  const { random, group, vpcId, groups, elb, plant } = world;
  openServer(world);
  const balancerGroup = group(vpcId, 'balancer');
  addRule(world, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  addRule(world, 'in', groups.server, { UserIdGroupPairs: [{ GroupId: balancerGroup }] });
  const type = theme === 'zone' || (theme === 'health' && random.chance(0.5)) ? 'network' : 'application';
  const { listener, targets, balancer: LoadBalancerArn } = await balanced(world, type, balancerGroup);
  // Without a healthy target, targets with an unexpected health check code get calls. NLBs do not report that code.
  const ill = (targetId: string) => {
    const reasons = ['Target.Timeout', 'Target.Timeout', 'Target.ResponseCodeMismatch'] as const;
    const reason = type === 'network' ? 'Target.FailedHealthChecks' : random.pick(reasons);
    return plant({ kind: 'target-health', targetGroupArn: targets, targetId, state: 'unhealthy', reason });
  };
  if (theme === 'listener' && random.chance(0.85)) {
    const redirect = { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' } };
    elb('ModifyListener', { ListenerArn: listener, DefaultActions: [redirect] });
  }
  if (theme === 'health') {
    if (random.chance(0.85)) ill(SERVER);
    if (random.chance(0.85)) ill('10.0.4.10');
  }
  if (theme === 'zone') {
    if (random.chance(0.85)) ill(random.pick([SERVER, '10.0.4.10']));
    if (random.chance(0.3)) {
      const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
      if (random.chance(0.5)) elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes });
      else elb('ModifyTargetGroupAttributes', { TargetGroupArn: targets, Attributes });
    }
  }
  return listener;
}

/** What is between a load balancer and its targets: its groups, their groups, network ACLs, the source address. */
export async function backend(world: AwsWorld): Promise<string> {
  const { random, group, vpcId, groups, elb, plant, subnets } = world;
  const balancerGroup = group(vpcId, 'balancer');
  addRule(world, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  if (random.chance(0.3)) {
    closeEgress(world, balancerGroup);
    addRule(world, 'out', balancerGroup, {
      UserIdGroupPairs: [{ GroupId: random.pick([groups.server, groups.other]) }],
    });
  }
  const peers = [
    { UserIdGroupPairs: [{ GroupId: balancerGroup }] },
    { UserIdGroupPairs: [{ GroupId: groups.link }] },
    ...[...LINK_BLOCKS, '10.0.3.0/24', '10.0.4.0/24'].map((CidrIp) => ({ IpRanges: [{ CidrIp }] })),
  ];
  for (const peer of random.some(peers, 3)) addRule(world, 'in', groups.server, peer);
  const type = random.chance(0.5) ? 'network' : 'application';
  // The second server may have rules of its own.
  const isApart = random.chance(0.3);
  if (isApart) for (const peer of random.some(peers, 3)) addRule(world, 'in', groups.other, peer);
  const second = isApart ? groups.other : groups.server;
  const made = await balanced(world, type, balancerGroup, random.pick(['ip', 'instance']), second);
  const { listener, targets, ids } = made;
  const further = random.below(3);
  if (further === 0 && type === 'application') share(world, made);
  if (type === 'network' && random.chance(0.5)) {
    const Attributes = [{ Key: 'preserve_client_ip.enabled', Value: String(random.chance(0.5)) }];
    elb('ModifyTargetGroupAttributes', { TargetGroupArn: targets, Attributes });
  }
  if (random.chance(0.3))
    plant({ kind: 'target-health', targetGroupArn: targets, targetId: random.pick(ids), state: 'unhealthy' });
  if (random.chance(0.3)) {
    const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
    elb('ModifyTargetGroupAttributes', { TargetGroupArn: targets, Attributes });
  }
  if (random.chance(0.4)) {
    const blocks = ['10.0.3.0/24', '10.0.4.0/24', ...LINK_BLOCKS];
    const isOut = random.chance(0.5);
    const acl = [...entries(random, isOut, random.pick(['call', 'answer']), blocks), ...OPEN];
    networkAcl(world, random.pick([subnets.back, subnets.back2]), acl);
  }
  if (isApart || random.chance(0.2)) checkedElsewhere(world, targets, second);
  if (further !== 1 || type !== 'application') return listener;
  return inFront(world, made.balancer, { by: random.chance(0.5) ? 'address' : 'arn', groupId: balancerGroup });
}

/** Health checks go to another port, which all servers open, so that a target can be healthy that no call reaches. */
function checkedElsewhere(world: AwsWorld, targets: string, secondGroup: string): void {
  world.elb('ModifyTargetGroup', { TargetGroupArn: targets, HealthCheckPort: '8081' });
  for (const one of new Set([world.groups.server, secondGroup]))
    addRule(world, 'in', one, { IpRanges: [{ CidrIp: '10.0.0.0/8' }] }, [8_081, 8_081]);
}

/** Calls are split between the group and another one, which has no target, an unhealthy one, or one on another port. */
function share(
  { random, elb, plant, vpcId }: AwsWorld,
  { listener, targets }: { readonly listener: string; readonly targets: string },
): void {
  const [{ TargetGroupArn: other }] = elb('CreateTargetGroup', {
    Name: 'green',
    Protocol: 'HTTP',
    Port: random.pick([80, 80, 81]),
    VpcId: vpcId,
    TargetType: 'ip',
  }).TargetGroups;
  if (random.chance(0.7)) {
    elb('RegisterTargets', { TargetGroupArn: other, Targets: [{ Id: SERVER }, { Id: '10.0.4.10' }] });
    if (random.chance(0.3))
      plant({ kind: 'target-health', targetGroupArn: other, targetId: SERVER, state: 'unhealthy' });
  }
  const [first, second] = random.pick([
    [0, 100],
    [100, 0],
    [100, 0],
    [90, 10],
    [1, 1],
    [0, 0],
  ] as const);
  const TargetGroups: readonly Row[] = [
    { TargetGroupArn: targets, Weight: first },
    { TargetGroupArn: other, Weight: second },
  ];
  const forward = { Type: 'forward', ForwardConfig: { TargetGroups } };
  if (random.chance(0.5)) {
    const Conditions = [{ Field: 'path-pattern', Values: ['/*'] }];
    elb('CreateRule', { ListenerArn: listener, Priority: 5, Conditions, Actions: [forward] });
  } else elb('ModifyListener', { ListenerArn: listener, DefaultActions: [forward] });
}
