import { part, type About, aboutTarget, ofRoutes } from '../../../do/findings/subject.js';
import type { GroupTarget, Listener, LoadBalancer, TargetGroup } from '../../../do/model/load-balancer.js';
import type { CheckInput, Missing, RegionIndex } from '../../../do/world/views.js';
import { callsTo, groupsAnswering, whatAnswers } from '../../path/balancers/target-zones.js';
import { balancedTargets, type Answered, type BalancedTarget } from '../../path/balancers/balancers.js';
import { causeFor } from '../path/outcomes.js';
import { calledListeners } from '../../path/balancers/called-listeners.js';
import {
  unhealthyTargetsAnswer,
  failsOpen,
  groupEvidence,
  healthMissing,
  isHealthy,
  nameOfGroup,
  wordMissing,
} from '../../path/balancers/group-health.js';
import { settling } from '../../path/balancers/registrars.js';
import { defineCheck } from '../define-check.js';
import { COUNTED, fail, pass, undecided, unknown, type Say } from '../../../do/findings/say.js';
import type { Outcome } from '../../../do/findings/check.js';

const CODES = {
  ZONES_NOT_READ: unknown('each zone of {balancer} has a healthy target'),
  CROSSES_ZONES: pass('each zone of {balancer} sends calls to targets in all zones'),
  ZONES_HEALTHY: pass(
    'each zone of {balancer} has a healthy target[, except {shifted:and}: a zonal shift moves calls away from there]',
  ),
  ZONE_UNHEALTHY: fail(
    '{balancer} has no healthy target in {without:and}, and cross-zone load balancing is off: calls that arrive there [if isAnswered: are forwarded to unhealthy targets, which answer|if isOpen: are forwarded to targets that fail their health check|fail]',
    'Register a healthy target in {without:and}, or switch on cross-zone load balancing for {group}.',
  ),
  ZONE_LEAVES_DNS: undecided(
    '{balancer} has no healthy target in {without:and}, and cross-zone load balancing is off: calls that arrive there [if isAnswered: are forwarded to unhealthy targets, which answer|if isOpen: are forwarded to targets that fail their health check|fail]; the address in {without:and} is removed from DNS, and it is not documented whether links still call it',
    'Register a healthy target in {without:and}, or switch on cross-zone load balancing for {group}.',
  ),
};

export const targetHealthyZones = defineCheck({
  id: 'target/healthy-zones',
  severity: 'error',
  title: 'Without cross-zone load balancing, each zone of the load balancer has a healthy target',
  about:
    'Without cross-zone load balancing, each zone of a load balancer sends calls only to targets in its own ' +
    'zone. Calls that arrive in a zone without a healthy target fail, or go to targets that fail their health ' +
    'check. All zones without healthy targets are an error. If the targets of the zone answer their health ' +
    'check with another status code, it is a warning. A load balancer behind a network load balancer is a ' +
    'target in each of its own zones; its own zones are evaluated as well.',
  codes: CODES,
  *run(input, say) {
    for (const one of balancedTargets(input)) {
      if (one.balancer.kind === 'classic') continue;

      for (const { at, listener } of calledListeners(one)) yield* ofListener(say, input, at, listener);
    }
  },
});

function* ofListener(
  say: Say<typeof CODES>,
  input: CheckInput,
  at: BalancedTarget,
  listener: Listener,
): Iterable<Outcome> {
  const { about, balancer } = at;
  const answered = whatAnswers(input, at, listener);
  if (!('length' in answered)) {
    yield say.ZONES_NOT_READ(about, { balancer: balancer.name }, answered);
    return;
  }

  const { groups } = groupsAnswering(at, listener, answered);
  for (const { id, found: group } of groups) {
    if (group.is === 'found' && group.value.kind !== 'lambda') {
      yield ofGroup(say, input, at, answered, group.value);
    } else if (group.is === 'unknown') {
      yield say.ZONES_NOT_READ(
        aboutGroup(at, answered, id, nameOfGroup(id)),
        { balancer: balancer.name },
        group.missing,
      );
    }
  }
}

