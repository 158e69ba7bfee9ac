import type { AlibabaRegionState } from '../state/region-state.js';
import type { BackendServerRow, ListenerRow, LoadBalancerRow } from '../state/slb-state.js';
import { listenerKey } from './load-balancer.js';

/**
 * The health of a backend server for one listener. Every running server is healthy, since the software on it
 * is not simulated. Health checks come from 100.64.0.0/10, which security groups allow.
 */
export function healthOf(
  { network }: AlibabaRegionState,
  { protocol, port, status, settings }: ListenerRow,
  { serverId, type, health }: BackendServerRow,
): 'normal' | 'abnormal' | 'unavailable' {
  const seen = health?.[listenerKey(protocol, port)];
  if (seen !== undefined) return seen;
  if (status !== 'running' || settings['HealthCheck'] === 'off') return 'unavailable';
  const instanceId = type === 'eni' ? network.interfaces.get(serverId)?.instanceId : serverId;
  return network.instances.get(instanceId ?? '')?.status === 'Running' ? 'normal' : 'abnormal';
}

/** The servers that a listener sends to: those of its vServer group, or else those of the load balancer. */
export function serversOf(
  { slb }: AlibabaRegionState,
  { backendServers }: LoadBalancerRow,
  { protocol, port, serverGroupId }: ListenerRow,
): readonly BackendServerRow[] {
  if (serverGroupId !== undefined) return slb.serverGroups.get(serverGroupId)?.servers ?? [];
  return backendServers.filter(({ only }) => only === undefined || only.includes(listenerKey(protocol, port)));
}

/** Where a server listens to what a listener sends it. */
export function serverPort({ port, backendServerPort }: ListenerRow, server: BackendServerRow): number {
  return server.port ?? backendServerPort ?? port;
}
