import { defined } from '../../../ground/defined.js';
import { targetHealthReasons, type NoMembers } from '../reasons/target-health.js';
import type { LoadBalancer, TargetGroup } from '../../../do/model/load-balancer.js';
import type { Missing } from '../../../do/world/views.js';
import { refusedOr } from '../../../do/world/index/gap-facts.js';
import { fewText } from '../../../ground/text/quantities.js';
import { failStep, passStep, type End, unknownStep, warnStep, type PathStep } from '../model/step.js';
import { oneOfSeveral, type HopText } from '../reasons/reason.js';
import type { Candidate } from './balancers.js';
import type { World } from '../model/world.js';

const CHECK = 'path/load-balancer';

/** The readable name of a target group. */
export function nameOf({ name, id }: TargetGroup): string {
  return name ?? id;
}

/** Calls are forwarded to targets of the group. */
export function passed(group: TargetGroup, text: string): PathStep {
  return passStep(CHECK, 'target health', () => ({
    kind: 'target group',
    id: group.id,
    text: `${nameOf(group)}: ${text}`,
  }));
}

/** The group does not accept calls of a gateway. */
export function wrongVersion(group: TargetGroup): PathStep {
  return failStep(CHECK, 'listener', () => ({
    kind: 'target group',
    id: group.id,
    text: `accepts ${group.protocolVersion ?? ''} only`,
    code: 'PROTOCOL_RESTRICTION',
    ...targetHealthReasons.HTTP1_REFUSED({ group: nameOf(group), version: group.protocolVersion }),
  }));
}

/** The facts about a group without a target that takes calls. */
export interface UnhealthyGroup {
  readonly balancer: LoadBalancer;
  readonly group: TargetGroup;
  readonly all: readonly Candidate[];
  /** Whether calls are forwarded to targets although none is healthy. */
  readonly isOpen: boolean;
  /** The part of the calls that the group gets: `90 %`. */
  readonly part: string | undefined;
  /** What stops health checks on the path to a target, where that is known. */
  readonly cause: (() => HopText | undefined) | undefined;
  /** Why what registers targets registers none, where there is none or all are leaving. */
  readonly why?: NoMembers | undefined;
}

/** No target of a group accepts calls: the states of the targets, and what blocks their health checks. */
export function noHealthyTarget({
  balancer: { name },
  group,
  all,
  isOpen,
  part,
  cause,
  why,
}: UnhealthyGroup): PathStep {
  const own = nameOf(group);
  return {
    check: CHECK,
    hop: 'target health',
    verdict: 'fail',
    ...defined({ cause }),
    describe: () => {
      const blocked = cause?.();
      const because = blocked === undefined ? '' : `; ${blocked.id}: ${blocked.text}`;
      if (all.length === 0) {
        return {
          kind: 'target group',
          id: group.id,
          text: `no targets${because}`,
          code: 'ELBV2_LISTENER_HAS_NO_TG',
          ...targetHealthReasons.GROUP_EMPTY({ group: own, part, why, cause: blocked }),
        };
      }

      const text = fewText(
        all.map(({ target: { id, health, reason } }) => `${id} ${health}${reason === undefined ? '' : ` (${reason})`}`),
      );
      return {
        kind: 'target group',
        id: group.id,
        text: `${text}${because}`,
        code: 'NO_POSSIBLE_DESTINATION',
        ...targetHealthReasons.NO_HEALTHY_TARGET({
          group: own,
          targets: text,
          isOpen,
          balancer: name,
          part,
          cause: blocked,
          why,
          states: all.map(({ target }) => target),
        }),
      };
    },
  };
}

/**
 * No target of a group is healthy in the zone of the calls, and cross-zone load balancing is off: AWS removes the address of that zone
 * from the load balancer's DNS name, and it is not documented whether links resolve the name.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
 */
export function noHealthyTargetInZone(
  { balancer: { name }, group, isOpen, part }: UnhealthyGroup,
  zone: string | undefined,
  leavesDns: boolean,
): PathStep {
  const own = nameOf(group);
  const where = zone ?? 'the zone';
  return {
    check: CHECK,
    hop: 'zone',
    verdict: leavesDns || isOpen ? 'unknown' : 'fail',
    describe: () => ({
      kind: 'target group',
      id: group.id,
      text: `no healthy target in ${where}, cross-zone load balancing off`,
      code: 'ELBV2_NO_TARGETS_IN_AZ',
      ...targetHealthReasons.ZONE_WITHOUT_TARGET({
        group: own,
        zone,
        balancer: name,
        crossZone: group.crossZone,
        isOpen,
        part,
        leavesDns,
      }),
    }),
  };
}

/** Targets without health checks get calls, and do not run. */
export function stopped(group: TargetGroup, lost: readonly Candidate[], sent: number): PathStep {
  const ids = lost.map(({ target }) => target.id);
  return failStep(CHECK, 'target health', () => ({
    kind: 'instance',
    id: ids[0] ?? '',
    text: 'is stopped',
    code: 'NO_POSSIBLE_DESTINATION',
    ...targetHealthReasons.TARGETS_STOPPED({ targets: ids, group: nameOf(group), sent }),
  }));
}

