import type { GroupTarget, TargetGroup, LoadBalancer, MinimumHealthy } from '../../../do/model/load-balancer.js';
import type { Missing, RegionIndex } from '../../../do/world/views.js';
import type { Evidence } from '../../../do/findings/finding.js';
import { targetHealthReasons } from '../reasons/target-health.js';
import type { PathStep, TracedStep } from '../model/step.js';
import type { Candidate } from './balancers.js';
import { nameOf } from './target-health-steps.js';
import { serves } from './target-zones.js';
import type { World } from '../model/world.js';

/** The reason that AWS reports for a target that answered its health check with an unexpected status code. */
const OTHER_CODE = 'Target.ResponseCodeMismatch';

/**
 * Whether calls to a group without healthy targets are answered. Load balancers of AWS fail open: where all
 * targets that they could forward a call to fail their health checks, they forward it to any of these. A
 * target that answered its health check with a status code other than the expected one answers calls as well.
 * A target that did not answer in time is assumed not to. All targets must answer, because it is unknown
 * which one gets a call. CLB of Alibaba Cloud forwards nothing to unhealthy backends, and reports no such
 * reason.
 * @param targets the targets of one group that a load balancer could forward calls to from the zone that
 *   calls enter
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/modify-target-group-health-settings.html
 */
export function unhealthyTargetsAnswer(targets: readonly GroupTarget[]): boolean {
  const called = targets.filter(mayGetCalls);
  return called.length > 0 && called.every(({ health, reason }) => health === 'unhealthy' && reason === OTHER_CODE);
}

/** Whether a target would get calls if it were healthy: one that is `unused` or `draining` would not. */
export function mayGetCalls({ health }: GroupTarget): boolean {
  return health !== 'unused' && health !== 'draining';
}

/**
 * Whether so few targets are healthy that a load balancer sends to all of them, the unhealthy ones included, although some are healthy.
 * Undefined where the cloud does not say whether they do that, where its threshold was not read, or where it depends on whether AWS takes the percentage of the targets in use or of all
 * registered ones, which is not documented. CLB of Alibaba Cloud sends nothing to unhealthy backends.
 * @param used the targets of the group that calls could be sent to
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
 */
export function failsOver(
  { region, clouds }: Pick<RegionIndex, 'region' | 'clouds'>,
  { minimumHealthy, targets = [] }: TargetGroup,
  used: readonly GroupTarget[],
  healthy: number,
): boolean | undefined {
  const { loadBalancersFailOpen } = clouds.network(region);
  if (loadBalancersFailOpen === false) return false;
  if (loadBalancersFailOpen === undefined || minimumHealthy === undefined) return undefined;

  const { count = 0, percent = 0 } = minimumHealthy;
  if (healthy < count) return true;

  const isBelow = (registered: number): boolean => healthy * 100 < percent * registered;
  return isBelow(used.length) === isBelow(targets.length) ? isBelow(used.length) : undefined;
}

/** Whether a target answers calls: it is not unhealthy, or it answered its health check with another status code. */
export function answersCalls({ health, reason }: GroupTarget): boolean {
  return health !== 'unhealthy' || reason === OTHER_CODE;
}

/** Whether a load balancer of the region forwards calls to targets of which none is healthy. */
export function failsOpen(
  { region, clouds }: Pick<RegionIndex, 'region' | 'clouds'>,
  targets: readonly GroupTarget[],
): boolean {
  return clouds.network(region).loadBalancersFailOpen === true && targets.some(({ health }) => health === 'unhealthy');
}

/**
 * The state of a group. `well`: a target is healthy, or the group has a function. `answering`: no target is
 * healthy, but calls are forwarded to all targets, and answered. `dead`: neither. `unread`: its targets were
 * not read. `unknown`: a state that the cloud does not document.
 */
export function stateOf({ kind, targets }: TargetGroup): 'well' | 'answering' | 'dead' | 'unread' | 'unknown' {
  if (targets === undefined) return 'unread';
  if (kind === 'lambda') return targets.length > 0 ? 'well' : 'dead';
  if (targets.some(isHealthy)) return 'well';
  if (targets.some(({ health }) => health === 'unknown')) return 'unknown';

  return unhealthyTargetsAnswer(targets) ? 'answering' : 'dead';
}

/** Whether a load balancer sends calls to it. */
export function isHealthy({ health }: GroupTarget): boolean {
  return health === 'healthy' || health === 'unavailable';
}

