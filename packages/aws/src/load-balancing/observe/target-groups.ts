import { defined, unlessGone, type Gaps, type CallContext } from '@postern/core/internal/adapter';
import type { GroupTarget, LoadBalancer, TargetGroup } from '@postern/core/internal/snapshot';
import { flagOf, secondsOf, targetGroupAttributes } from '../load-balancer.js';
import type { TargetGroupOutput, TargetHealthOutput } from '../../sdk-types.js';
import { plain, sent, type Session } from '../../client/session.js';
import type { ZoneFinder } from '../../networks/subnet.js';

/**
 * Target groups with attributes and the health of their targets: two calls for each, as AWS has no other.
 * Zones are still names.
 */
export async function withAttributesAndHealth(
  session: Session,
  groups: readonly TargetGroupOutput[],
  gaps: Gaps,
  ctx: CallContext,
): Promise<readonly TargetGroup[]> {
  const read = await Promise.all(
    groups.map(async (group): Promise<TargetGroup | undefined> => {
      const id = group.TargetGroupArn;
      const kind = KINDS.get(group.TargetType);
      if (kind === undefined) {
        const about = { of: 'targetGroups', noun: 'target group', member: 'target type' } as const;
        gaps.undocumented({ ...about, id, word: group.TargetType, operation: 'DescribeTargetGroups' });
        return undefined;
      }

      const [attributes, health] = await Promise.all([
        gaps.attempt({ what: `attributes of ${id}`, of: 'targetGroups', id }, () =>
          targetGroupAttributes(session, id, ctx),
        ),
        gaps.attempt({ what: `health of the targets of ${id}`, of: 'targetGroups', id }, () =>
          unlessGone(targetHealthOf(session, id, ctx)),
        ),
      ]);
      return toTargetGroup(group, kind, attributes, health);
    }),
  );
  return read.flatMap((one) => one ?? []);
}

async function targetHealthOf(session: Session, id: string, ctx: CallContext): Promise<readonly TargetHealthOutput[]> {
  const { TargetHealthDescriptions } = await session.call(ctx, 'elasticloadbalancing', 'DescribeTargetHealth', {
    TargetGroupArn: id,
  });
  return sent(TargetHealthDescriptions, 'TargetHealthDescriptions', 'DescribeTargetHealth');
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html (TargetType) */
const KINDS: ReadonlyMap<string | undefined, TargetGroup['kind']> = new Map([
  ['instance', 'instance'],
  ['ip', 'address'],
  ['alb', 'load-balancer'],
  ['lambda', 'lambda'],
]);

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
const DELAY = 'deregistration_delay';

function toTargetGroup(
  group: TargetGroupOutput,
  kind: TargetGroup['kind'],
  attributes: ReadonlyMap<string, string> | undefined,
  health: readonly TargetHealthOutput[] | undefined,
): TargetGroup {
  const { HealthCheckEnabled, HealthCheckPort = '', Protocol: protocol } = group;
  const spoken = protocol === 'HTTP' || protocol === 'HTTPS';
  const delay = secondsOf(attributes, `${DELAY}.timeout_seconds`);
  return {
    id: group.TargetGroupArn,
    name: group.TargetGroupName,
    kind,
    protocol,
    protocolVersion: group.ProtocolVersion,
    port: group.Port,
    networkId: group.VpcId,
    loadBalancerIds: [...(group.LoadBalancerArns ?? [])],
    crossZone: flagOf(attributes, 'load_balancing.cross_zone.enabled'),
    // An application load balancer calls its targets itself: such groups have no attribute for it.
    preservesClientAddress: spoken ? false : flagOf(attributes, 'preserve_client_ip.enabled'),
    minimumHealthy: attributes && minimumOf(attributes, 'unhealthy_state_routing'),
    minimumHealthyInDns: attributes && minimumOf(attributes, 'dns_failover'),
    deregistrationDelayMs: delay === undefined ? undefined : delay * 1000,
    // An application load balancer has no setting for it: it answers what is still open with the status 502.
    closesAfterDelay: spoken ? attributes && true : flagOf(attributes, `${DELAY}.connection_termination.enabled`),
    healthCheck:
      HealthCheckEnabled === undefined
        ? undefined
        : {
            enabled: HealthCheckEnabled,
            protocol: group.HealthCheckProtocol,
            port: /^\d{1,5}$/.test(HealthCheckPort) ? Number(HealthCheckPort) : undefined,
          },
    targets: health?.map(toTarget),
    raw: plain(group),
  };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html */
function minimumOf(
  attributes: ReadonlyMap<string, string>,
  action: 'unhealthy_state_routing' | 'dns_failover',
): TargetGroup['minimumHealthy'] {
  const value = (unit: 'count' | 'percentage'): number | undefined => {
    const text = attributes.get(`target_group_health.${action}.minimum_healthy_targets.${unit}`);
    return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
  };
  const [count, percent] = [value('count'), value('percentage')];
  return { ...defined({ count, percent }) };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
const HEALTH: ReadonlyMap<string | undefined, GroupTarget['health']> = new Map([
  ['healthy', 'healthy'],
  ['unhealthy', 'unhealthy'],
  ['unhealthy.draining', 'unhealthy'],
  ['initial', 'initial'],
  ['draining', 'draining'],
  ['unused', 'unused'],
  ['unavailable', 'unavailable'],
]);

/**
 * Of a shift that acts on DNS alone, its state is not in the answer.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_AdministrativeOverride.html
 */
const SHIFTED: ReadonlyMap<string | undefined, boolean> = new Map([
  ['zonal_shift_active', true],
  ['no_override', false],
]);

function toTarget({ Target, TargetHealth, AdministrativeOverride }: TargetHealthOutput): GroupTarget {
  return {
    id: Target?.Id ?? '',
    port: Target?.Port,
    zone: Target?.AvailabilityZone,
    health: HEALTH.get(TargetHealth?.State) ?? 'unknown',
    reason: TargetHealth?.Reason,
    shifted: SHIFTED.get(AdministrativeOverride?.State),
  };
}

/** The same group with the ids of zones instead of their names, and the zones that AWS left for one to find. */
export function withZones(group: TargetGroup, zones: ZoneFinder, balancers: readonly LoadBalancer[]): TargetGroup {
  return {
    ...group,
    targets: group.targets?.map((target) => ({ ...target, zone: zoneOf(target, group, zones, balancers) })),
  };
}

function zoneOf(
  { id, zone }: GroupTarget,
  { kind, networkId, loadBalancerIds }: TargetGroup,
  zones: ZoneFinder,
  balancers: readonly LoadBalancer[],
): string | undefined {
  if (zone === 'all') return zone;
  if (zone !== undefined) return zones.idOf(zone) ?? zone;
  if (kind === 'instance' || kind === 'address') return zones.ofTarget(id, networkId);
  if (kind !== 'load-balancer') return undefined;

  // A load balancer is a target in each of its zones. It covers every zone if it is in all zones of the load
  // balancers that call it.
  const own = balancers.find((one) => one.id === id)?.zones;
  const callers = balancers.filter((one) => loadBalancerIds.includes(one.id)).map((one) => one.zones);
  const known = callers.length === loadBalancerIds.length && callers.length > 0;
  return known && callers.every((from) => from?.every((one) => own?.includes(one))) ? 'all' : undefined;
}
