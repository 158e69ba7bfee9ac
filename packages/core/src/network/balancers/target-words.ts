import type { LoadBalancer, TargetGroup } from '../../model/load-balancer.js';
import type { Missing } from '../../world/views.js';
import { refusedOr } from '../../world/index/gap-facts.js';
import { remedyByState } from './group-health.js';
import { versionText } from './version-text.js';
import { fewText } from '../../text/few-text.js';
import type { End } from '../end.js';
import { more, unknownStep, type Step, type Told, type Way } from '../step.js';
import type { Candidate } from './target-health.js';
import type { World } from '../world.js';

const CHECK = 'path/load-balancer';

/** What people call a target group. */
export function nameOf({ name, id }: TargetGroup): string {
  return name ?? id;
}

/** Calls are handed to targets of the group. */
export function passed(group: TargetGroup, text: string): Step {
  return {
    check: CHECK,
    hop: 'target health',
    verdict: 'pass',
    tell: () => ({ kind: 'target group', id: group.id, text: `${nameOf(group)}: ${text}` }),
  };
}

/** The group takes no calls of a gateway. */
export function wrongVersion(group: TargetGroup): Step {
  const { because, remedy } = versionText(nameOf(group), group.protocolVersion);
  return {
    check: CHECK,
    hop: 'listener',
    verdict: 'fail',
    tell: () => ({
      kind: 'target group',
      id: group.id,
      text: `takes ${group.protocolVersion ?? ''} alone`,
      code: 'PROTOCOL_RESTRICTION',
      why: { code: 'HTTP1_REFUSED', params: { group: nameOf(group), version: group.protocolVersion } },
      because,
      remedy,
    }),
  };
}

/** What is known of a group of which nobody takes calls. */
export interface Sick {
  readonly balancer: LoadBalancer;
  readonly group: TargetGroup;
  readonly all: readonly Candidate[];
  /** Whether calls are handed to targets although none is healthy. */
  readonly isOpen: boolean;
  /** The part of the calls that the group gets: `90 %`. */
  readonly part: string | undefined;
  /** What stops health checks on their way to a target, if something is known to. */
  readonly cause: (() => Told | undefined) | undefined;
}

/** No target of a group takes calls: which state they are in, and what keeps health checks from them. */
export function nobodyHealthy({ balancer: { name }, group, all, isOpen, part, cause }: Sick): Step {
  const own = nameOf(group);
  const of = part === undefined ? '' : `, and ${part} of the calls are handed there`;
  return {
    check: CHECK,
    hop: 'target health',
    verdict: 'fail',
    ...(cause === undefined ? {} : { cause }),
    tell: () => {
      if (all.length === 0) {
        return {
          kind: 'target group',
          id: group.id,
          text: 'no targets',
          code: 'ELBV2_LISTENER_HAS_NO_TG',
          why: { code: 'GROUP_EMPTY', params: { group: own, part } },
          because: `${own} has no targets${of}`,
          remedy: `Register a target with ${own}${part === undefined ? '' : ', or give it the weight 0'}.`,
        };
      }
      const text = fewText(
        all.map(({ target: { id, health, reason } }) => `${id} ${health}${reason === undefined ? '' : ` (${reason})`}`),
      );
      const why = cause?.();
      const stopped = why === undefined ? '' : `; health checks do not get there: ${why.because ?? why.text}`;
      return {
        kind: 'target group',
        id: group.id,
        text: why === undefined ? text : `${text}; ${why.id}: ${why.text}`,
        code: 'NO_POSSIBLE_DESTINATION',
        why: {
          code: 'NO_HEALTHY_TARGET',
          params: {
            group: own,
            targets: text,
            isOpen,
            balancer: name,
            part,
            cause: why?.why?.code,
            ...why?.why?.params,
          },
        },
        because: `no target of ${own} is healthy: ${text}${stopped}${isOpen ? `; ${name} hands calls to them all the same` : ''}${of}`,
        remedy:
          why?.remedy ??
          remedyByState(
            own,
            all.map(({ target }) => target),
          ) ??
          `Make a target of ${own} pass its health check.`,
      };
    },
  };
}

/**
 * No target of a group is healthy in the zone that calls come in by, and zones serve themselves: AWS takes the address of that zone out
 * of the load balancer's name, and no page says whether links ask for the name.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
 */
export function nobodyInZone({ balancer: { name }, group, isOpen, part }: Sick, zone: string | undefined): Step {
  const own = nameOf(group);
  const where = zone ?? 'the zone';
  const of = part === undefined ? '' : `; ${part} of the calls are handed to ${own}`;
  // The group's own setting holds; without one, that of the network load balancer. Application load balancers have none of their own.
  const whose = group.crossZone === undefined ? name : `the target group ${own}`;
  return {
    check: CHECK,
    hop: 'zone',
    verdict: 'unknown',
    tell: () => ({
      kind: 'target group',
      id: group.id,
      text: `no healthy target in ${where}, cross-zone off`,
      code: 'ELBV2_NO_TARGETS_IN_AZ',
      why: {
        code: 'ZONE_WITHOUT_TARGET',
        params: { group: own, zone, balancer: name, crossZone: group.crossZone, isOpen, part },
      },
      because: `no target of ${own} in ${where} is healthy, and ${name} does not balance across zones${group.crossZone === undefined ? '' : ' for it'}; AWS removes the address in ${where} from DNS, and it is not documented whether links still call it${isOpen ? ' (its calls go to unhealthy targets)' : ''}${of}`,
      remedy: `Switch cross-zone load balancing of ${whose} on, or register a healthy target in ${zone ?? 'each zone'}.`,
    }),
  };
}

