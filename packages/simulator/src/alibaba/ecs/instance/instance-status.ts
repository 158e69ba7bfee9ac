import type { AlibabaCall } from '../../operation/call.js';
import { AlibabaError } from '../../operation/service-error.js';
import type { InstanceRow } from '../../vpc/state.js';
import { INSTANCE_MS } from './instance-timers.js';
import { deleteInterface } from '../../vpc/network.js';

/** What a wrong state is called. */
function incorrectStatus(): AlibabaError {
  return new AlibabaError(
    'IncorrectInstanceStatus',
    'The current status of the resource does not support this operation.',
    403,
  );
}

/** Begins to start a stopped instance. @throws {AlibabaError} `IncorrectInstanceStatus` */
export function startInstanceRow(call: AlibabaCall, row: InstanceRow): void {
  if (row.status !== 'Stopped') throw incorrectStatus();
  row.status = 'Starting';
  call.after(INSTANCE_MS.starting, 'network.instance', { id: row.id, from: row.status });
}

/** Begins to stop a running instance. @throws {AlibabaError} `IncorrectInstanceStatus` */
export function stopInstanceRow(call: AlibabaCall, row: InstanceRow): void {
  if (row.status !== 'Running') throw incorrectStatus();
  row.status = 'Stopping';
  call.after(INSTANCE_MS.stopping, 'network.instance', { id: row.id, from: row.status });
}

/**
 * Refuses to delete an instance in these cases.
 * @throws {AlibabaError} `InvalidOperation.DeletionProtection`, `IncorrectInstanceStatus`,
 * `DependencyViolation.RouteEntry`
 */
export function checkDeletable({ state }: AlibabaCall, row: InstanceRow, force: boolean): void {
  if (row.deletionProtection) {
    throw new AlibabaError(
      'InvalidOperation.DeletionProtection',
      'The operation is not allowed due to deletion protection.', // [?] the words
      403,
    );
  }
  if (row.status === 'Pending' || (row.status !== 'Stopped' && !force)) throw incorrectStatus();
  const routed = [...state.network.routeTables.values()].some(({ entries }) =>
    entries.some(({ nextHopId }) => nextHopId === row.id || nextHopId === row.primaryInterfaceId),
  );
  if (routed) {
    throw new AlibabaError('DependencyViolation.RouteEntry', 'Specified instance is used by route entry.');
  }
}

/** Releases an instance and its interface. Load balancers forget it. */
export function deleteInstanceRow({ state }: AlibabaCall, row: InstanceRow): void {
  deleteInterface({ state }, row.primaryInterfaceId);
  state.network.instances.delete(row.id);
  for (const balancer of state.slb.loadBalancers.values()) {
    balancer.backendServers = balancer.backendServers.filter(({ serverId }) => serverId !== row.id);
  }
  for (const group of state.slb.serverGroups.values()) {
    group.servers = group.servers.filter(({ serverId }) => serverId !== row.id);
  }
}
