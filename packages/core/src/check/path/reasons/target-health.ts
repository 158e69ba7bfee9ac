import { fewText } from '../../../ground/text/few-text.js';
import type { GroupTarget } from '../../../do/model/load-balancer.js';
import { becauseOf, paramsUnder, reason, reasons, type HopText } from './reason.js';
import { remedyByState } from './remedy-by-state.js';

/** Why what registers the targets of a group, or the instances of a service, registers none. */
export interface NoMembers {
  /** The ID of what registers them, so that findings name it. */
  readonly registrar: string;
  /** The sentence behind `alb has no targets`. */
  readonly because: string;
  readonly remedy: string;
}

/** The sentences of hops at target groups. */
export const targetHealthReasons = reasons({
  HTTP1_REFUSED: reason(
    'the gateway uses HTTP/1.1, and target group {group} accepts {version|} only: the load balancer answers 464',
    'Forward to a target group whose protocol version is HTTP1: the protocol version of {group} cannot be changed.',
  ),
  WEIGHTS_ZERO: reason(
    'the weight of each of {groups:and} is 0: no target group receives calls',
    'Set a weight above 0 for one of {groups:and}.',
  ),
  /** `part`: the share of the calls that the group receives: `90 %`. `why`: why what registers targets registers none. */
  GROUP_EMPTY: ({
    group,
    part,
    why,
    cause,
  }: {
    readonly group: string;
    readonly part?: string | undefined;
    readonly why?: NoMembers | undefined;
    /** What blocks the health checks of targets that are registered. */
    readonly cause?: HopText | undefined;
  }) => ({
    because: `${group} has no targets${part === undefined ? '' : `, and receives ${part} of the calls`}${why === undefined ? '' : `: ${why.because}`}${cause === undefined ? '' : `; health checks do not reach them: ${becauseOf(cause)}`}`,
    remedy:
      cause?.remedy ??
      why?.remedy ??
      `Register a target with ${group}${part === undefined ? '' : ', or set its weight to 0'}.`,
    params: { group, part, registrar: why?.registrar, ...paramsUnder('cause', cause) },
  }),
  NO_HEALTHY_TARGET: ({
    cause,
    why,
    states,
    ...params
  }: {
    readonly group: string;
    readonly targets: string;
    readonly isOpen: boolean;
    readonly balancer: string;
    readonly part?: string | undefined;
    /** What blocks health checks. */
    readonly cause?: HopText | undefined;
    /** Why targets were deregistered. */
    readonly why?: NoMembers | undefined;
    readonly states: readonly GroupTarget[];
  }) => {
    const { group, targets, isOpen, balancer, part } = params;
    const blockedText = cause === undefined ? '' : `; health checks do not reach them: ${becauseOf(cause)}`;
    const open = isOpen ? `; ${balancer} forwards calls to the unhealthy targets` : '';
    const of = part === undefined ? '' : `, and receives ${part} of the calls`;
    return {
      because: `no target of ${group} is healthy: ${targets}${why === undefined ? '' : `; ${why.because}`}${blockedText}${open}${of}`,
      remedy:
        cause?.remedy ??
        why?.remedy ??
        remedyByState(group, states) ??
        `Make a target of ${group} pass its health check.`,
      params: { ...params, registrar: why?.registrar, ...paramsUnder('cause', cause) },
    };
  },
  TARGETS_STOPPED: ({
    targets,
    group,
    sent,
  }: {
    readonly targets: readonly string[];
    readonly group: string;
    readonly sent: number;
  }) => {
    const which = fewText(targets);
    const isOne = targets.length === 1;
    return {
      because: `${which} ${isOne ? 'is' : 'are'} stopped, and ${group} has no health check: ${targets.length} of ${sent} targets receive calls although they are stopped`,
      remedy: `Start ${which}, remove ${isOne ? 'it' : 'them'} from ${group}, or enable its health check.`,
    };
  },
  BELOW_MINIMUM: reason(
    'only {healthy} of {sent} targets of {group} are healthy, below its minimum of {minimum:and}: calls go to all of them, and {silent:few} {silent?does:do} not answer',
    'Make {silent:few} healthy, or lower the minimum of healthy targets of {group} (target_group_health.unhealthy_state_routing).',
  ),
  SERVICE_UNHEALTHY: ({
    service,
    empty,
    query,
    why,
  }: {
    readonly service: string;
    readonly empty: boolean;
    readonly query?: string | undefined;
    readonly why?: NoMembers | undefined;
  }) => {
    const asked = query === undefined ? '' : ` with ${query}`;
    const instances = query === undefined ? 'instances' : 'instance';
    return {
      because: `${service} has no ${empty ? instances : 'healthy instance'}${asked}${why === undefined ? '' : `: ${why.because}`}`,
      params: { service, empty, query, registrar: why?.registrar },
      remedy:
        why?.remedy ??
        (empty
          ? `Register an instance with ${service}, with an address and a port${query === undefined ? '' : `, and with the attributes ${query}; or change the attributes in the target`}.`
          : `Make an instance of ${service}${asked} healthy.`),
    };
  },
  /** `crossZone`: the group's own setting. */
  ZONE_WITHOUT_TARGET: ({
    group,
    zone,
    balancer,
    crossZone,
    isOpen,
    part,
    leavesDns,
  }: {
    readonly group: string;
    readonly zone?: string | undefined;
    readonly balancer: string;
    readonly crossZone?: boolean | undefined;
    readonly isOpen: boolean;
    readonly part?: string | undefined;
    readonly leavesDns: boolean;
  }) => {
    const where = zone ?? 'the zone';
    const of = part === undefined ? '' : `; ${group} receives ${part} of the calls`;
    // The group's own setting applies; without one, that of the network load balancer. Application load
    // balancers have no own setting.
    const isOwn = crossZone !== undefined;
    const dns = leavesDns
      ? `; the address in ${where} is removed from DNS, and it is not documented whether links still call it`
      : '';
    return {
      params: { group, zone, balancer, crossZone, isOpen, part },
      because: `no target of ${group} in ${where} is healthy, and cross-zone load balancing of ${isOwn ? 'the group' : balancer} is off${dns}${isOpen ? ' (its calls go to unhealthy targets)' : ''}${of}`,
      remedy: `Enable cross-zone load balancing of ${isOwn ? `the target group ${group}` : balancer}, or register a healthy target in ${zone ?? 'each zone'}.`,
    };
  },
  /** `stop`: what stops calls that still come to the zone. */
  ZONE_LEAVES_DNS: ({
    stop,
    ...params
  }: {
    readonly group: string;
    readonly zone: string;
    readonly healthy: number;
    readonly of: number;
    readonly minimum: readonly string[];
    readonly balancer: string;
    readonly stop?: HopText | undefined;
  }) => {
    const { group, zone, healthy, of, minimum, balancer } = params;
    return {
      because: `only ${healthy} of ${of} targets of ${group} in ${zone} are healthy, below its minimum for DNS failover of ${minimum.join(' and ')}: the address of ${balancer} in ${zone} is removed from DNS, and it is not documented whether links still call it${stop === undefined ? '' : `; if they do: ${becauseOf(stop)}`}`,
      remedy: `Make more targets of ${group} in ${zone} healthy, or lower its minimum of healthy targets for DNS failover (target_group_health.dns_failover).`,
      params: { ...params, ...paramsUnder('stop', stop) },
    };
  },
});
