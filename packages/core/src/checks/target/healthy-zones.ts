import { stating, PASSED, type Judgement, type Statement } from '../../findings/statement.js';
import type { targetHealthyZonesWords } from './words/healthy-zones.words.js';
import { part, type About } from '../../findings/subject.js';
import type { GroupTarget, Listener, LoadBalancer, TargetGroup } from '../../model/load-balancer.js';
import type { CheckInput, IntegrationView, Missing, RegionIndex, TargetView } from '../../world/views.js';
import { groupsAnswering, whatAnswers } from '../../network/balancers/what-answers.js';
import { aboutTarget } from '../../findings/about.js';
import { balancedTargets, type BalancedTarget } from '../../network/balancers/balancers.js';
import { calledListeners } from '../../network/balancers/called-listeners.js';
import { unhealthyTargetsAnswer, failsOpen } from '../../network/balancers/fail-open.js';
import {
  groupEvidence,
  healthMissing,
  isHealthy,
  nameOfGroup,
  wordMissing,
} from '../../network/balancers/group-health.js';

const { fails, holds, unsure } = stating<(typeof targetHealthyZonesWords)['says']>();

/** `target/healthy-zones`. */
export const targetHealthyZones: Judgement = {
  id: 'target/healthy-zones',
  severity: 'error',
  run(input) {
    const said: Statement[] = [];
    for (const one of balancedTargets(input)) {
      if (one.balancer.kind === 'classic') continue;
      for (const { at, listener } of calledListeners(one)) said.push(...ofListener(input, at, listener));
    }
    return said;
  },
};

function ofListener(input: CheckInput, at: BalancedTarget, listener: Listener): readonly Statement[] {
  const { integration, target, about, balancer } = at;
  const answered = whatAnswers(input, at, listener);
  if (!('length' in answered)) return [unsure(about, 'ZONES_NOT_READ', { balancer: balancer.name }, answered)];
  const said: Statement[] = [];
  const { groups } = groupsAnswering(at, listener, answered);
  for (let which = 0; which < groups.length; which += 1) {
    const { id, found: group } = groups[which] as (typeof groups)[number];
    if (group.is === 'found' && group.value.kind !== 'lambda') {
      said.push(ofGroup(input, integration, target, balancer, group.value));
    } else if (group.is === 'unknown') {
      const part = aboutGroup(integration, target, id, nameOfGroup(id));
      said.push(unsure(part, 'ZONES_NOT_READ', { balancer: balancer.name }, group.missing));
    }
  }
  return said;
}

