import { seenHealth, type SeenHealth } from '../load-balancing/target-group/health.js';
import { isMoving, type ReachedOf } from '../operation/operation.js';
import { loadBalancerAttribute } from '../load-balancing/load-balancer/load-balancer-attributes.js';
import { targetGroupAttribute } from '../load-balancing/target-group/target-group-attributes.js';
import type { LoadBalancerRow, TargetGroupRow, TargetRow } from '../load-balancing/state.js';
import type { RegionState } from '../state/aws-state.js';
import type { Finding, Place } from './connection.js';
import type { Here } from './leg.js';
import { ways } from './one-call.js';

/** `unavailable`: health checks are off, so that all targets count as healthy. */
const TAKES_CALLS = new Set(['healthy', 'unavailable']);
/** No load balancer counts them among its targets. */
const NOT_IN_USE = new Set(['unused', 'draining']);

/** What keeps a load balancer from one target of a group. */
export type TargetStops = (
  here: Here,
  caller: Place,
  node: Place,
  balancer: LoadBalancerRow,
  group: TargetGroupRow,
  target: TargetRow,
) => Finding | undefined;

/** The reason why some calls that a group gets are not accepted by a target. */
export function groupStops(
  here: Here,
  caller: Place,
  node: Place,
  balancer: LoadBalancerRow,
  group: TargetGroupRow,
  targetStops: TargetStops,
): Finding | undefined {
  const { region, eni } = node;
  const { TargetGroupName: name, ProtocolVersion: version } = group.fields;
  const { LoadBalancerName: balancerName } = balancer.fields;
  if (version === 'HTTP2' || version === 'GRPC') {
    here.one?.answers(464);
    return { by: 'listener', because: `Target group ${name} takes ${version} alone: 464.` };
  }

  const all = group.targets.map((target): Seen => {
    const isNear = isServed(region, balancer, group, target, eni.zoneName);
    const asked = {
      state: region,
      now: here.now,
      conditionAt: here.conditionAt,
      reachedOf: reachedOf(here, node, isNear),
    };
    return { group, target, isNear, ...seenHealth(asked, group, target) };
  });
  if (all.some(({ health }) => health.State === 'initial')) here.one?.readsTime();
  const near = all.filter(({ isNear }) => isNear);
  const healthy = near.filter(isTaking);
  if (healthy.length > 0 && leavesName(region, balancer, group, all, eni.zoneName)) {
    const question = `whether links still call ${balancerName} in ${eni.zoneName}, whose address AWS takes out of its name`;
    if (here.choose(question, 2) === 1) return undefined;
  }
  if (healthy.length > 0 && isBelowMinimum(group, near, healthy.length)) {
    const silent = near.find(
      ({ health, isCutOff }) =>
        health.State === 'unhealthy' && health.Reason !== 'Target.ResponseCodeMismatch' && !isCutOff,
    );
    if (silent) {
      const because = `Of ${name} so few targets are healthy that all get calls, and ${silent.target.id} does not answer.`;
      return { by: 'target-health', because };
    }

    const cutOff = near.filter((one) => one.isCutOff);
    if (cutOff.length > 0) return unreachableTarget(here, caller, node, balancer, [...healthy, ...cutOff], targetStops);
  }
  const served =
    healthy.length > 0
      ? unshifted(balancer, group, healthy)
      : answering(near, (one) => one.isCutOff && !all.some(isTaking) && !isReplaced(region, one.target));
  if (served.length > 0) return unreachableTarget(here, caller, node, balancer, served, targetStops);

  const isSent = near.some(({ health, isCutOff }) => health.State === 'unhealthy' && !isCutOff);
  if (isSent) here.one?.answers(502);
  const sent = isSent ? ' Calls are sent to unhealthy ones, which give no answer.' : '';
  if (!all.some(isTaking)) return { by: 'target-health', because: `No target of ${name} is healthy.${sent}` };

  // AWS removes the zone's address from the name. It is not documented whether links resolve that name.
  const question = `whether links still call ${balancerName} in ${eni.zoneName}, where no target of ${name} is healthy`;
  if (here.choose(question, 2) === 1) return undefined;

  return {
    by: 'zone',
    because: `No target of ${name} in ${eni.zoneName} is healthy, and ${balancerName} does not balance across zones.${sent}`,
  };
}

/**
 * Routing failover: with fewer healthy targets than the group's attributes ask for, all of them get calls.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
function isBelowMinimum({ attributes }: TargetGroupRow, near: readonly Seen[], healthy: number): boolean {
  const used = near.filter(({ health }) => !NOT_IN_USE.has(health.State ?? '')).length;
  const value = (unit: string): number =>
    Number(attributes[`target_group_health.unhealthy_state_routing.minimum_healthy_targets.${unit}`] ?? 'off');
  return healthy < value('count') || healthy * 100 < value('percentage') * used;
}

/**
 * DNS failover: the address of a zone with fewer healthy targets than the group asks for leaves the load balancer's name, unless every
 * zone has too few.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
 */
