import { openServer } from './blocks.js';
import { addRule, balanced, type AwsWorld, type Row } from './parts.js';

export interface Called {
  readonly route: string;
  readonly request: { readonly method: string; readonly path: string; readonly host: string };
  /** Whether the spec names the host that is called. */
  readonly isHostKnown: boolean;
}

/** The host that all calls name. */
const HOST = 'orders.shop.internal';

const CALLS: readonly {
  readonly route: string;
  readonly request: { readonly method: string; readonly path: string };
}[] = [
  { route: 'GET /orders', request: { method: 'GET', path: '/orders' } },
  { route: 'GET /orders', request: { method: 'GET', path: '/orders' } },
  { route: 'POST /orders', request: { method: 'POST', path: '/orders' } },
  { route: 'POST /stock/list', request: { method: 'POST', path: '/stock/list' } },
  { route: 'GET /orders/{id}', request: { method: 'GET', path: '/orders/97' } },
  { route: 'ANY /stock/{proxy+}', request: { method: 'GET', path: '/stock/a/b' } },
];

const path = (...Values: string[]): Row => ({ Field: 'path-pattern', Values });
const method = (...Values: string[]): Row => ({
  Field: 'http-request-method',
  HttpRequestMethodConfig: { Values },
});
const host = (...Values: string[]): Row => ({ Field: 'host-header', HostHeaderConfig: { Values } });
const source = (...Values: string[]): Row => ({ Field: 'source-ip', SourceIpConfig: { Values } });

const CONDITIONS: readonly Row[] = [
  path('/orders*'),
  path('/orders'),
  path('/ORDERS*'),
  path('/order?'),
  path('/*/list'),
  path('/stock/*'),
  path('/*'),
  method('GET'),
  method('POST'),
  source('10.0.1.0/24'),
  source('10.0.0.0/16'),
  source('10.9.0.0/16'),
  host('*.SHOP.internal'),
  host('stock.shop.internal'),
];

/** Rules of a load balancer's listener; most of them answer by themselves or forward to no healthy target. */
export async function listenerRules(world: AwsWorld): Promise<{ readonly targetId: string; readonly called: Called }> {
  const { random, group, vpcId, groups, elb, plant } = world;
  openServer(world);
  const balancerGroup = group(vpcId, 'balancer');
  addRule(world, 'in', balancerGroup, { IpRanges: [{ CidrIp: '10.0.0.0/16' }] });
  addRule(world, 'in', groups.server, { UserIdGroupPairs: [{ GroupId: balancerGroup }] });
  const { listener, targets, ids } = await balanced(world, 'application', balancerGroup);
  const [{ TargetGroupArn: unhealthy }] = elb('CreateTargetGroup', {
    Name: 'sick',
    Protocol: 'HTTP',
    Port: 80,
    VpcId: vpcId,
    TargetType: 'ip',
  }).TargetGroups;
  elb('RegisterTargets', { TargetGroupArn: unhealthy, Targets: ids.slice(0, 1).map((Id) => ({ Id })) });
  const well = { Type: 'forward', TargetGroupArn: targets };
  const fixed = { Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } };
  const redirect = { Type: 'redirect', RedirectConfig: { StatusCode: 'HTTP_301', Protocol: 'HTTPS', Port: '443' } };
  const shared = (first: number, second: number): Row => {
    const TargetGroups = [
      { TargetGroupArn: targets, Weight: first },
      { TargetGroupArn: unhealthy, Weight: second },
    ];
    return { Type: 'forward', ForwardConfig: { TargetGroups } };
  };
  const toUnhealthy = random.chance(0.5) ? { Type: 'forward', TargetGroupArn: unhealthy } : shared(random.below(2), 1);
  const actions = [redirect, fixed, redirect, toUnhealthy, well, shared(10, 0)];
  const count = 1 + random.below(4);
  for (let number = 0; number < count; number += 1) {
    const conditions = random.some(CONDITIONS, 2);
    // A rule has at most one condition each on path, method and source.
    const Conditions = conditions.filter((one, index) =>
      conditions.slice(0, index).every((other) => other['Field'] !== one['Field']),
    );
    elb('CreateRule', {
      ListenerArn: listener,
      Priority: 50 - 7 * number,
      Conditions,
      Actions: [random.pick(actions)],
    });
  }
  if (random.chance(0.25)) elb('ModifyListener', { ListenerArn: listener, DefaultActions: [fixed] });
  const reason = random.chance(0.2) ? 'Target.ResponseCodeMismatch' : 'Target.Timeout';
  plant({ kind: 'target-health', targetGroupArn: unhealthy, targetId: ids[0] ?? '', state: 'unhealthy', reason });
  const { route, request } = random.pick(CALLS);
  return {
    targetId: listener,
    called: { route, request: { ...request, host: HOST }, isHostKnown: random.chance(0.85) },
  };
}
