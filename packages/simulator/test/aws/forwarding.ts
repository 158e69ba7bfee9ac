type Row = Readonly<Record<string, any>>;

interface Forwarding {
  readonly Type: 'application' | 'network';
  readonly VpcId: string;
  readonly Subnets: readonly string[];
  /** IDs or addresses; or as `RegisterTargets` has them. */
  readonly Targets?: readonly (string | Row)[];
  /** Of the load balancer, and of the target group. */
  readonly names?: readonly [balancer: string, group: string];
  readonly TargetType?: 'ip' | 'instance' | 'alb';
  /** Of the targets. The listener has port 80. */
  readonly Port?: number;
  readonly isCrossZone?: boolean;
  readonly SecurityGroups?: readonly string[];
}

/** An internal load balancer whose listener on port 80 forwards to one target group. It needs ten simulated minutes. */
export function forwarding(
  elb: (operation: string, input: Row) => any,
  {
    Type,
    VpcId,
    Targets = [],
    names: [Name, group] = ['shop', 'orders'],
    TargetType = 'ip',
    Port = 80,
    ...more
  }: Forwarding,
) {
  const { isCrossZone = false, ...place } = more;
  const Protocol = Type === 'application' ? 'HTTP' : 'TCP';
  const input = { Name, Type, Scheme: 'internal', ...place };
  const [{ LoadBalancerArn, LoadBalancerName, DNSName }] = elb('CreateLoadBalancer', input).LoadBalancers;
  const Attributes = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
  if (isCrossZone) elb('ModifyLoadBalancerAttributes', { LoadBalancerArn, Attributes });
  const [{ TargetGroupArn }] = elb('CreateTargetGroup', {
    Name: group,
    Protocol,
    Port,
    VpcId,
    TargetType,
  }).TargetGroups;
  const rows = Targets.map((target) => (typeof target === 'string' ? { Id: target } : target));
  if (rows.length > 0) elb('RegisterTargets', { TargetGroupArn, Targets: rows });
  const DefaultActions = [{ Type: 'forward', TargetGroupArn }];
  const [{ ListenerArn }] = elb('CreateListener', { LoadBalancerArn, Protocol, Port: 80, DefaultActions }).Listeners;
  return { LoadBalancerArn, LoadBalancerName, DNSName, TargetGroupArn, ListenerArn } as Readonly<
    Record<'LoadBalancerArn' | 'LoadBalancerName' | 'DNSName' | 'TargetGroupArn' | 'ListenerArn', string>
  >;
}
