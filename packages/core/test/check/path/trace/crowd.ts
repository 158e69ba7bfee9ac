import type { ListenerAction, RuleCondition } from '../../../../src/do/model/load-balancer.js';
import type { SecurityGroupRule } from '../../../../src/do/model/network.js';
import type { IntegrationSpec, Spec } from '../../../../src/do/spec.js';
import { BALANCER, GROUP, LISTENER } from '../../checks/aws-region.js';
import { awsWorld, type Draft, type World } from '../../checks/world.js';

const rule = (direction: 'in' | 'out', port: number, cidrBlock = '10.0.0.0/16'): SecurityGroupRule => ({
  direction,
  protocol: 'tcp',
  fromPort: port,
  toPort: port,
  cidrBlock,
});
const [ADMIN, STOCK, FRONT] = [`${GROUP}-admin`, `${GROUP}-stock`, `${GROUP}-front`];

/** What the targets of the world are, by name: a listener of a load balancer, or an address. */
const TARGETS = {
  orders: { listener: { loadBalancer: 'orders-alb', port: 443 } },
  admin: { listener: { loadBalancer: 'orders-alb', port: 8443 } },
  bills: { listener: { loadBalancer: 'bills-alb', port: 443 } },
  stock: { listener: { loadBalancer: 'stock-nlb', port: 443 } },
  front: { listener: { loadBalancer: 'stock-nlb', port: 8443 } },
} as const;
const LINKS = { eu: 'vlink-1', us: 'vlink-2' } as const;

/**
 * Two links and five targets that share what they can: ports of a load balancer, ports of an instance, a target group of two load
 * balancers, an ALB behind an NLB that keeps the address of callers. Most paths are open; each change closes some.
 */
function crowd(world: World): void {
  const { the, copy, region } = world;
  copy('securityGroups', 'sg-link', { id: 'sg-us', rules: [rule('out', 443), rule('out', 8443)] });
  copy('securityGroups', 'sg-lb', { id: 'sg-bills', rules: [rule('in', 443), rule('out', 8080)] });
  the('securityGroups', 'sg-link').rules.push(rule('out', 443), rule('out', 8443));
  the('securityGroups', 'sg-lb').rules.push(rule('in', 443), rule('in', 8443), rule('out', 9090));
  the('securityGroups', 'sg-app').rules.push(rule('in', 8080), rule('in', 9090));
  copy('links', 'vlink-1', { id: 'vlink-2', subnetIds: ['subnet-c'], securityGroupIds: ['sg-us'] });
  copy('interfaces', 'eni-link-a', {
    id: 'eni-us-c',
    subnetId: 'subnet-c',
    addresses: ['10.0.3.10'],
    securityGroupIds: ['sg-us'],
    linkId: 'vlink-2',
  });
  const balancer = (
    id: string,
    name: string,
    kind: 'application' | 'network',
    groups: string[],
    host: number,
  ): void => {
    copy('loadBalancers', BALANCER, { id, name, kind, subnetIds: ['subnet-c'], securityGroupIds: groups });
    copy('interfaces', 'eni-lb-a', {
      id: `eni-${name}`,
      subnetId: 'subnet-c',
      addresses: [`10.0.3.${host}`],
      securityGroupIds: groups,
      attachedTo: id,
    });
  };
  balancer('lb-bills', 'bills-alb', 'application', ['sg-bills'], 5);
  balancer('lb-stock', 'stock-nlb', 'network', [], 9);
  const listener = (id: string, of: string, port: number, groups: string[]): void => {
    const { name, securityGroupIds, subnetIds } = the('loadBalancers', of);
    const weights = groups.map((targetGroupId) => ({ targetGroupId, weight: 1 }));
    const actions = [{ kind: 'forward' as const, targetGroupIds: groups, ...(groups.length > 1 && { weights }) }];
    copy('listeners', LISTENER, { id, loadBalancerId: of, port, actions });
    copy('targets', LISTENER, { id, name, resourceId: of, port, subnetIds, securityGroupIds });
  };
  const { targets = [] } = the('targetGroups', GROUP);
  const at = (port: number) => targets.map((one) => ({ ...one, port }));
  copy('targetGroups', GROUP, { id: ADMIN, port: 9090, targets: at(9090) });
  copy('targetGroups', GROUP, { id: STOCK, loadBalancerIds: ['lb-stock'], preservesClientAddress: true });
  const front = [{ id: '10.0.11.5', port: 443, zone: 'euw1-az1', health: 'healthy' as const }];
  copy('targetGroups', GROUP, { id: FRONT, kind: 'address', loadBalancerIds: ['lb-stock'], targets: front });
  listener('listener-admin', BALANCER, 8443, [GROUP, ADMIN]);
  listener('listener-bills', 'lb-bills', 443, [GROUP]);
  listener('listener-stock', 'lb-stock', 443, [STOCK]);
  listener('listener-front', 'lb-stock', 8443, [FRONT]);
  for (const one of region.routeTables ?? []) one.routes = [...(one.routes ?? [])];
}