function leavesName(
  region: RegionState,
  balancer: LoadBalancerRow,
  group: TargetGroupRow,
  all: readonly Seen[],
  zoneName: string,
): boolean {
  const least = (unit: string): number =>
    Number(targetGroupAttribute(group, `target_group_health.dns_failover.minimum_healthy_targets.${unit}`) ?? 'off');
  const lacks = (zone: string): boolean => {
    const own = all.filter(
      ({ target, health }) => !NOT_IN_USE.has(health.State ?? '') && isServed(region, balancer, group, target, zone),
    );
    const healthy = own.filter(isTaking).length;
    return healthy < least('count') || healthy * 100 < least('percentage') * own.length;
  };
  return lacks(zoneName) && !balancer.zones.every((zone) => lacks(zone.fields.ZoneName));
}

/** Whether a zone of a load balancer forwards calls to a target. */
export function isServed(
  region: RegionState,
  balancer: LoadBalancerRow,
  group: TargetGroupRow,
  target: TargetRow,
  zoneName: string,
): boolean {
  return crossesZones(balancer, group) || zonesOf(region, group, target)?.has(zoneName) !== false;
}

/** What checks of this interface meet on their way to a target of its own; those of all to one that others serve. */
function reachedOf(
  { aws, now, networkChecks, one }: Here,
  { region, eni }: Place,
  isNear: boolean,
): ReachedOf | undefined {
  const all = networkChecks?.from({ aws, region, interfaceId: isNear ? eni.id : undefined });
  return (
    all &&
    ((group, target) => {
      const reached = all(group, target);
      if (reached.some((one) => isMoving(one, now))) one?.readsTime();
      return reached;
    })
  );
}

/** A target, how it is now, and whether calls of this interface may be handed to it. */
export interface Seen extends SeenHealth {
  readonly group: TargetGroupRow;
  readonly target: TargetRow;
  readonly isNear: boolean;
}

function isTaking({ health }: Seen): boolean {
  return TAKES_CALLS.has(health.State ?? '');
}

/**
 * The targets that get new calls while a zonal shift is active: with cross-zone load balancing those of the other zones, unless there are
 * none. Without it the shift acts on the name of the load balancer alone.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/zonal-shift.html
 */
function unshifted(balancer: LoadBalancerRow, group: TargetGroupRow, healthy: readonly Seen[]): readonly Seen[] {
  const others = healthy.filter(({ target }) => target.shifted !== true);
  return others.length > 0 && crossesZones(balancer, group) ? others : healthy;
}

/**
 * Targets of a group without a healthy one, where all that are in use answer health checks with an unwanted code, or checks alone do not
 * get there: load balancers fail open, so that the way of calls to those decides.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health-checks.html
 */
function answering(near: readonly Seen[], isCutOff: (one: Seen) => boolean): readonly Seen[] {
  const used = near.filter((one) => !NOT_IN_USE.has(one.health.State ?? ''));
  const answers = (one: Seen): boolean =>
    isCutOff(one) || (one.health.State === 'unhealthy' && one.health.Reason === 'Target.ResponseCodeMismatch');
  return used.every(answers) ? used : [];
}

/**
 * Whether a scaling group terminates an instance that fails the checks of its target groups, and starts another one, again and again.
 * @see https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
 */
function isReplaced({ autoScaling }: RegionState, { id }: TargetRow): boolean {
  return [...autoScaling.groups.values()].some(
    ({ fields, instances }) =>
      fields.HealthCheckType?.includes('ELB') === true && instances.some(({ InstanceId }) => InstanceId === id),
  );
}

/** What keeps a load balancer from one of some targets: each of them gets a part of the calls. */
function unreachableTarget(
  here: Here,
  caller: Place,
  node: Place,
  balancer: LoadBalancerRow,
  served: readonly { readonly group: TargetGroupRow; readonly target: TargetRow }[],
  targetStops: TargetStops,
): Finding | undefined {
  for (const { group, target } of ways(here, served)) {
    const stop = targetStops(here, caller, node, balancer, group, target);
    if (stop) return { by: stop.by, because: `To target ${target.id}: ${stop.because}` };
  }
  return undefined;
}

export function crossesZones(balancer: LoadBalancerRow, { attributes }: TargetGroupRow): boolean {
  const key = 'load_balancing.cross_zone.enabled';
  const own = attributes[key] ?? 'use_load_balancer_configuration';
  return (own === 'use_load_balancer_configuration' ? loadBalancerAttribute(balancer, key) : own) === 'true';
}

/** The zones that a target is in; undefined for one that every zone serves. */
function zonesOf(
  { ec2, loadBalancing }: RegionState,
  { fields }: TargetGroupRow,
  { id, availabilityZone }: TargetRow,
): ReadonlySet<string> | undefined {
  if (availabilityZone !== undefined) return availabilityZone === 'all' ? undefined : new Set([availabilityZone]);
  if (fields.TargetType === 'alb')
    return new Set(loadBalancing.loadBalancers.get(id)?.zones.map((zone) => zone.fields.ZoneName));
  if (fields.TargetType !== 'instance') return undefined;

  const enis = [...ec2.interfaces.values()].filter(({ attachment }) => attachment?.InstanceId === id);
  return new Set(enis.map(({ zoneName }) => zoneName));
}