/** Too few targets are healthy, so unhealthy ones get a share of the calls, and do not answer. */
export function failedOver(
  group: TargetGroup,
  silent: readonly Candidate[],
  { healthy, sent }: { readonly healthy: number; readonly sent: number },
): PathStep {
  const ids = silent.map(({ target }) => target.id);
  const { count, percent } = group.minimumHealthy ?? {};
  const minimum = [...(count === undefined ? [] : [`${count}`]), ...(percent === undefined ? [] : [`${percent} %`])];
  return failStep(CHECK, 'target health', () => ({
    kind: 'target group',
    id: group.id,
    text: `${healthy} of ${sent} targets healthy, below its minimum (${minimum.join(', ')})`,
    code: 'NO_POSSIBLE_DESTINATION',
    ...targetHealthReasons.BELOW_MINIMUM({ group: nameOf(group), healthy, sent, minimum, silent: ids }),
  }));
}

/** Targets that get no calls, for health checks do not reach them; others of the group are healthy. */
export function targetsOutOfReach(group: TargetGroup, targets: readonly string[], cause: HopText): PathStep {
  return warnStep(CHECK, 'target health', () => ({
    kind: 'target group',
    id: group.id,
    text: `${nameOf(group)}: health checks do not reach ${fewText(targets)}`,
    ...targetHealthReasons.TARGETS_OUT_OF_REACH({ group: nameOf(group), targets, cause }),
  }));
}

/** Whether unhealthy targets get a part of the calls is not known. */
export function thresholdUnread({ index }: World, group: TargetGroup): PathStep {
  const setting = 'target_group_health.unhealthy_state_routing.minimum_healthy_targets';
  const { loadBalancersFailOpen } = index.clouds.network(index.region);
  const missing: Missing =
    loadBalancersFailOpen === undefined
      ? {
          what: `whether load balancers send calls to the unhealthy targets of ${nameOf(group)}`,
          remedy: 'Make the unhealthy targets healthy.',
        }
      : group.minimumHealthy === undefined
        ? refusedOr(index, 'targetGroups', group.id, {
            what: `the minimum of healthy targets of ${nameOf(group)} (${setting})`,
            remedy: 'Take the snapshot again with credentials that may read attributes of target groups.',
          })
        : {
            what: `the base of the ${group.minimumHealthy.percent ?? 0} % minimum of ${nameOf(group)}, registered targets or those in use (${setting}.percentage),`,
            remedy: 'Make the unhealthy targets healthy, or remove the targets that are not in use from the group.',
          };
  return unknownStep(CHECK, 'target health', { kind: 'target group', id: group.id }, missing);
}

/** One of several targets that get calls is not reached: a part of the calls fails. */
export function partOfCalls(step: PathStep, lost: number, sent: number): PathStep {
  return { ...step, describe: (way) => oneOfSeveral(step.describe(way), lost, sent) };
}

/** What registers the targets of a group is starting them. */
export function stillStarting({ id }: TargetGroup, missing: Missing): PathStep {
  return unknownStep(CHECK, 'target health', { kind: 'target group', id }, missing);
}

/** The health of a group's targets was not read. */
export function healthUnread(world: World, { id }: TargetGroup): PathStep {
  const missing: Missing = world.index.missing('targetGroups', id) ?? {
    what: `the health of the targets of ${id}`,
    remedy: 'Take the snapshot again with credentials that may read target health.',
  };
  return unknownStep(CHECK, 'target health', { kind: 'target group', id }, missing);
}

/**
 * The health state of the targets is undocumented, or their health is not checked and it is unknown whether they run.
 */
export function healthUnknown(world: World, open: readonly Candidate[]): PathStep {
  const [first] = open;
  const ids = open.map(({ target }) => target.id);
  // Where the health of an instance is not checked, the instance itself shows whether it runs.
  const missing = refusedOr(world.index, 'instances', first?.target.id, {
    what: `the state of ${ids.slice(0, 3).join(', ')}`,
    remedy: 'Check the health of the targets in the console of the cloud.',
  });
  return unknownStep(
    CHECK,
    'target health',
    { kind: 'target group', id: first?.group.id ?? '' },
    refusedOr(world.index, 'targetGroups', first?.group.id, missing),
  );
}

/** It is unknown whether calls of the zone are forwarded to targets. */
export function zoneUnknown(
  { index }: World,
  { id, name }: LoadBalancer,
  maybe: readonly Candidate[],
  { place, unplaced }: End,
): PathStep {
  // Where the zone of the calls is unknown, no other fact matters.
  if (unplaced !== undefined) return unknownStep(CHECK, 'zone', { kind: 'load balancer', id }, unplaced);

  const zone = place?.subnet.zone;
  const which = maybe
    .map(({ target }) => target.id)
    .slice(0, 3)
    .join(', ');
  const unread: Missing = {
    what: `whether ${name} forwards calls of ${zone ?? 'its zones'} to ${which}`,
    remedy:
      'Take the snapshot again with credentials that may read attributes of load balancers and network interfaces.',
  };
  // The load balancer and the group have the cross-zone setting, the interface has the zone of a target.
  const ofGroup = refusedOr(
    index,
    'targetGroups',
    maybe[0]?.group.id,
    refusedOr(index, 'interfaces', undefined, unread),
  );
  const nested = maybe.find(({ group }) => group.kind === 'load-balancer');
  const ofTarget = nested === undefined ? ofGroup : refusedOr(index, 'loadBalancers', nested.target.id, ofGroup);
  return unknownStep(CHECK, 'zone', { kind: 'load balancer', id }, refusedOr(index, 'loadBalancers', id, ofTarget));
}
