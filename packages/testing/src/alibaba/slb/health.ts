import type { AlibabaRegionState } from '../state/region-state.js';
import type { BackendServerRow, ListenerRow } from '../state/slb-state.js';

/**
 * How well a backend server is, as one listener sees it: every server that runs is well, since what runs on it is not
 * simulated. Health checks come from 100.64.0.0/10, which security groups let through.
 */
export function healthOf(
  { network }: AlibabaRegionState,
  { status, settings }: ListenerRow,
  { serverId, type }: BackendServerRow,
): 'normal' | 'abnormal' | 'unavailable' {
  if (status !== 'running' || settings['HealthCheck'] === 'off') return 'unavailable';
  const instanceId = type === 'eni' ? network.interfaces.get(serverId)?.instanceId : serverId;
  return network.instances.get(instanceId ?? '')?.status === 'Running' ? 'normal' : 'abnormal';
}
