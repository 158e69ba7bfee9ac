import type { ConditionAt } from '../../simulation/traffic/backends/backends.js';
import { failingCondition, type Condition } from '../../simulation/traffic/backends/backend.js';
import type { InterfaceRow } from '../vpc/state.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import type { BackendServerRow, ListenerRow, ListenerRuleRow, LoadBalancerRow } from './state.js';
import { listenerKey } from './load-balancer.js';

/** What health checks meet, and when: simulated milliseconds since the epoch. */
export interface Checks {
  readonly now: number;
  readonly conditionAt: ConditionAt;
}

/**
 * The health of a backend server for one listener. A server that runs is healthy while what answers on it passes its health checks:
 * without `checks` it does. Health checks come from 100.64.0.0/10, which security groups allow.
 */
export function healthOf(
  { network }: AlibabaRegionState,
  listener: ListenerRow,
  server: BackendServerRow,
  checks?: Checks,
): 'normal' | 'abnormal' | 'unavailable' {
  const { protocol, ListenerPort, Status, settings } = listener;
  const { ServerId, Type, health } = server;
  const seen = health?.[listenerKey(protocol, ListenerPort)];
  if (seen !== undefined) return seen;
  if (Status !== 'running' || settings['HealthCheck'] === 'off') return 'unavailable';

  const own = Type === 'eni' ? network.interfaces.get(ServerId) : undefined;
  const instance = network.instances.get((Type === 'eni' ? own?.instanceId : ServerId) ?? '');
  if (instance?.Status !== 'Running') return 'abnormal';

  const eni = own ?? network.interfaces.get(instance.primaryInterfaceId);
  return checks && eni && isFailing(listener, server, eni, checks) ? 'abnormal' : 'normal';
}

/**
 * Whether what answers at a server has failed as many checks as the listener's threshold says, one after the other, and has not passed
 * as many since.
 * @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/user-guide/health-check-overview
 */
function isFailing(
  listener: ListenerRow,
  server: BackendServerRow,
  { vpcId: network, primaryIpAddress, instanceId: instance }: InterfaceRow,
  { now, conditionAt }: Checks,
): boolean {
  const { settings } = listener;
  const number = (name: string, usual: number): number => Number(settings[name] ?? usual);
  const port = number('HealthCheckConnectPort', 0) || serverPort(listener, server);
  const address = server.serverIp === '' ? primaryIpAddress : server.serverIp;
  const intervalMs = number('HealthCheckInterval', 2) * 1000;
  const check = {
    passes: (condition: Condition) => passes(listener, condition),
    unhealthyMs: number('UnhealthyThreshold', 3) * intervalMs,
    healthyMs: number('HealthyThreshold', 3) * intervalMs,
  };
  return failingCondition(conditionAt({ address, port, instance, network }), check, now) !== undefined;
}

/** Checks over TCP look at connections only; checks over HTTP at the status, and at the time that it took. */
function passes({ protocol, settings }: ListenerRow, { answers, status, delayMs }: Condition): boolean {
  const isHttp = protocol === 'tcp' ? settings['HealthCheckType'] === 'http' : protocol !== 'udp';
  if (!answers || !isHttp) return answers;

  const codes = String(settings['HealthCheckHttpCode'] ?? 'http_2xx').split(',');
  const timeout = Number(settings[protocol === 'tcp' ? 'HealthCheckConnectTimeout' : 'HealthCheckTimeout'] ?? 5);
  return codes.includes(`http_${Math.floor(status / 100)}xx`) && delayMs <= timeout * 1000;
}

/** The servers that a listener sends to: those of a rule's or its own vServer group, or else those of the load balancer. */
export function serversOf(
  { slb }: AlibabaRegionState,
  { backendServers }: LoadBalancerRow,
  { protocol, ListenerPort, VServerGroupId }: ListenerRow,
  rule?: ListenerRuleRow,
): readonly BackendServerRow[] {
  const groupId = rule?.VServerGroupId ?? VServerGroupId;
  if (groupId !== undefined) return slb.serverGroups.get(groupId)?.servers ?? [];

  return backendServers.filter(({ only }) => only === undefined || only.includes(listenerKey(protocol, ListenerPort)));
}

/** Where a server listens to what a listener sends it. */
export function serverPort({ ListenerPort, BackendServerPort }: ListenerRow, { Port }: BackendServerRow): number {
  return Port ?? BackendServerPort ?? ListenerPort;
}