const deny = (world: World, direction: 'in' | 'out', fromPort: number, toPort: number, cidrBlock: string): void => {
  const { entries = [] } = world.the('networkAcls', 'acl-1');
  entries.push({ direction, order: 50 - entries.length, action: 'deny', protocol: 'tcp', fromPort, toPort, cidrBlock });
};
const without = (world: World, group: string, direction: 'in' | 'out', port: number): void => {
  const own = world.the('securityGroups', group);
  own.rules = own.rules.filter((one) => one.direction !== direction || one.fromPort !== port);
};

const REFUSE: Draft<ListenerAction> = { kind: 'fixed-response', statusCode: '403' };
const first = (
  world: World,
  listener: string,
  condition: Draft<RuleCondition>,
  action: Draft<ListenerAction>,
): void => {
  const { rules = [] } = world.the('listeners', listener);
  rules.unshift({ id: `rule-${rules.length}`, priority: 9 - rules.length, conditions: [condition], actions: [action] });
  Object.assign(world.the('listeners', listener), { rules });
};

/** Changes of such a world; any of them may be combined. What cannot be read comes last: others look it up. */
const CHANGES: readonly ((world: World) => void)[] = [
  (w) => without(w, 'sg-app', 'in', 9090),
  (w) => without(w, 'sg-app', 'in', 8080),
  (w) => without(w, 'sg-bills', 'out', 8080),
  (w) => without(w, 'sg-us', 'out', 8443),
  (w) => without(w, 'sg-lb', 'in', 443),
  (w) => (w.the('securityGroups', 'sg-app').rules = [rule('in', 8080, '10.0.1.0/24'), rule('in', 9090, '10.0.3.0/24')]),
  (w) => deny(w, 'in', 8443, 8443, '10.0.3.0/24'),
  (w) => deny(w, 'out', 443, 443, '10.0.11.0/24'),
  (w) => deny(w, 'out', 1_024, 65_535, '10.0.3.0/28'),
  (w) => deny(w, 'in', 9090, 9090, '10.0.0.0/16'),
  (w) =>
    w.the('routeTables', 'rtb-1').routes?.push({
      cidrBlock: '10.0.11.0/28',
      nextHop: { kind: 'interface', id: 'eni-gone' },
      state: 'blackhole',
      origin: 'static',
    }),
  (w) =>
    Object.assign(w.the('listeners', LISTENER), {
      accessControl: { kind: 'allow', ids: ['list'], cidrBlocks: ['10.0.1.0/24', '10.0.2.0/24'] },
    }),
  (w) => first(w, 'listener-admin', { kind: 'source', values: ['10.0.3.0/24'] }, REFUSE),
  (w) => first(w, 'listener-admin', { kind: 'path', values: ['/us/*'] }, { kind: 'forward', targetGroupIds: [ADMIN] }),
  (w) => first(w, LISTENER, { kind: 'path', values: ['/eu/*'] }, REFUSE),
  (w) => Object.assign(w.the('targetGroups', GROUP), { preservesClientAddress: true }),
  (w) => (w.region.interfaces = w.region.interfaces.filter(({ attachedTo }) => attachedTo !== BALANCER)),
  (w) => w.the('targetGroups', ADMIN).targets?.forEach((one) => Object.assign(one, { health: 'unhealthy' })),
  (w) => w.withhold('securityGroups', 'ec2:DescribeSecurityGroups', 'sg-bills'),
  (w) => w.withhold('targetGroups', 'elasticloadbalancing:DescribeTargetGroups', ADMIN),
];
export const CHANGE_COUNT = CHANGES.length;

/** The world with some changes, and with an integration for each link and target. */
export function crowded(changes: readonly number[]): World {
  return awsWorld((world) => {
    crowd(world);
    for (const at of changes.toSorted((a, b) => a - b)) CHANGES[at]?.(world);
    const { spec, linkSpec, integration } = world;
    for (const [link, id] of Object.entries(LINKS)) spec.links[link] = { ...linkSpec, id };
    spec.integrations = {};
    for (const link of Object.keys(LINKS))
      for (const [target, ref] of Object.entries(TARGETS))
        spec.integrations[`${link}-${target}`] = {
          ...integration,
          link,
          targets: { [target]: { ref, tls: { serverName: 'orders.internal' } } },
          routes: { [`ANY /${link}/${target}`]: target },
        };
  });
}

/** The spec with these integrations alone, in this order. */
export function only({ spec }: World, names: readonly string[]): Spec {
  const integrations = names.map((name): [string, IntegrationSpec] => [name, spec.integrations[name]!]);
  return { ...spec, integrations: Object.fromEntries(integrations) };
}