/** Targets whose health nobody checks get calls, and do not run. */
export function stopped(group: TargetGroup, lost: readonly Candidate[], sent: number): Step {
  const ids = lost.map(({ target }) => target.id);
  const which = fewText(ids);
  return {
    check: CHECK,
    hop: 'target health',
    verdict: 'fail',
    tell: () => ({
      kind: 'instance',
      id: ids[0] ?? '',
      text: 'is stopped',
      code: 'NO_POSSIBLE_DESTINATION',
      why: { code: 'TARGETS_STOPPED', params: { targets: ids, group: nameOf(group), sent } },
      because: `${which} ${ids.length === 1 ? 'is' : 'are'} stopped, and nobody checks the health of ${nameOf(group)}: calls are handed there all the same, ${ids.length} of ${sent} targets`,
      remedy: `Start ${which}, take ${ids.length === 1 ? 'it' : 'them'} out of ${nameOf(group)}, or switch its health check on.`,
    }),
  };
}

/** Too few targets are healthy, so that unhealthy ones get a part of the calls, and do not answer. */
export function failedOver(
  group: TargetGroup,
  silent: readonly Candidate[],
  { healthy, sent }: { readonly healthy: number; readonly sent: number },
): Step {
  const ids = silent.map(({ target }) => target.id);
  const which = fewText(ids);
  const { count, percent } = group.minimumHealthy ?? {};
  const minimum = [...(count === undefined ? [] : [`${count}`]), ...(percent === undefined ? [] : [`${percent} %`])];
  return {
    check: CHECK,
    hop: 'target health',
    verdict: 'fail',
    tell: () => ({
      kind: 'target group',
      id: group.id,
      text: `${healthy} of ${sent} targets healthy, below its minimum (${minimum.join(', ')})`,
      code: 'NO_POSSIBLE_DESTINATION',
      why: { code: 'BELOW_MINIMUM', params: { group: nameOf(group), healthy, sent, minimum, silent: ids } },
      because: `only ${healthy} of ${sent} targets of ${nameOf(group)} are healthy, below its minimum of ${minimum.join(' and ')}: calls go to all of them, and ${which} ${ids.length === 1 ? 'does' : 'do'} not answer`,
      remedy: `Make ${which} healthy, or lower the minimum of healthy targets of ${nameOf(group)} (target_group_health.unhealthy_state_routing).`,
    }),
  };
}

/** Whether unhealthy targets get a part of the calls is not known. */
export function thresholdUnread({ index }: World, group: TargetGroup): Step {
  const setting = 'target_group_health.unhealthy_state_routing.minimum_healthy_targets';
  const missing: Missing =
    group.minimumHealthy === undefined
      ? refusedOr(index, 'targetGroups', group.id, {
          what: `with how few healthy targets ${nameOf(group)} sends calls to unhealthy ones, too (${setting})`,
          remedy: 'Take the snapshot again with credentials that may read attributes of target groups.',
        })
      : {
          what: `whether ${nameOf(group)} takes ${group.minimumHealthy.percent ?? 0} % of its registered targets or of those in use (${setting}.percentage)`,
          remedy: 'Make the unhealthy targets healthy, or take those out of the group that are not in use.',
        };
  return unknownStep(CHECK, 'target health', { kind: 'target group', id: group.id }, missing);
}

/** One of several targets that get calls is not reached: a part of the calls fails. */
export function oneOfSeveral(step: Step, lost: number, sent: number): Step {
  return {
    ...step,
    tell: (way: Way): Told => {
      const told = step.tell(way);
      const part = `a part of the calls fails: ${lost} of ${sent} targets that get calls ${lost === 1 ? 'is' : 'are'} not reached`;
      return { ...told, ...more(told, { lost, sent }), because: `${told.because ?? told.text}; ${part}` };
    },
  };
}

/** The health of a group's targets was not read. */
export function healthUnread(world: World, { id }: TargetGroup): Step {
  const missing: Missing = world.index.missing('targetGroups', id) ?? {
    what: `the health of the targets of ${id}`,
    remedy: 'Take the snapshot again with credentials that may read target health.',
  };
  return unknownStep(CHECK, 'target health', { kind: 'target group', id }, missing);
}

/** The word for the health of targets is one that nobody knows, or nobody checks it and it is not known whether they run. */
export function healthUnknown(world: World, open: readonly Candidate[]): Step {
  const [first] = open;
  const ids = open.map(({ target }) => target.id);
  // Where nobody checks the health of a machine, whether it runs stands with the machine.
  const missing = refusedOr(world.index, 'instances', first?.target.id, {
    what: `the state of ${ids.slice(0, 3).join(', ')}`,
    remedy: 'Look at the health of the targets in the console of the cloud.',
  });
  return unknownStep(
    CHECK,
    'target health',
    { kind: 'target group', id: first?.group.id ?? '' },
    refusedOr(world.index, 'targetGroups', first?.group.id, missing),
  );
}

/** Whether calls of the zone are handed to targets is not known. */
export function zoneUnknown(
  { index }: World,
  { id, name }: LoadBalancer,
  maybe: readonly Candidate[],
  { place, unplaced }: End,
): Step {
  // Where it is not known in which zone calls come in, nothing else is to be asked.
  if (unplaced !== undefined) return unknownStep(CHECK, 'zone', { kind: 'load balancer', id }, unplaced);
  const zone = place?.subnet.zone;
  const which = maybe
    .map(({ target }) => target.id)
    .slice(0, 3)
    .join(', ');
  const unread: Missing = {
    what: `whether ${name} hands calls of ${zone ?? 'its zones'} to ${which}`,
    remedy:
      'Take the snapshot again with credentials that may read attributes of load balancers and network interfaces.',
  };
  // Cross-zone balancing stands with the load balancer and with the group, the zone of a target with its interface.
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