function ofGroup(
  input: CheckInput,
  integration: IntegrationView,
  target: TargetView,
  balancer: LoadBalancer,
  group: TargetGroup,
): Statement {
  const { region } = integration.link;
  // If the setting of the group could not be read, it may override that of the load balancer.
  const unread = group.crossZone === undefined ? region.missing('targetGroups', group.id) : undefined;
  const crossZone = unread === undefined ? (group.crossZone ?? balancer.crossZone) : undefined;
  if (crossZone === true && !input.passes) return PASSED;
  const about = aboutGroup(integration, target, group.id, group.name ?? nameOfGroup(group.id));
  const evidence = [groupEvidence(group)];
  if (crossZone === true) {
    return holds(input, about, 'CROSSES_ZONES', () => ({ params: { balancer: balancer.name }, evidence }));
  }
  if (crossZone === undefined) {
    const missing = unread ?? region.missing('loadBalancers', balancer.id) ?? attributesMissing(balancer);
    return unsure(about, 'ZONES_NOT_READ', { balancer: balancer.name }, missing, { evidence });
  }
  const zones = balancer.zones ?? zonesOf(region, balancer);
  if (group.targets === undefined)
    return unsure(about, 'ZONES_NOT_READ', { balancer: balancer.name }, healthMissing(region, group.id), { evidence });
  if (zones === undefined) {
    const missing = region.missing('loadBalancers', balancer.id) ?? {
      what: `the zones of ${balancer.name}`,
      remedy: `Check the zones of ${balancer.name}.`,
    };
    return unsure(about, 'ZONES_NOT_READ', { balancer: balancer.name }, missing, { evidence });
  }
  const served = new Set(group.targets.filter(isHealthy).flatMap((one) => zonesOfTarget(region, group, one)));
  const without = served.has('all') ? [] : zones.filter((zone) => !served.has(zone));
  if (without.length === 0) {
    return holds(input, about, 'ZONES_HEALTHY', () => ({ params: { balancer: balancer.name }, evidence }));
  }
  // If the zone of a healthy target is not reported, it may be any zone.
  if (served.has(undefined))
    return unsure(about, 'ZONES_NOT_READ', { balancer: balancer.name }, zonesUntold(group.id), { evidence });
  const { targets } = group;
  const inZone = (zone: string): readonly GroupTarget[] =>
    targets.filter((one) => zonesOfTarget(region, group, one).some((own) => isIn(own, zone)));
  if (without.some((zone) => inZone(zone).some(({ health }) => health === 'unknown'))) {
    return unsure(about, 'ZONES_NOT_READ', { balancer: balancer.name }, wordMissing(group.id), { evidence });
  }
  const isAnswered = without.every((zone) => unhealthyTargetsAnswer(inZone(zone)));
  const isOpen = without.every((zone) => failsOpen(region, inZone(zone)));
  const finding = fails(about, 'ZONE_UNHEALTHY', {
    params: { balancer: balancer.name, without, isAnswered, isOpen, group: group.name ?? nameOfGroup(group.id) },
    evidence: [...evidence, ...without.map((zone) => ({ kind: 'zone', id: zone, text: 'no healthy target' }))],
    ...(isAnswered ? { severity: 'warning' } : {}),
  });
  if (isAnswered || without.length === zones.length) return finding;
  return { ...finding, verdict: 'unknown', code: 'ZONE_LEAVES_DNS' };
}

function aboutGroup(integration: IntegrationView, target: TargetView, id: string, name: string): About {
  return aboutTarget(integration, target, part('target group', id, name));
}

/** `all` or undefined: it may be any. */
function isIn(zone: string | undefined, own: string): boolean {
  return zone === undefined || zone === 'all' || zone === own;
}

/**
 * The zones that a target takes calls in. Of a load balancer behind another, and of an instance, the cloud reports no zone: a load
 * balancer takes them in each of its own.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetDescription.html (AvailabilityZone)
 */
function zonesOfTarget(
  region: RegionIndex,
  { kind }: TargetGroup,
  { id, zone }: GroupTarget,
): readonly (string | undefined)[] {
  const found = zone === undefined && kind === 'load-balancer' ? region.find('loadBalancers', id) : undefined;
  return found?.is === 'found' && found.value.zones !== undefined ? found.value.zones : [zone];
}

function zonesUntold(id: string): Missing {
  const name = nameOfGroup(id);
  return {
    what: `the zones of the targets of ${name}`,
    remedy: `Check the targets of ${name} in the console of the cloud.`,
  };
}

function zonesOf(region: RegionIndex, { subnetIds }: LoadBalancer): readonly string[] | undefined {
  const zones = subnetIds.map((id) => {
    const subnet = region.find('subnets', id);
    return subnet.is === 'found' ? subnet.value.zone : undefined;
  });
  const known = zones.filter((zone) => zone !== undefined);
  return known.length === zones.length && known.length > 0 ? known : undefined;
}

function attributesMissing({ name }: LoadBalancer): Missing {
  return {
    what: `the cross-zone load balancing setting of ${name}`,
    remedy:
      'Allow elasticloadbalancing:DescribeLoadBalancerAttributes and elasticloadbalancing:DescribeTargetGroupAttributes for these credentials, then take the snapshot again.',
    permission: 'elasticloadbalancing:DescribeTargetGroupAttributes',
  };
}