/** What is missing where the health of a group's targets was not read. */
export function healthMissing(region: RegionIndex, id: string): Missing {
  const permission = region.clouds.network(region.region).readsTargetHealth;
  return (
    region.missing('targetGroups', id) ?? {
      what: `the health of the targets of ${nameOfGroup(id)}`,
      remedy: `Allow ${permission} for these credentials, then take the snapshot again.`,
      permission,
    }
  );
}

/** The missing fact where the cloud reports an undocumented health state for a target. */
export function wordMissing(id: string): Missing {
  const name = nameOfGroup(id);
  return {
    what: `the health of the targets of ${name}`,
    remedy: `Check the targets of ${name} in the console of the cloud.`,
  };
}

/** A target group as evidence: `2 targets: i-1:8080 unhealthy (Target.Timeout), …`. */
export function groupEvidence({ id, name, targets = [] }: TargetGroup): Evidence {
  const shown = targets.slice(0, 5).map(({ id: target, port, zone, health, reason }) => {
    const where = zone === undefined ? '' : ` in ${zone}`;
    return `${target}${port === undefined ? '' : `:${port}`}${where} ${health}${reason === undefined ? '' : ` (${reason})`}`;
  });
  const more = targets.length > shown.length ? `, and ${targets.length - shown.length} more` : '';
  return { kind: 'target group', id, text: `${name ?? nameOfGroup(id)}: ${shown.join(', ') || 'no targets'}${more}` };
}

/** `orders` of `arn:…:targetgroup/orders/73e2d6bc24d8a067`. */
export function nameOfGroup(id: string): string {
  return id.split(':targetgroup/')[1]?.split('/')[0] ?? id;
}

/** A zone with healthy targets, but too few of them. */
export interface Short {
  readonly zone: string;
  readonly healthy: number;
  readonly of: number;
  readonly minimum: MinimumHealthy;
}

/**
 * DNS failover: where a zone of a load balancer has fewer healthy targets than the group requires, AWS
 * removes the address of the zone from the load balancer's DNS name. Where all zones have too few, all
 * addresses remain. It is not documented whether links resolve the name.
 * @param zone the zone of the calls; undefined where it is unknown
 * @returns what the zone lacks; undefined where its address remains, or where it has no healthy target at all
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/target-group-health.html
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export function leavesDns(
  world: World,
  balancer: LoadBalancer,
  group: TargetGroup,
  zone: string | undefined,
): Short | undefined {
  const { minimumHealthyInDns: minimum, targets = [] } = group;
  if (minimum === undefined || zone === undefined) return undefined;

  const all = targets.map((target): Candidate => ({ group, target }));
  const shortIn = (where: string): Short | undefined => {
    const own = all.filter((one) => serves(world, balancer, one, where) === 'pass').map(({ target }) => target);
    const healthy = own.filter(({ health }) => health === 'healthy' || health === 'unavailable').length;
    const of = own.filter(mayGetCalls).length;
    const { count = 0, percent = 0 } = minimum;
    return healthy < count || healthy * 100 < percent * of ? { zone: where, healthy, of, minimum } : undefined;
  };
  const here = shortIn(zone);
  if (here === undefined || here.healthy === 0) return undefined;

  return balancer.zones?.every((one) => shortIn(one) !== undefined) === true ? undefined : here;
}

/** A zone that is removed from DNS: a warning where calls to it succeed, unknown where they do not. */
export function leftDns(
  { name }: LoadBalancer,
  group: TargetGroup,
  { zone, healthy, of, minimum: { count, percent } }: Short,
  stop: TracedStep | undefined,
): PathStep {
  const own = nameOf(group);
  const minimum = [...(count === undefined ? [] : [`${count}`]), ...(percent === undefined ? [] : [`${percent} %`])];
  return {
    check: 'path/load-balancer',
    hop: 'zone',
    ...(stop === undefined ? { verdict: 'pass', warns: true } : { verdict: 'unknown' }),
    describe: () => ({
      kind: 'target group',
      id: group.id,
      text: `${healthy} of ${of} targets in ${zone} healthy, below the minimum for DNS failover (${minimum.join(', ')})`,
      ...targetHealthReasons.ZONE_LEAVES_DNS({
        group: own,
        zone,
        healthy,
        of,
        minimum,
        balancer: name,
        stop: stop?.step.describe(stop.way),
      }),
    }),
  };
}
