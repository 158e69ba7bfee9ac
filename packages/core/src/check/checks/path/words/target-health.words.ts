import { fewText } from '../../../../ground/text/few-text.js';
import { http1Refused } from './http1.js';
import type { PathSays } from './path-says.js';
import { remedyByState } from './remedy-by-state.js';

/** The sentences of hops at target groups. */
export const targetHealthSays = {
  HTTP1_REFUSED: http1Refused,
  WEIGHTS_ZERO: ({ groups }) => ({
    because: `the weight of each of ${groups.join(' and ')} is 0: no target group receives calls`,
    remedy: `Set a weight above 0 for one of ${groups.join(' and ')}.`,
  }),
  GROUP_EMPTY: ({ group, part }) => ({
    because: `${group} has no targets${part === undefined ? '' : `, and receives ${part} of the calls`}`,
    remedy: `Register a target with ${group}${part === undefined ? '' : ', or set its weight to 0'}.`,
  }),
  NO_HEALTHY_TARGET: ({ cause, states, ...params }, inner) => {
    const { group, targets, isOpen, balancer, part } = params;
    const blocked = cause && inner(cause);
    const blockedText = blocked === undefined ? '' : `; health checks do not reach them: ${blocked.because}`;
    const open = isOpen ? `; ${balancer} forwards calls to the unhealthy targets` : '';
    const of = part === undefined ? '' : `, and receives ${part} of the calls`;
    return {
      because: `no target of ${group} is healthy: ${targets}${blockedText}${open}${of}`,
      remedy: blocked?.remedy ?? remedyByState(group, states) ?? `Make a target of ${group} pass its health check.`,
      params: { ...params, ...blocked?.under('cause') },
    };
  },
  TARGETS_STOPPED: ({ targets, group, sent }) => {
    const which = fewText(targets);
    const isOne = targets.length === 1;
    return {
      because: `${which} ${isOne ? 'is' : 'are'} stopped, and ${group} has no health check: ${targets.length} of ${sent} targets receive calls although they are stopped`,
      remedy: `Start ${which}, remove ${isOne ? 'it' : 'them'} from ${group}, or enable its health check.`,
    };
  },
  BELOW_MINIMUM: ({ group, healthy, sent, minimum, silent }) => {
    const which = fewText(silent);
    return {
      because: `only ${healthy} of ${sent} targets of ${group} are healthy, below its minimum of ${minimum.join(' and ')}: calls go to all of them, and ${which} ${silent.length === 1 ? 'does' : 'do'} not answer`,
      remedy: `Make ${which} healthy, or lower the minimum of healthy targets of ${group} (target_group_health.unhealthy_state_routing).`,
    };
  },
  SERVICE_UNHEALTHY: ({ service, empty, query }) => {
    const asked = query === undefined ? '' : ` with ${query}`;
    const instances = query === undefined ? 'instances' : 'instance';
    return {
      because: `${service} has no ${empty ? instances : 'healthy instance'}${asked}`,
      remedy: empty
        ? `Register an instance with ${service}, with an address and a port${query === undefined ? '' : `, and with the attributes ${query}; or change the attributes in the target`}.`
        : `Make an instance of ${service}${asked} healthy.`,
    };
  },
  ZONE_WITHOUT_TARGET: ({ group, zone, balancer, crossZone, isOpen, part }) => {
    const where = zone ?? 'the zone';
    const of = part === undefined ? '' : `; ${group} receives ${part} of the calls`;
    // The group's own setting applies; without one, that of the network load balancer. Application load
    // balancers have no own setting.
    const isOwn = crossZone !== undefined;
    return {
      because: `no target of ${group} in ${where} is healthy, and cross-zone load balancing of ${isOwn ? 'the group' : balancer} is off; AWS removes the address in ${where} from DNS, and it is not documented whether links still call it${isOpen ? ' (its calls go to unhealthy targets)' : ''}${of}`,
      remedy: `Enable cross-zone load balancing of ${isOwn ? `the target group ${group}` : balancer}, or register a healthy target in ${zone ?? 'each zone'}.`,
    };
  },
  ZONE_LEAVES_DNS: ({ stop, ...params }, inner) => {
    const { group, zone, healthy, of, minimum, balancer } = params;
    const stopped = stop && inner(stop);
    return {
      because: `only ${healthy} of ${of} targets of ${group} in ${zone} are healthy, below its minimum for DNS failover of ${minimum.join(' and ')}: AWS removes the address of ${balancer} in ${zone} from DNS, and it is not documented whether links still call it${stopped === undefined ? '' : `; if they do: ${stopped.because}`}`,
      remedy: `Make more targets of ${group} in ${zone} healthy, or lower its minimum of healthy targets for DNS failover (target_group_health.dns_failover).`,
      params: { ...params, ...stopped?.under('stop') },
    };
  },
} satisfies Partial<PathSays>;
