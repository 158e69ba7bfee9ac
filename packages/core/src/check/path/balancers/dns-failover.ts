import { targetHealthReasons } from '../reasons/target-health.js';
import type { LoadBalancer, MinimumHealthy, TargetGroup } from '../../../do/model/load-balancer.js';
import { mayGetCalls } from './fail-open.js';
import type { PathStep } from '../model/step.js';
import type { TracedStep } from '../model/trace.js';
import type { Candidate } from './candidate.js';
import { nameOf } from './target-health-steps.js';
import { serves } from './target-zones.js';
import type { World } from '../model/world.js';

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
