import { raise, rowBy } from '../../simulation/raise.js';
import type { AlibabaRegionState } from '../state/alibaba-state.js';
import {
  LOAD_BALANCER,
  type ListenerProtocol,
  type ListenerRow,
  type LoadBalancerRow,
  type ServerGroupRow,
  type BackendServerRow,
  type ListenerRuleRow,
} from './state.js';
import { slbWords } from './request.js';
import { shown, type AlibabaCall, type Shown } from '../operation/operation.js';
import { seconds } from '../vpc/request/text-rules.js';
import { namedTagPairs } from '../vpc/request/tags.js';
import type { ConditionAt } from '../../simulation/traffic/backends/backends.js';
import { failingCondition, type Condition } from '../../simulation/traffic/backends/backend.js';
import type { InterfaceRow } from '../vpc/state.js';

/** The load balancer, or undefined where the ID does not exist. */
export function findLoadBalancer({ slb }: AlibabaRegionState, id: string): LoadBalancerRow | undefined {
  return slb.loadBalancers.get(id);
}

/** @throws {AlibabaError} `InvalidLoadBalancerId.NotFound` */
export function getLoadBalancer(state: AlibabaRegionState, id: string): LoadBalancerRow {
  return findLoadBalancer(state, id) ?? raise(slbWords.noBalancer());
}

/** Where a load balancer keeps a listener. */
export function listenerKey(protocol: ListenerProtocol, port: number): string {
  return `${protocol}:${port}`;
}

/**
 * The listener of a port; with a protocol: that one's.
 * @throws {AlibabaError} `ListenerNotFound`; `InvalidParameter` [?] where two protocols listen and none is named
 */
export function getListener(balancer: LoadBalancerRow, port: number, protocol?: string): ListenerRow {
  const rows = [...balancer.listeners.values()].filter(
    (row) => row.ListenerPort === port && (protocol === undefined || row.protocol === protocol),
  );
  const [row, second] = rows;
  if (!row) throw slbWords.noListener();
  if (second) throw slbWords.invalid('The parameter ListenerProtocol is required, because two listeners use the port.');

  return row;
}

/** @throws {AlibabaError} `AclNotExist` */
export const getAccessControlList = rowBy(({ slb }: AlibabaRegionState) => slb.accessControlLists, slbWords.noAcl);

/** @throws {AlibabaError} `InvalidParameter` */
export const getServerGroup = rowBy(({ slb }: AlibabaRegionState) => slb.serverGroups, slbWords.noServerGroup);

/** The listeners that send to a vServer group. */
export function listenersOf({ slb }: AlibabaRegionState, group: ServerGroupRow): ListenerRow[] {
  const listeners = slb.loadBalancers.get(group.LoadBalancerId)?.listeners.values() ?? [];
  return [...listeners].filter(({ VServerGroupId }) => VServerGroupId === group.VServerGroupId);
}

/** Every listener that uses an access control list, with its load balancer. */
export function listenersWith(
  { slb }: AlibabaRegionState,
  aclId: string,
): { readonly balancer: LoadBalancerRow; readonly listener: ListenerRow }[] {
  return [...slb.loadBalancers.values()].flatMap((balancer) =>
    [...balancer.listeners.values()]
      .filter(({ acl }) => acl.AclIds.includes(aclId))
      .map((listener) => ({ balancer, listener })),
  );
}

/** A load balancer without listeners; what it is not given is as a new one has it. */
export function newLoadBalancer(
  { now, region }: Pick<AlibabaCall, 'now' | 'region'>,
  given: Partial<Shown<LoadBalancerRow>>,
): LoadBalancerRow {
  return {
    ...LOAD_BALANCER,
    ...given,
    CreateTime: seconds(now),
    CreateTimeStamp: now,
    InternetChargeType: given.AddressType === 'internet' ? 'paybytraffic' : '',
    NetworkType: given.VpcId === '' ? 'classic' : 'vpc',
    RegionId: region,
    backendServers: [],
    listeners: new Map(),
    tags: {},
  };
}

/** The members that DescribeLoadBalancers and DescribeLoadBalancerAttribute share. */
export function loadBalancerView(row: LoadBalancerRow) {
  return { ...shown(row), Tags: { Tag: namedTagPairs(row.tags) } };
}

/** Backend servers as every action answers them. */
export function backendServersView(servers: readonly BackendServerRow[]) {
  return {
    BackendServer: servers.map((row) => ({
      ...shown(row),
      ...(row.Type === 'eni' ? { ServerIp: row.serverIp } : {}),
    })),
  };
}

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