function ofGroup(
  say: Say<typeof CODES>,
  input: CheckInput,
  at: BalancedTarget,
  answered: readonly Answered[],
  group: TargetGroup,
): Outcome {
  const { balancer } = at;
  const { region } = at.integration.link;
  // If the setting of the group could not be read, it may override that of the load balancer.
  const unread = group.crossZone === undefined ? region.missing('targetGroups', group.id) : undefined;
  const crossZone = unread === undefined ? (group.crossZone ?? balancer.crossZone) : undefined;
  if (crossZone === true && !input.passes) return COUNTED;

  const name = group.name ?? nameOfGroup(group.id);
  const about = aboutGroup(at, answered, group.id, name);
  const on = { balancer: balancer.name };
  const evidence = [groupEvidence(group)];
  const notRead = (missing: Missing): Outcome => say.ZONES_NOT_READ(about, on, missing, evidence);
  if (crossZone === true) return say.CROSSES_ZONES(about, on, evidence);
  if (crossZone === undefined)
    return notRead(unread ?? region.missing('loadBalancers', balancer.id) ?? attributesMissing(balancer));

  const zones = balancer.zones ?? zonesOf(region, balancer);
  if (group.targets === undefined) return notRead(healthMissing(region, group.id));
  if (zones === undefined) {
    const remedy = `Check the zones of ${balancer.name}.`;
    return notRead(region.missing('loadBalancers', balancer.id) ?? { what: `the zones of ${balancer.name}`, remedy });
  }

  const served = new Set(group.targets.filter(isHealthy).flatMap((one) => zonesOfTarget(region, group, one)));
  const { targets } = group;
  const inZone = (zone: string): readonly GroupTarget[] =>
    targets.filter((one) => zonesOfTarget(region, group, one).some((own) => isIn(own, zone)));
  const empty = served.has('all') ? [] : zones.filter((zone) => !served.has(zone));
  // A shift has no effect on a load balancer that has no healthy target elsewhere.
  const shifted = empty.length === zones.length ? [] : empty.filter((zone) => inZone(zone).some(isShifted));
  const without = empty.filter((zone) => !shifted.includes(zone));
  if (without.length === 0) return say.ZONES_HEALTHY(about, { ...on, shifted }, evidence);

  // If the zone of a healthy target is not reported, it may be any zone.
  const unsure = served.has(undefined) ? zonesUntold(group.id) : settling(region, group.id, targets);
  if (unsure !== undefined) return notRead(unsure);
  if (without.some((zone) => inZone(zone).some(({ health }) => health === 'unknown')))
    return notRead(wordMissing(group.id));

  const isAnswered = without.every((zone) => unhealthyTargetsAnswer(inZone(zone)));
  const isOpen = without.every((zone) => failsOpen(region, inZone(zone)));
  const params = { ...on, without, isAnswered, isOpen, group: name };
  const own = [...evidence, ...without.map((zone) => ({ kind: 'zone', id: zone, text: 'no healthy target' }))];
  const { emptyZonesLeaveDns } = region.clouds.network(region.region);
  return isAnswered || without.length === zones.length || !emptyZonesLeaveDns
    ? say.ZONE_UNHEALTHY(about, params, {
        evidence: own,
        severity: isAnswered || causeFor(input, at.target)?.callsArrive === true ? 'warning' : undefined,
      })
    : say.ZONE_LEAVES_DNS(about, params, undefined, own);
}

function aboutGroup(
  { integration, target }: BalancedTarget,
  answered: readonly Answered[],
  id: string,
  name: string,
): About {
  return ofRoutes(aboutTarget(integration, target, part('target group', id, name)), target, callsTo(answered, id));
}

function isShifted({ shifted }: GroupTarget): boolean {
  return shifted === true;
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
