import { targetHealth } from '../load-balancing/health.js';
import { loadBalancerAttributes } from '../load-balancing/load-balancer-attributes.js';
import { listenersOf, rulesOf } from '../load-balancing/find.js';
import type { Action, LoadBalancerRow, TargetGroupRow, TargetRow } from '../state/load-balancing-state.js';
import type { RegionState } from '../state/region-state.js';
import type { Finding, Place } from './connection.js';

/** Serves calls, `active_impaired` with trouble to grow. */
const SERVING = new Set(['active', 'active_impaired']);
const OVER_TCP = new Set(['HTTP', 'HTTPS', 'TCP', 'TLS', 'TCP_UDP', 'TCP_QUIC']);
/** `unavailable`: nobody checks, so that everybody counts as healthy. */
const TAKES_CALLS = new Set(['healthy', 'unavailable']);

/**
 * Whether a load balancer has nobody to hand a call to that came to one of its interfaces: its state, a listener on the port,
 * its default action, and a healthy target, in the interface's own zone where cross-zone balancing is off. Where the default
 * action answers by itself, some rule must forward. The way from the load balancer to its targets is not looked at: their health
 * says how it is. That load balancers whose targets are all unhealthy send to them nevertheless is not counted as an answer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html#cross-zone-load-balancing
 */
export function loadBalancerStops(
  { region, eni }: Place,
  balancer: LoadBalancerRow,
  port: number,
  now: number,
): Finding | undefined {
  const name = `Load balancer ${balancer.name}`;
  if (!SERVING.has(balancer.state)) return { by: 'listener', because: `${name} is ${balancer.state}.` };
  const listener = listenersOf(region, balancer.arn).find(
    (row) => row.port === port && OVER_TCP.has(row.protocol ?? ''),
  );
  if (!listener) return { by: 'listener', because: `${name} has no TCP listener on port ${port}.` };
  const byDefault = groupsIn(region, listener.defaultActions);
  const groups =
    byDefault.length > 0 ? byDefault : rulesOf(region, listener.arn).flatMap((rule) => groupsIn(region, rule.actions));
  if (groups.length === 0) {
    const [{ Type = 'forward' } = {}] = listener.defaultActions.slice(-1);
    return { by: 'listener', because: `The listener on port ${port} of ${balancer.name} forwards nothing: ${Type}.` };
  }
  const healthy = groups.flatMap((group) =>
    group.targets
      .filter((target) => TAKES_CALLS.has(targetHealth({ state: region, now }, group, target).State ?? ''))
      .map((target) => ({ group, target })),
  );
  const names = groups.map((group) => group.name).join(', ');
  if (healthy.length === 0) return { by: 'target-health', because: `No target of ${names} is healthy.` };
  const served = healthy.some(
    ({ group, target }) => crossesZones(balancer, group) || zonesOf(region, group, target)?.has(eni.zoneName) !== false,
  );
  if (served) return undefined;
  return {
    by: 'zone',
    because: `No target of ${names} in ${eni.zoneName} is healthy, and ${balancer.name} does not balance across zones.`,
  };
}

/** The target groups that actions forward to. */
function groupsIn({ loadBalancing }: RegionState, actions: readonly Action[]): readonly TargetGroupRow[] {
  const arns = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => {
    const tuples = ForwardConfig?.TargetGroups ?? [];
    if (tuples.length === 0) return TargetGroupArn ?? [];
    return tuples.flatMap((tuple) => (tuple.Weight === 0 && tuples.length > 1 ? [] : (tuple.TargetGroupArn ?? [])));
  });
  return arns.map((arn) => loadBalancing.targetGroups.get(arn)).filter((group) => group !== undefined);
}

function crossesZones(balancer: LoadBalancerRow, { attributes }: TargetGroupRow): boolean {
  const key = 'load_balancing.cross_zone.enabled';
  const own = attributes[key] ?? 'use_load_balancer_configuration';
  return (own === 'use_load_balancer_configuration' ? loadBalancerAttributes(balancer)[key] : own) === 'true';
}

/** The zones that a target is in; undefined for one that every zone serves. */
function zonesOf(
  { ec2, loadBalancing }: RegionState,
  { targetType }: TargetGroupRow,
  { id, availabilityZone }: TargetRow,
): ReadonlySet<string> | undefined {
  if (availabilityZone !== undefined) return availabilityZone === 'all' ? undefined : new Set([availabilityZone]);
  if (targetType === 'alb') return new Set(loadBalancing.loadBalancers.get(id)?.zones.map(({ zoneName }) => zoneName));
  if (targetType !== 'instance') return undefined;
  const enis = [...ec2.interfaces.values()].filter(({ attachment }) => attachment?.instanceId === id);
  return new Set(enis.map(({ zoneName }) => zoneName));
}
