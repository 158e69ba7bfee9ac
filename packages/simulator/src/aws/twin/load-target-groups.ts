import type { ProtocolEnum, TargetHealthReasonEnum } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { GroupTarget, TargetGroup, RegionSnapshot } from '@postern/core/internal/snapshot';
import type { AwsCall } from '../operation/operation.js';
import { targetHealth } from '../load-balancing/target-group/health.js';
import { loadBalancersOf } from '../load-balancing/find.js';
import { zonesOf } from '../ec2/subnet/zones.js';
import type { HealthCheck } from '../load-balancing/target-group/health-checks.js';
import type { TargetGroupRow, TargetRow } from '../load-balancing/state.js';
import type { Lack } from './lack.js';

/** Target groups, with the health of their targets. To be called after listeners are loaded. */
export function loadTargetGroups(call: AwsCall, { targetGroups }: RegionSnapshot, lack: Lack): void {
  if (targetGroups === undefined) return lack(`the target groups of ${call.region} were not read`);

  for (const group of targetGroups) {
    if (group.targets === undefined) lack(`the targets of ${group.id} were not read`);
    const row = groupRow(call, group);
    call.state.loadBalancing.targetGroups.set(row.fields.TargetGroupArn, row);
    row.targets = (group.targets ?? []).map((target) => targetRow(call, row, target, lack));
    const users = loadBalancersOf(call.state, row.fields.TargetGroupArn).map(({ fields }) => fields.LoadBalancerArn);
    for (const id of group.loadBalancerIds)
      if (!users.includes(id)) lack(`the listeners by which ${id} uses ${group.id}`);
  }
}

const TYPES = { instance: 'instance', address: 'ip', 'load-balancer': 'alb', lambda: 'lambda' } as const;

function groupRow(call: AwsCall, group: TargetGroup): TargetGroupRow {
  const { id: arn, crossZone, preservesClientAddress, protocol } = group;
  const spoken = protocol === 'HTTP' || protocol === 'HTTPS';
  return {
    fields: {
      TargetGroupArn: arn,
      TargetGroupName: group.name ?? arn.split('/')[1] ?? '',
      TargetType: TYPES[group.kind],
      Protocol: protocol as ProtocolEnum | undefined,
      ProtocolVersion: group.protocolVersion ?? (spoken ? 'HTTP1' : undefined),
      Port: group.port,
      VpcId: group.networkId,
      IpAddressType: group.kind === 'lambda' ? undefined : 'ipv4',
      ...healthCheck(group),
    },
    attributes: {
      ...(crossZone === undefined ? {} : { 'load_balancing.cross_zone.enabled': String(crossZone) }),
      ...(spoken || preservesClientAddress === undefined
        ? {}
        : { 'preserve_client_ip.enabled': String(preservesClientAddress) }),
      ...minimumAttributes('unhealthy_state_routing', group.minimumHealthy),
      ...minimumAttributes('dns_failover', group.minimumHealthyInDns),
      ...delayAttributes(group, spoken),
    },
    tags: {},
    targets: [],
    // Whatever is used was so long before.
    attachedAt: loadBalancersOf(call.state, arn).length > 0 ? 0 : undefined,
  };
}

/** The attributes of one action; a member that is not there was off. */
function minimumAttributes(
  action: 'unhealthy_state_routing' | 'dns_failover',
  minimum: TargetGroup['minimumHealthy'],
): Record<string, string> {
  if (minimum === undefined) return {};

  const key = `target_group_health.${action}.minimum_healthy_targets`;
  const { count, percent } = minimum;
  return {
    ...(count === undefined && action !== 'dns_failover' ? {} : { [`${key}.count`]: String(count ?? 'off') }),
    ...(percent === undefined ? {} : { [`${key}.percentage`]: String(percent) }),
  };
}

/** Whether connections are closed is an attribute of groups of network load balancers alone. */
function delayAttributes(
  { deregistrationDelayMs, closesAfterDelay }: TargetGroup,
  spoken: boolean,
): Record<string, string> {
  const key = 'deregistration_delay';
  return {
    ...(deregistrationDelayMs === undefined
      ? {}
      : { [`${key}.timeout_seconds`]: String(deregistrationDelayMs / 1000) }),
    ...(spoken || closesAfterDelay === undefined
      ? {}
      : { [`${key}.connection_termination.enabled`]: String(closesAfterDelay) }),
  };
}

function healthCheck({ healthCheck: own }: TargetGroup): HealthCheck {
  const protocol = own?.protocol as ProtocolEnum | undefined;
  return {
    HealthCheckEnabled: own?.enabled ?? true,
    HealthCheckProtocol: protocol,
    HealthCheckPort: String(own?.port ?? 'traffic-port'),
    HealthCheckIntervalSeconds: 30,
    HealthCheckTimeoutSeconds: 5,
    HealthyThresholdCount: 5,
    UnhealthyThresholdCount: 2,
    ...(protocol === 'HTTP' || protocol === 'HTTPS' ? { HealthCheckPath: '/', Matcher: { HttpCode: '200' } } : {}),
  };
}

/** Ages of a target's registration at which its health differs: long settled, first checked, just registered. */
const AGES_MS = [24 * 3_600_000, 10_000, 0];

/**
 * A target with its previous health, by the simulation's own rules where possible; it then changes as others
 * do. Else the world sets the health, as it does for a target that fails its checks.
 */
function targetRow(call: AwsCall, group: TargetGroupRow, target: GroupTarget, lack: Lack): TargetRow {
  const row = (ageMs: number): TargetRow => ({
    id: target.id,
    port: target.port,
    availabilityZone: zoneName(call, target.zone),
    quicServerId: undefined,
    registeredAt: call.now - ageMs,
    deregisteredAt: target.health === 'draining' ? call.now : undefined,
    health: undefined,
    shifted: target.shifted,
  });
  const wanted = { state: target.health, reason: target.reason };
  const isSo = (candidate: TargetRow): boolean => {
    const { State, Reason } = targetHealth(call, group, candidate);
    return State === wanted.state && Reason === wanted.reason;
  };
  const own = AGES_MS.map(row).find(isSo);
  if (own !== undefined) return own;

  const state = target.health === 'unknown' ? 'unavailable' : target.health;
  const reason = target.reason as TargetHealthReasonEnum | undefined;
  const said = { ...row(AGES_MS[0] ?? 0), health: { State: state, Reason: reason } };
  if (!isSo(said)) lack(`why ${target.id} of ${group.fields.TargetGroupArn} is ${target.health} is not in a snapshot`);
  return said;
}

function zoneName({ region, account, state }: AwsCall, zone: string | undefined): string | undefined {
  if (zone === undefined || zone === 'all') return zone;

  const known = [...state.ec2.subnets.values()].find(({ zoneId }) => zoneId === zone);
  return known?.zoneName ?? zonesOf(region, account).find(({ id }) => id === zone)?.name ?? zone;
}
