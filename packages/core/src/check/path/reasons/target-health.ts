import type { GroupTarget } from '../../../do/model/load-balancer.js';
import { becauseOf, paramsUnder, reason, reasons, type HopText } from './reason.js';

/** Why what registers the targets of a group, or the instances of a service, registers none. */
export interface NoMembers {
  /** The ID of what registers them, so that findings name it. */
  readonly registrar: string;
  /** The sentence behind `alb has no targets`. */
  readonly because: string;
  readonly remedy: string;
}

/** Why a group or a service has no healthy member. */
export interface Causes {
  /** Why what registers targets registers none. */
  readonly why?: NoMembers | undefined;
  /** What blocks health checks. */
  readonly cause?: HopText | undefined;
}

const causeWords = ({ why, cause }: Causes) => ({
  reason: why?.because,
  blocked: cause && becauseOf(cause),
  fix: cause?.remedy ?? why?.remedy,
});

const causeParams = ({ why, cause }: Causes) => ({ registrar: why?.registrar, ...paramsUnder('cause', cause) });

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
  GROUP_EMPTY: reason(
    '{group} has no targets[, and receives {part} of the calls][: {reason}][; health checks do not reach them: {blocked}]',
    ['{fix}', 'Register a target with {group}[if part: , or set its weight to 0].'],
    { hidden: ['why', 'cause'], words: causeWords, params: causeParams },
  ),
  NO_HEALTHY_TARGET: reason(
    'no target of {group} is healthy: {targets}[; {reason}][; health checks do not reach them: {blocked}][if isOpen: ; {balancer} forwards calls to the unhealthy targets][, and receives {part} of the calls]',
    ['{fix}', '{byState}', 'Make a target of {group} pass its health check.'],
    {
      hidden: ['why', 'cause', 'states'],
      words: ({
        group,
        states,
        ...causes
      }: Causes & { readonly group: string; readonly states: readonly GroupTarget[] }) => ({
        ...causeWords(causes),
        byState: remedyByState(group, states),
      }),
      params: causeParams,
    },
  ),
  TARGETS_STOPPED: reason(
    '{targets:few} {targets?is:are} stopped, and {group} has no health check: {count} of {sent} targets receive calls although they are stopped',
    'Start {targets:few}, remove {targets?it:them} from {group}, or enable its health check.',
    { words: ({ targets }: { readonly targets: readonly string[] }) => ({ count: targets.length }) },
  ),
  TARGETS_OUT_OF_REACH: reason(
    '{targets:few} of {group} {targets?is:are} unhealthy, and the other targets receive all calls; health checks do not reach {targets?it:them}: {blocked|}',
    '{fix|}',
    { hidden: ['cause'], words: causeWords, params: causeParams },
  ),
  BELOW_MINIMUM: reason(
    'only {healthy} of {sent} targets of {group} are healthy, below its minimum of {minimum:and}: calls go to all of them, and {silent:few} {silent?does:do} not answer',
    'Make {silent:few} healthy, or lower the minimum of healthy targets of {group} (target_group_health.unhealthy_state_routing).',
  ),
  SERVICE_UNHEALTHY: reason(
    '{service} has no {lacks}[ with {query}][: {reason}]',
    [
      '{fix}',
      'if empty: Register an instance with {service}, with an address and a port[, and with the attributes {query}; or change the attributes in the target].',
      'Make an instance of {service}[ with {query}] healthy.',
    ],
    {
      hidden: ['why'],
      words: ({
        why,
        empty,
        query,
      }: Pick<Causes, 'why'> & { readonly empty: boolean; readonly query?: string | undefined }) => ({
        ...causeWords({ why }),
        lacks: empty ? (query === undefined ? 'instances' : 'instance') : 'healthy instance',
      }),
      params: ({ why }) => ({ registrar: why?.registrar }),
    },
  ),
  /** `crossZone`: the group's own setting. */
  ZONE_WITHOUT_TARGET: reason(
    'no target of {group} in {zone|the zone} is healthy, and cross-zone load balancing of {who} is off[if leavesDns: ; the address in {zone|the zone} is removed from DNS, and it is not documented whether links still call it]{isOpen? (its calls go to unhealthy targets):}[; {group} receives {part} of the calls]',
    'Enable cross-zone load balancing of {ofWhat}, or register a healthy target in {zone|each zone}.',
    {
      hidden: ['leavesDns'],
      // The group's own setting applies; without one, that of the network load balancer. Application load
      // balancers have no own setting.
      words: ({
        group,
        balancer,
        crossZone,
      }: {
        readonly group: string;
        readonly balancer: string;
        readonly crossZone?: boolean | undefined;
      }) =>
        crossZone === undefined
          ? { who: balancer, ofWhat: balancer }
          : { who: 'the group', ofWhat: `the target group ${group}` },
    },
  ),
  /** `stop`: what stops calls that still come to the zone. */
  ZONE_LEAVES_DNS: reason(
    'only {healthy} of {of} targets of {group} in {zone} are healthy, below its minimum for DNS failover of {minimum:and}: the address of {balancer} in {zone} is removed from DNS, and it is not documented whether links still call it[; if they do: {stopped}]',
    'Make more targets of {group} in {zone} healthy, or lower its minimum of healthy targets for DNS failover (target_group_health.dns_failover).',
    {
      hidden: ['stop'],
      words: ({ stop }: { readonly stop?: HopText | undefined }) => ({ stopped: stop && becauseOf(stop) }),
      params: ({ stop }) => paramsUnder('stop', stop),
    },
  ),
});

/** The remedy where no target of `own` accepts calls, derived from their states: wait, or set a weight. */
export function remedyByState(own: string, targets: readonly GroupTarget[]): string | undefined {
  if (targets.length === 0) return `Register a target in ${own} that answers its health check.`;

  const waiting = firstChecks(own, targets);
  if (waiting !== undefined) return waiting;

  const idle = targets.filter(({ health, reason = '' }) => health === 'unused' && /^weight 0\b/.test(reason));
  // Of those, one that passes its health check needs only a weight.
  const well = idle.filter(({ reason = '' }) => /\b(?:normal|unavailable)$/.test(reason));
  const meant = (well.length > 0 ? well : idle.length === targets.length ? idle : []).slice(0, 3).map(({ id }) => id);
  if (meant.length === 0) return undefined;

  const more = well.length > 0 ? '' : ', and make it pass its health check';
  return `Set a weight above 0 for ${meant.join(' or ')} in ${own}${more}: a server with the weight 0 receives no calls.`;
}

/**
 * What to do where no target of `own` is healthy and some were registered just now: they only need their first health checks.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 */
function firstChecks(own: string, targets: readonly Pick<GroupTarget, 'health'>[]): string | undefined {
  if (!targets.some(({ health }) => health === 'initial')) return undefined;

  return `Wait until the first health checks of ${own} are completed (one or two minutes), then check again.`;
}
