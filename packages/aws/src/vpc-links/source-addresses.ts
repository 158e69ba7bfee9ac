import { unless, type SeenBy, type CallContext } from '@postern/core/internal/adapter';
import type { Listener, TargetGroup } from '@postern/core/internal/snapshot';
import { parseListenerArn } from '../cloud/arn.js';
import { listListeners } from '../load-balancing/load-balancer.js';
import type { ListenerOutput, TargetGroupOutput } from '../sdk-types.js';
import type { Session } from '../client/session.js';
import { listTargetGroups, preservesClientIp } from '../load-balancing/target.js';

/**
 * The source address that the backends of a link see, per target (listener or Cloud Map service, by ARN).
 * For a network load balancer it depends on the target groups, which are read where that is allowed. Without
 * them the text names the kinds of targets.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export async function sourceAddressesOf(
  session: Session,
  targetIds: readonly string[],
  ctx: CallContext,
): Promise<readonly SeenBy[]> {
  const distinct = [...new Set(targetIds)].toSorted();
  const networkListeners = distinct.filter((id) => parseListenerArn(id)?.type === 'net');
  const groups = await unless(groupsOf(session, networkListeners, ctx), 'PERMISSION_DENIED', 'NOT_FOUND');
  return distinct.flatMap((id) => rowsOf(id, groups?.get(id)));
}

/** As {@link sourceAddressesOf}, from listeners and target groups that were read already. */
export function sourceAddressesIn(
  targetIds: readonly string[],
  listeners: readonly Listener[],
  groups: readonly TargetGroup[] | undefined,
): readonly SeenBy[] {
  const listenerById = new Map(listeners.map((one) => [one.id, one] as const));
  const groupById = new Map((groups ?? []).map((one) => [one.id, one] as const));
  return [...new Set(targetIds)].toSorted().flatMap((id) => {
    const used = (listenerById.get(id)?.actions ?? []).flatMap(({ targetGroupIds }) => targetGroupIds ?? []);
    const known = used.flatMap((group) => groupById.get(group) ?? []).map(toKnown);
    return rowsOf(id, known);
  });
}

const TYPES = { instance: 'instance', address: 'ip', 'load-balancer': 'alb', lambda: 'lambda' } as const;

function toKnown({ id, name, kind, protocol, preservesClientAddress }: TargetGroup): KnownGroup {
  const Protocol = protocol as TargetGroupOutput['Protocol'];
  const group = { TargetGroupName: name ?? id, TargetType: TYPES[kind], Protocol };
  return { group, preserves: preservesClientAddress };
}

interface KnownGroup {
  readonly group: Pick<TargetGroupOutput, 'TargetGroupName' | 'TargetType' | 'Protocol'>;
  readonly preserves: boolean | undefined;
}

function rowsOf(targetId: string, groups: readonly KnownGroup[] | undefined): readonly SeenBy[] {
  const listener = parseListenerArn(targetId);
  if (listener === undefined) {
    const because = 'Calls go directly from the link to the registered instances.';
    return /:servicediscovery:/.test(targetId) ? [{ target: targetId, source: 'link', because }] : [];
  }
  if (listener.type === 'app') {
    const because =
      'An application load balancer calls its targets from its own addresses; only the load balancer sees the link.';
    return [{ target: targetId, source: 'load-balancer', because }];
  }
  if (groups === undefined || groups.length === 0) return UNREAD_NETWORK.map((row) => ({ ...row, target: targetId }));

  return groups.map((known) => networkRow(targetId, known));
}

/** Instances: preserved unless switched off. IP targets: for TCP and TLS not preserved unless switched on. ALBs: always. */
export function networkRow(targetId: string, { group, preserves }: KnownGroup): SeenBy {
  const name = group.TargetGroupName;
  const type = group.TargetType ?? 'instance';
  const byDefault = type !== 'ip' || !['TCP', 'TLS'].includes(group.Protocol ?? '');
  const kept = type === 'alb' || (preserves ?? byDefault);
  const said = preserves === undefined || type === 'alb' ? 'by default' : 'according to its attribute';
  return {
    target: targetId,
    source: kept ? 'link' : 'load-balancer',
    because: kept
      ? `Target group ${name} (${type}) preserves the client IP address ${said}.`
      : `Target group ${name} (${type}) does not preserve the client IP address ${said}; its targets see the load balancer.`,
  };
}

/** What every kind of target sees, for a link without a target. */
export const SEEN_BY_KIND: readonly SeenBy[] = [
  {
    target: 'application load balancer',
    source: 'load-balancer',
    because:
      'An application load balancer calls its targets from its own addresses; only the load balancer sees the link.',
  },
  {
    target: 'network load balancer, instance targets',
    source: 'link',
    because: 'Such target groups preserve the client IP address by default.',
  },
  {
    target: 'network load balancer, IP targets',
    source: 'load-balancer',
    because: 'For TCP and TLS such target groups do not preserve the client IP address by default.',
  },
  {
    target: 'network load balancer, application load balancer behind it',
    source: 'link',
    because:
      'Such target groups always preserve the client IP address, so the application load balancer sees the link.',
  },
  {
    target: 'Cloud Map service',
    source: 'link',
    because: 'Calls go directly from the link to the registered instances.',
  },
];

const UNREAD_NETWORK: readonly Omit<SeenBy, 'target'>[] = [
  {
    source: 'link',
    because: 'Instance and load balancer targets of a network load balancer see the client by default.',
  },
  {
    source: 'load-balancer',
    because: 'IP targets of a network load balancer with TCP or TLS see the load balancer by default.',
  },
];

/** The target groups that each listener forwards to. */
async function groupsOf(
  session: Session,
  listenerArns: readonly string[],
  ctx: CallContext,
): Promise<ReadonlyMap<string, readonly KnownGroup[]>> {
  if (listenerArns.length === 0) return new Map();

  const balancers = [...new Set(listenerArns.flatMap((arn) => parseListenerArn(arn)?.loadBalancerArn ?? []))];
  const [all, ...lists] = await Promise.all([
    listTargetGroups(session, ctx),
    ...balancers.map((arn) => listListeners(session, arn, ctx)),
  ]);
  const listeners = lists.flat();
  const used = new Set(listeners.filter(isOneOf(listenerArns)).flatMap(forwardsTo));
  const known = new Map<string, KnownGroup>();
  await Promise.all(
    all.map(async (group) => {
      const arn = group.TargetGroupArn;
      if (used.has(arn)) known.set(arn, { group, preserves: await preservesClientIp(session, arn, ctx) });
    }),
  );
  return new Map(
    listeners
      .filter(isOneOf(listenerArns))
      .map((one) => [one.ListenerArn, forwardsTo(one).flatMap((arn) => known.get(arn) ?? [])] as const),
  );
}

function isOneOf(arns: readonly string[]) {
  return ({ ListenerArn }: ListenerOutput) => arns.includes(ListenerArn);
}

function forwardsTo({ DefaultActions }: ListenerOutput): readonly string[] {
  return (DefaultActions ?? []).flatMap(({ TargetGroupArn, ForwardConfig }) => [
    ...(TargetGroupArn === undefined ? [] : [TargetGroupArn]),
    ...(ForwardConfig?.TargetGroups ?? [])
      .flatMap((one) => one.TargetGroupArn ?? [])
      .filter((arn) => arn !== TargetGroupArn),
  ]);
}
