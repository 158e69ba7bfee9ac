import { part } from '../../findings/subject.js';
import type { GroupTarget, LoadBalancer, TargetGroup } from '../../model/load-balancer.js';
import type { CheckInput, IntegrationView, Missing, RegionIndex, TargetView } from '../../world/views.js';
import type { Check, Outcome } from '../../findings/check.js';
import { answersIn, whatAnswers } from '../../network/listener-rules/what-answers.js';
import { aboutTarget } from '../../findings/about.js';
import { groupsBehind, listenerOf } from '../../network/balancers/backend.js';
import { fails, holds, PASS, unsure } from '../../findings/outcome.js';
import { balancedTargets } from '../../network/balancers/balancers.js';
import { answerThoughSick, failsOpen } from '../../network/balancers/fail-open.js';
import {
  groupEvidence,
  healthMissing,
  isHealthy,
  nameOfGroup,
  wordMissing,
} from '../../network/balancers/group-health.js';

/** `target/healthy-zones`. */
export const targetHealthyZones: Check = {
  id: 'target/healthy-zones',
  title: 'Each zone of the load balancer has a healthy target, where zones serve themselves',
  severity: 'error',
  about:
    'Without cross-zone load balancing (the default of network load balancers) each zone of a load balancer sends calls only to targets ' +
    "of its own. Calls that come in by a zone without a healthy target fail, or go to targets that fail their health check. AWS removes the zone's address " +
    "from the load balancer's DNS name; it is not documented whether links use that name. So one zone without healthy targets is unknown, and all zones " +
    'without are an error. Where the targets of the zone did answer their health check, with another status code, it is a warning.',
  sources: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html',
    'https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html',
  ],
  *run(input) {
    for (const { integration, target, backend, balancer } of balancedTargets(input)) {
      if (balancer.kind === 'classic') continue;
      const { region } = integration.link;
      const found = listenerOf(region, target, backend);
      if (found.is !== 'found') continue;
      const answered = whatAnswers(input, integration, target, balancer, found.value);
      if (!('length' in answered)) {
        yield unsure(aboutTarget(integration, target), `each zone of ${balancer.name} has a healthy target`, answered);
        continue;
      }
      for (const [id, group] of groupsBehind(region, found.value, answersIn(answered)).groups) {
        if (group.is === 'found' && group.value.kind !== 'lambda') {
          yield ofGroup(input, integration, target, balancer, group.value);
        } else if (group.is === 'unknown') {
          const about = aboutTarget(integration, target, part('target group', id, nameOfGroup(id)));
          yield unsure(about, `each zone of ${balancer.name} has a healthy target`, group.missing);
        }
      }
    }
  },
};

function ofGroup(
  input: CheckInput,
  integration: IntegrationView,
  target: TargetView,
  balancer: LoadBalancer,
  group: TargetGroup,
): Outcome {
  const { region } = integration.link;
  // Where the group's own setting could not be read, that of the balancer may not be the one that holds.
  const unread = group.crossZone === undefined ? region.missing('targetGroups', group.id) : undefined;
  const crossZone = unread === undefined ? (group.crossZone ?? balancer.crossZone) : undefined;
  if (crossZone === true && !input.passes) return PASS;
  const about = aboutTarget(integration, target, part('target group', group.id, group.name ?? nameOfGroup(group.id)));
  const whether = `each zone of ${balancer.name} has a healthy target`;
  const evidence = [groupEvidence(group)];
  if (crossZone === true) {
    return holds(input, about, () => ({
      message: `each zone of ${balancer.name} sends to targets of all zones`,
      evidence,
    }));
  }
  if (crossZone === undefined) {
    const missing = unread ?? region.missing('loadBalancers', balancer.id) ?? attributesMissing(balancer);
    return unsure(about, whether, missing, { evidence });
  }
  const zones = balancer.zones ?? zonesOf(region, balancer);
  if (group.targets === undefined) return unsure(about, whether, healthMissing(region, group.id), { evidence });
  if (zones === undefined) {
    const missing = region.missing('loadBalancers', balancer.id) ?? {
      what: `the zones of ${balancer.name}`,
      remedy: `Look at the zones of ${balancer.name}.`,
    };
    return unsure(about, whether, missing, { evidence });
  }
  const served = new Set(group.targets.filter(isHealthy).map(({ zone }) => zone));
  const without = served.has('all') ? [] : zones.filter((zone) => !served.has(zone));
  if (without.length === 0) {
    return holds(input, about, () => ({ message: `each zone of ${balancer.name} has a healthy target`, evidence }));
  }
  // Where a healthy target's own zone is not told, it may be any.
  if (served.has(undefined)) return unsure(about, whether, zonesUntold(group.id), { evidence });
  const { targets } = group;
  const inZone = (zone: string): readonly GroupTarget[] => targets.filter((one) => isIn(one, zone));
  if (without.some((zone) => inZone(zone).some(({ health }) => health === 'unknown'))) {
    return unsure(about, whether, wordMissing(group.id), { evidence });
  }
  const where = without.join(' and ');
  const isAnswered = without.every((zone) => answerThoughSick(inZone(zone)));
  const isOpen = without.every((zone) => failsOpen(region, inZone(zone)));
  const then = isAnswered
    ? 'calls that come in there are handed to sick ones, which answer'
    : isOpen
      ? 'calls that come in there are handed to targets that fail their health check'
      : 'calls that come in there fail';
  const finding = fails(about, {
    message: `${balancer.name} has no healthy target in ${where}, and its zones serve themselves: ${then}`,
    evidence: [...evidence, ...without.map((zone) => ({ kind: 'zone', id: zone, text: 'no healthy target' }))],
    remedy: `Register a healthy target in ${where}, or switch on cross-zone load balancing for ${group.name ?? nameOfGroup(group.id)}.`,
    ...(isAnswered ? { severity: 'warning' } : {}),
  });
  if (isAnswered || without.length === zones.length) return finding;
  const asked = `AWS removes the address in ${where} from DNS, and it is not documented whether links still call it`;
  return { ...finding, verdict: 'unknown', message: `${finding.message}; ${asked}` };
}

function isIn({ zone }: GroupTarget, own: string): boolean {
  return zone === undefined || zone === 'all' || zone === own;
}

function zonesUntold(id: string): Missing {
  const name = nameOfGroup(id);
  return {
    what: `the zones of the targets of ${name}`,
    remedy: `Look at the targets of ${name} in the cloud's console.`,
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
    what: `whether ${name} does cross-zone load balancing`,
    remedy:
      'Allow elasticloadbalancing:DescribeLoadBalancerAttributes and elasticloadbalancing:DescribeTargetGroupAttributes for these credentials, then take the snapshot again.',
    permission: 'elasticloadbalancing:DescribeTargetGroupAttributes',
  };
}
