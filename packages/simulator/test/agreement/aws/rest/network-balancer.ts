import { addRule, ALL, closeEgress, SERVER, type AwsWorld, type Row } from '../parts.js';

/** The second server, in zone b. */
export const SECOND = '10.0.4.10';

/** Rules that allow all of the unknown addresses of PrivateLink, a part of them, or none. */
const INBOUND: readonly (readonly { readonly peer: string; readonly ports: number[] }[])[] = [
  [{ peer: ALL, ports: [80, 80] }],
  [{ peer: ALL, ports: [1, 65_535] }],
  [{ peer: ALL, ports: [1, 65_535] }],
  [
    { peer: '0.0.0.0/1', ports: [1, 65_535] },
    { peer: '128.0.0.0/1', ports: [80, 80] },
  ],
  [{ peer: ALL, ports: [8080, 8080] }],
  [{ peer: '10.0.0.0/8', ports: [80, 80] }],
  [],
];

/** The groups of a network load balancer: none, or one with rules that may apply to PrivateLink traffic. */
export function balancerGroup(world: AwsWorld, name: string): string | undefined {
  const { random, group, vpcId, groups } = world;
  if (random.chance(0.35)) return undefined;
  const id = group(vpcId, name);
  for (const { peer, ports } of random.pick(INBOUND)) addRule(world, 'in', id, { IpRanges: [{ CidrIp: peer }] }, ports);
  if (random.chance(0.2)) {
    closeEgress(world, id);
    addRule(world, 'out', id, { UserIdGroupPairs: [{ GroupId: random.pick([groups.server, groups.other]) }] });
  }
  return id;
}

/** Whether inbound rules apply to PrivateLink traffic: in half of the worlds they do not. */
export function enforcement({ random, elb }: AwsWorld, LoadBalancerArn: string, groupId: string | undefined): void {
  if (groupId === undefined || random.chance(0.4)) return;
  elb('SetSecurityGroups', {
    LoadBalancerArn,
    SecurityGroups: [groupId],
    EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
  });
}

/** A network load balancer in one zone or both. */
export async function networkBalancer(world: AwsWorld, name: string, groupId: string | undefined): Promise<string> {
  const { random, elb, sim, subnets } = world;
  const Subnets = random.pick([
    [subnets.back, subnets.back2],
    [subnets.back, subnets.back2],
    [subnets.back],
    [subnets.back2],
  ]);
  const [{ LoadBalancerArn }] = elb('CreateLoadBalancer', {
    Name: name,
    Type: 'network',
    Scheme: 'internal',
    Subnets,
    ...(groupId === undefined ? {} : { SecurityGroups: [groupId] }),
  }).LoadBalancers;
  if (random.chance(0.5)) {
    elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes: [CROSS_ZONE] });
  }
  await sim.advance(300_000);
  return LoadBalancerArn;
}

const CROSS_ZONE: Row = { Key: 'load_balancing.cross_zone.enabled', Value: 'true' };

/** A target group for TCP, with settings of its own in some worlds. */
export function targetGroup(world: AwsWorld, Name: string, TargetType: 'ip' | 'instance' | 'alb', Port = 80): string {
  const { random, elb, vpcId } = world;
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name,
    Protocol: 'TCP',
    Port,
    VpcId: vpcId,
    TargetType,
  }).TargetGroups;
  if (TargetType === 'alb') return TargetGroupArn; // their attributes cannot be modified
  const Attributes = [
    ...(random.chance(0.2) ? [CROSS_ZONE] : []),
    ...(random.chance(0.6) ? [{ Key: 'preserve_client_ip.enabled', Value: String(random.chance(0.7)) }] : []),
  ];
  if (Attributes.length > 0) elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
  return TargetGroupArn;
}

/** Registers targets; one of them may be unhealthy. */
export function register(
  { random, elb, plant }: AwsWorld,
  TargetGroupArn: string,
  targets: readonly Row[],
  ill: number,
): void {
  elb('RegisterTargets', { TargetGroupArn, Targets: targets });
  for (const { Id } of targets as readonly { readonly Id: string }[]) {
    if (!random.chance(ill)) continue;
    plant({
      kind: 'target-health',
      targetGroupArn: TargetGroupArn,
      targetId: Id,
      state: 'unhealthy',
      reason: 'Target.FailedHealthChecks',
    });
  }
}

/** A listener that forwards to a group. */
export function listenerOn({ elb }: AwsWorld, LoadBalancerArn: string, Port: number, TargetGroupArn: string): string {
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  return elb('CreateListener', { LoadBalancerArn, Protocol: 'TCP', Port, DefaultActions }).Listeners[0].ListenerArn;
}

/** The two servers as targets, by address or as instances; the second one may have a group of its own. */
export function servers(world: AwsWorld, type: 'ip' | 'instance'): readonly Row[] {
  const { random, server, serverId, subnets, groups, plant } = world;
  const second = server(subnets.back2, random.chance(0.3) ? groups.other : groups.server, SECOND);
  if (type === 'ip') return [{ Id: SERVER }, { Id: SECOND }];
  return [serverId, second].map((networkInterfaceId) => ({ Id: plant({ kind: 'instance', networkInterfaceId }) }));
}
