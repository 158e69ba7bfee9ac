import { id, type Resource } from '../../../../../aws/test/plans/shop-plan.js';
import { entries, type Area, type Values } from '../area.js';
import { applyBalancing, BALANCER } from './balancing-apply.js';
import { balancingChanges } from './balancing-changes.js';

/** Load balancers with listeners and rules, target groups and what is registered in them. */
export const balancing: Area = { valid, changes: balancingChanges(), resources, apply: applyBalancing };

function valid(): Values {
  const group = (name: string, more: Values = {}): Values => ({
    name,
    port: 80,
    protocol: 'HTTP',
    target_type: 'ip',
    protocol_version: null,
    health_check: null,
    network: 'main',
    attributes: {},
    stickiness: null,
    ...more,
  });
  const target = (group: string, more: Values = {}): Values => ({
    group,
    id: '10.0.0.100',
    port: null,
    zone: null,
    ...more,
  });
  const listener = (balancer: string, port: number, protocol: string, to: string, more: Values = {}): Values => ({
    balancer,
    port,
    protocol,
    ssl_policy: null,
    certificate_arn: null,
    alpn_policy: null,
    action: { type: 'forward', groups: [{ group: to }] },
    ...more,
  });
  const rule = (priority: number, to: string): Values => ({
    priority,
    action: { type: 'forward', groups: [{ group: to }] },
    conditions: [{ path_pattern: { values: [`/r${priority}`] } }],
  });
  return {
    balancers: {
      shop: {
        name: 'shop',
        type: 'application',
        internal: true,
        subnets: ['a', 'b'],
        groups: ['balancer'],
        attributes: {},
      },
      nlb: { name: 'nlb', type: 'network', internal: true, subnets: ['a', 'b'], groups: ['balancer'], attributes: {} },
    },
    targetGroups: { shop: group('shop'), other: group('other'), nlb: group('nlb', { protocol: 'TCP' }) },
    targets: [target('shop'), target('nlb')],
    listeners: {
      shop: listener('shop', 80, 'HTTP', 'shop'),
      second: listener('shop', 8080, 'HTTP', 'other'),
      nlb: listener('nlb', 80, 'TCP', 'nlb'),
    },
    listenerRules: [rule(10, 'shop'), rule(20, 'other')],
  };
}

/** So that the REST API before it passes. */
const CROSS_ZONE = {
  enable_cross_zone_load_balancing: true,
  enforce_security_group_inbound_rules_on_private_link_traffic: 'off',
};

function resources(values: Values): readonly Resource[] {
  const { balancers, targetGroups, targets, listeners, listenerRules } = values;
  const all: Resource[] = [];
  for (const [key, { name, type, internal, subnets, groups, attributes }] of entries(balancers))
    all.push({
      address: `aws_lb.${key}`,
      after: {
        name,
        internal,
        load_balancer_type: type,
        subnets: subnets.map(() => null),
        security_groups: groups.map(() => null),
        ...(key === 'nlb' ? CROSS_ZONE : {}),
        ...attributes,
      },
      refs: {
        subnets: subnets.flatMap((one: string) => id(`aws_subnet.${one}`)),
        security_groups: groups.flatMap((one: string) => id(`aws_security_group.${one}`)),
      },
    });
  for (const [key, { health_check: check, stickiness, network, attributes, ...more }] of entries(targetGroups))
    all.push({
      address: `aws_lb_target_group.${key}`,
      after: {
        ...more,
        ...attributes,
        ...(check === null ? {} : { health_check: [check] }),
        ...(stickiness === null ? {} : { stickiness: [stickiness] }),
      },
      refs: { vpc_id: id(`aws_vpc.${network}`) },
    });
  (targets as Values[]).forEach(({ group, id: target, port, zone }, at) => {
    const balancer = BALANCER.exec(target)?.[1];
    all.push({
      address: `aws_lb_target_group_attachment.t${at}`,
      after: { ...(balancer === undefined ? { target_id: target } : {}), port, availability_zone: zone },
      refs: {
        target_group_arn: id(`aws_lb_target_group.${group}`, 'arn'),
        ...(balancer === undefined ? {} : { target_id: id(`aws_lb.${balancer}`, 'arn') }),
      },
    });
  });
  for (const [key, { balancer, action, ...more }] of entries(listeners)) {
    const { block, refs } = actionOf('default_action', action);
    all.push({
      address: `aws_lb_listener.${key}`,
      after: { ...more, default_action: [block] },
      refs: { load_balancer_arn: id(`aws_lb.${balancer}`, 'arn'), ...refs },
    });
  }
  (listenerRules as Values[]).forEach(({ priority, action, conditions }, at) => {
    const { block, refs } = actionOf('action', action);
    const written = (conditions as Values[]).map((one) =>
      Object.fromEntries(entries(one).map(([name, value]) => [name, [value]])),
    );
    all.push({
      address: `aws_lb_listener_rule.r${at}`,
      after: { priority, action: [block], condition: written },
      refs: { listener_arn: id('aws_lb_listener.shop', 'arn'), ...refs },
    });
  });
  return all;
}

/** One group is written as `target_group_arn`, several with weights in a block `forward`. */
function actionOf(name: string, { type, groups, ...more }: Values): { block: Values; refs: Resource['refs'] } {
  const given = Object.fromEntries(entries(more).map(([key, value]) => [key, [value]]));
  if (type !== 'forward') return { block: { type, ...given }, refs: {} };
  const arn = (group: string) => id(`aws_lb_target_group.${group}`, 'arn');
  if (groups.length === 1) return { block: { type }, refs: { [`${name}.0.target_group_arn`]: arn(groups[0].group) } };
  const blocks = groups.map(({ weight }: Values) => ({ weight }));
  return {
    block: { type, forward: [{ target_group: blocks }] },
    refs: Object.fromEntries(
      groups.map(({ group }: Values, at: number) => [`${name}.0.forward.0.target_group.${at}.arn`, arn(group)]),
    ),
  };
}
