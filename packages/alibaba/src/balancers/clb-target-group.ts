import { unlessGone, type CallContext } from '@postern/core/internal/adapter';
import type { GroupTarget, LoadBalancer, TargetGroup } from '@postern/core/internal/snapshot';
import type { Answer } from '../client/apis/actions.js';
import { listenerIds, type ListenerOutput, ruleGroupId } from './clb-listener.js';
import { eachOf, numberOf, plain } from '../client/plain.js';
import type { Session } from '../client/session.js';

/** How well one backend server is, as one listener sees it. */
export type HealthOutput = NonNullable<
  NonNullable<Answer<'Slb', 'DescribeHealthStatus'>['BackendServers']>['BackendServer']
>[number];

/** The health of all backend servers of a load balancer, for each of its listeners. */
export async function readHealth(session: Session, id: string, ctx: CallContext): Promise<readonly HealthOutput[]> {
  const found = await unlessGone(session.call(ctx, 'Slb', 'DescribeHealthStatus', { LoadBalancerId: id }));
  return found?.BackendServers?.BackendServer ?? [];
}

/** What was read of the servers behind one load balancer. */
export interface Servers {
  readonly health: readonly HealthOutput[];
  /** The weight of each server of the default group, by id. */
  readonly weights: ReadonlyMap<string, number>;
  /** The servers of each vServer group that was read. */
  readonly groups: ReadonlyMap<string, readonly ServerOutput[]>;
}

export type ServerOutput = NonNullable<
  NonNullable<Answer<'Slb', 'DescribeVServerGroupAttribute'>['BackendServers']>['BackendServer']
>[number];

/** The servers of vServer groups, by the groups' ids: a call for each. A deleted group has none. */
export async function readServerGroups(
  session: Session,
  ids: readonly string[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, readonly ServerOutput[]>> {
  const lists = await eachOf([...new Set(ids)].toSorted(), async (VServerGroupId) => {
    const found = await unlessGone(session.call(ctx, 'Slb', 'DescribeVServerGroupAttribute', { VServerGroupId }));
    return [VServerGroupId, found?.BackendServers?.BackendServer ?? []] as const;
  });
  return new Map(lists);
}

/** The backend servers of a listener in the portable form. `servers` is undefined where they could not be read. */
export function toTargetGroup(
  row: ListenerOutput,
  balancer: LoadBalancer | undefined,
  servers: Servers | undefined,
): TargetGroup {
  const { LoadBalancerId = '', ListenerProtocol = '', ListenerPort } = row;
  const protocol = ListenerProtocol.toUpperCase();
  const settings = row.TCPListenerConfig ?? row.UDPListenerConfig ?? row.HTTPListenerConfig ?? row.HTTPSListenerConfig;
  const layer4 = protocol === 'TCP' || protocol === 'UDP';
  const own = servers?.health.filter(
    (one) =>
      numberOf(one.ListenerPort) === numberOf(ListenerPort) &&
      (one.Protocol === undefined || one.Protocol.toLowerCase() === ListenerProtocol.toLowerCase()),
  );
  return {
    id: listenerIds(row).group,
    kind: 'instance',
    protocol,
    port: numberOf(row.BackendServerPort),
    networkId: balancer?.networkId,
    loadBalancerIds: [LoadBalancerId],
    crossZone: true,
    // Layer 7 listeners call from the service's own addresses, in 100.64.0.0/10.
    preservesClientAddress: layer4,
    healthCheck: {
      enabled: !/^off$/i.test(settings?.HealthCheck ?? 'on'),
      protocol: layer4 ? (settings?.HealthCheckType ?? protocol).toUpperCase() : 'HTTP',
      port: numberOf(settings?.HealthCheckConnectPort) || undefined,
    },
    targets: own?.map((one) => toTarget(one, servers && weightOf(row, one, servers))),
    raw: plain({ VServerGroupId: row.VServerGroupId ?? null, Servers: own ?? null }),
  };
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-describehealthstatus */
const HEALTH: Readonly<Record<string, GroupTarget['health']>> = {
  normal: 'healthy',
  abnormal: 'unhealthy',
  // The check is switched off, or its listener is stopped.
  unavailable: 'unavailable',
};

/**
 * The target group for a vServer group to which rules of a listener forward. The listener's health checks do
 * not apply to it.
 */
export function toRuleGroup(
  row: ListenerOutput,
  balancer: LoadBalancer | undefined,
  vServerGroupId: string,
  servers: readonly ServerOutput[] | undefined,
): TargetGroup {
  const base = toTargetGroup(row, balancer, undefined);
  return {
    ...base,
    id: ruleGroupId(row, vServerGroupId),
    port: undefined,
    targets: servers?.map(({ ServerId, Port, Weight }) => ({
      id: ServerId ?? '',
      port: numberOf(Port),
      zone: 'all',
      ...(numberOf(Weight) === 0
        ? { health: 'unused', reason: 'weight 0' }
        : { health: 'unknown', reason: 'its health as a server of a rule is not read' }),
    })),
    raw: plain({ VServerGroupId: vServerGroupId, Servers: servers ?? null }),
  };
}

/**
 * The weight of a server, in the group that the listener sends to. `unread` where that group was not read,
 * or has no weight.
 */
function weightOf(
  { VServerGroupId: group }: ListenerOutput,
  { ServerId, Port }: HealthOutput,
  { weights, groups }: Servers,
): number | 'unread' | undefined {
  if (!group) return weights.get(ServerId ?? '');

  const own = groups.get(group)?.filter((one) => one.ServerId === ServerId);
  const sameServer = own?.find((one) => numberOf(one.Port) === numberOf(Port)) ?? own?.[0];
  return numberOf(sameServer?.Weight) ?? 'unread';
}

function toTarget(row: HealthOutput, weight: number | 'unread' | undefined): GroupTarget {
  const word = (row.ServerHealthStatus ?? '').toLowerCase();
  const health = (Object.hasOwn(HEALTH, word) ? HEALTH[word] : undefined) ?? 'unknown';
  const base = { id: row.ServerId ?? '', port: numberOf(row.Port), zone: 'all' };
  // One that is well may have no weight.
  if (weight === 'unread' && (health === 'healthy' || health === 'unavailable')) {
    return { ...base, health: 'unknown', reason: `${word}, and its weight in the server group was not read` };
  }

  // A server without weight gets no calls, however well it is.
  return weight === 0
    ? { ...base, health: 'unused', reason: `weight 0, ${word}` }
    : { ...base, health, reason: word || undefined };
}
