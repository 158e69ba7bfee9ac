import type { ListenerRow, LoadBalancerRow } from './state.js';

/** Access control as listeners answer it; where it is off, only that. */
function aclView({ aclStatus, aclType, aclIds }: ListenerRow) {
  return aclStatus === 'off'
    ? { AclStatus: aclStatus }
    : { AclStatus: aclStatus, AclType: aclType, AclId: aclIds.join(','), AclIds: { AclId: aclIds } };
}

/** What a listener sends to: a port of all servers, or a vServer group. */
function serversView({ backendServerPort, serverGroupId }: ListenerRow) {
  return serverGroupId === undefined ? { BackendServerPort: backendServerPort } : { VServerGroupId: serverGroupId };
}

/** A listener as DescribeLoadBalancer…ListenerAttribute answers it. */
export function listenerDetails(row: ListenerRow): Readonly<Record<string, unknown>> {
  return {
    ...row.settings,
    ...aclView(row),
    ListenerPort: row.port,
    ...serversView(row),
    Status: row.status,
    Description: row.description,
  };
}

/** A listener as DescribeLoadBalancerListeners answers it: what its protocol has in a member of its own. */
export function listenerItem({ id }: LoadBalancerRow, row: ListenerRow): Readonly<Record<string, unknown>> {
  const { aclStatus, aclType, aclIds, settings } = row;
  const { Bandwidth, Scheduler, ...own } = settings;
  return {
    LoadBalancerId: id,
    ListenerProtocol: row.protocol,
    ListenerPort: row.port,
    ...serversView(row),
    Status: row.status,
    Description: row.description,
    Bandwidth,
    Scheduler,
    AclStatus: aclStatus,
    ...(aclStatus === 'on' ? { AclType: aclType, AclId: aclIds[0], AclIds: aclIds } : {}),
    [`${row.protocol.toUpperCase()}ListenerConfig`]: own,
  };
}
