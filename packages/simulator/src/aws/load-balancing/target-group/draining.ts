import type { AwsCall } from '../../operation/call.js';
import type { TargetGroupRow, TargetRow } from '../state.js';
import type { RegionState } from '../../state/region-state.js';
import { familyOf, targetGroupAttribute, targetGroupAttributes } from './target-group-attributes.js';

/**
 * Deregisters a target. It drains for the group's delay, then it is removed. One that no load balancer uses
 * is removed at once.
 */
export function deregister(call: AwsCall, group: TargetGroupRow, target: TargetRow): void {
  if (target.deregisteredAt !== undefined) return;
  const seconds = Number(targetGroupAttributes(group)['deregistration_delay.timeout_seconds'] ?? 0);
  if (group.attachedAt === undefined || seconds === 0) {
    group.targets = group.targets.filter((row) => row !== target);
    return;
  }
  target.deregisteredAt = call.now;
  call.after(seconds * 1000, 'load-balancing.drained', {
    group: group.arn,
    id: target.id,
    port: target.port ?? 0,
    at: call.now,
  });
}

/** The timer's end of draining. A target that was registered again before it stays. */
export function removeDrained(call: AwsCall, data: Readonly<Record<string, string | number>>): void {
  const group = call.state.loadBalancing.targetGroups.get(String(data['group']));
  if (group === undefined) return;
  group.targets = group.targets.filter(
    (row) => !(row.id === data['id'] && (row.port ?? 0) === data['port'] && row.deregisteredAt === data['at']),
  );
}

/**
 * Why the connection of a call to a target no longer exists: the target was deregistered, and its delay is over. A network
 * load balancer keeps connections, unless an attribute of the group says otherwise.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html#http-502-issues
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html#deregistration-delay
 */
export function closedBy(
  { loadBalancing }: Pick<RegionState, 'loadBalancing'>,
  arn: string,
  { id, port }: TargetRow,
): string | undefined {
  const group = loadBalancing.targetGroups.get(arn);
  if (group === undefined || group.targets.some((row) => row.id === id && row.port === port)) return undefined;
  const isClosed =
    familyOf(group) === 'http' ||
    targetGroupAttribute(group, 'deregistration_delay.connection_termination.enabled') === 'true';
  return isClosed ? `${id} was deregistered from ${group.name}, and its deregistration delay is over.` : undefined;
}
