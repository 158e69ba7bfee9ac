import { balancerAddresses, calledAddresses, calledGroups } from '../finished-world.js';
import { addressesOf, balancerOf, inFront } from './fronts.js';
import { addRule, SERVER, serviceAt, type AwsWorld, type Row } from './parts.js';
import type { Built } from './themes.js';
import type { Finished } from '../situation.js';

const TOKEN: Row = {
  Type: 'jwt-validation',
  Order: 1,
  JwtValidationConfig: { JwksEndpoint: 'https://id.example.com/keys', Issuer: 'https://id.example.com' },
};

/** P6: the default action of the called listener, and some of its rules, require a token before they forward. */
export async function asksForToken(world: AwsWorld, built: Built): Promise<Built> {
  const { call, elb, random, sim } = world;
  const ListenerArn = built.targetId;
  const certificate = { DomainName: 'orders.example.com', ValidationMethod: 'DNS' };
  const { CertificateArn } = call('acm', 'RequestCertificate', certificate);
  await sim.advance(600_000);
  const guarded = (actions: readonly Row[]): readonly Row[] => [TOKEN, ...actions.map((one) => ({ ...one, Order: 2 }))];
  elb('ModifyListener', { ListenerArn, Protocol: 'HTTPS', Certificates: [{ CertificateArn }] });
  for (const { RuleArn, IsDefault, Actions } of elb('DescribeRules', { ListenerArn }).Rules) {
    if (IsDefault) elb('ModifyListener', { ListenerArn, DefaultActions: guarded(Actions) });
    else if (random.chance(0.5)) elb('ModifyRule', { RuleArn, Actions: guarded(Actions) });
  }
  return built;
}

export function hasToken({ region, target }: Finished): boolean {
  const listener = region.listeners.find(({ id }) => id === target);
  const actions = [...(listener?.actions ?? []), ...(listener?.rules ?? []).flatMap((rule) => rule.actions)];
  return actions.some(({ native }) => native === 'jwt-validation');
}

/** P7: a network load balancer whose targets are the addresses of the load balancer that was called before. */
export async function behindAddresses(world: AwsWorld, built: Built): Promise<Built> {
  const { random, group, vpcId } = world;
  const inner = balancerOf(world, built.targetId);
  // The theme has already added one in front.
  if (inner.includes('/net/front/')) return built;
  const groupId = group(vpcId, 'front');
  addRule(world, 'in', groupId, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  const targetId = await inFront(world, inner, { by: 'address', groupId, keepsClient: random.chance(0.3) });
  return { targetId, reads: random.chance(0.9) ? [built.targetId] : [] };
}

export function isBehindAddresses(finished: Finished): boolean {
  const inner = balancerAddresses(finished.region);
  return calledGroups(finished).some(
    ({ kind, targets = [] }) => kind === 'address' && targets.some(({ id }) => inner.has(id)),
  );
}

const FAILOVER = 'target_group_health.unhealthy_state_routing.minimum_healthy_targets';

/** P9: one of two targets is healthy again, and the group requires one, two, or a percentage. */
export function asksForMoreHealthy(world: AwsWorld, built: Built): Built {
  const { random, elb, plant } = world;
  const LoadBalancerArn = balancerOf(world, built.targetId);
  const [{ TargetGroupArn }] = elb('DescribeTargetGroups', { LoadBalancerArn }).TargetGroups;
  const [count, percentage] = random.pick([
    ['2', 'off'],
    ['2', 'off'],
    ['1', '100'],
    ['1', '60'],
    ['1', '50'],
  ]);
  const Attributes = [
    { Key: `${FAILOVER}.count`, Value: count },
    { Key: `${FAILOVER}.percentage`, Value: percentage },
  ];
  elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes });
  const CROSS = [{ Key: 'load_balancing.cross_zone.enabled', Value: 'true' }];
  elb('ModifyTargetGroupAttributes', { TargetGroupArn, Attributes: CROSS });
  const isNetwork = LoadBalancerArn.includes('/net/');
  const reasons = ['Target.Timeout', 'Target.Timeout', 'Target.ResponseCodeMismatch'] as const;
  const reason = isNetwork ? 'Target.FailedHealthChecks' : random.pick(reasons);
  plant({ kind: 'target-health', targetGroupArn: TargetGroupArn, targetId: SERVER, state: 'unhealthy', reason });
  plant({ kind: 'target-health', targetGroupArn: TargetGroupArn, targetId: '10.0.4.10' });
  return built;
}

/** Some targets of a group are healthy, but fewer than it requires. */
export function hasFewerHealthy(finished: Finished): boolean {
  return calledGroups(finished).some(({ minimumHealthy = {}, targets = [] }) => {
    const healthy = targets.filter(({ health }) => health === 'healthy').length;
    const { count = 0, percent = 0 } = minimumHealthy;
    return healthy > 0 && (healthy < count || healthy * 100 < percent * targets.length);
  });
}

/** P10: a service whose instance is an address of the load balancer, which the spec may name in another place. */
export async function atInterface(world: AwsWorld, { targetId }: Built): Promise<Built> {
  const address = world.random.pick(addressesOf(world, balancerOf(world, targetId)));
  return { targetId: await serviceAt(world, address), reads: world.random.chance(0.9) ? [targetId] : [] };
}

export function isAtInterface(finished: Finished): boolean {
  const balancers = balancerAddresses(finished.region);
  return calledAddresses(finished).some((address) => balancers.has(address));
}
