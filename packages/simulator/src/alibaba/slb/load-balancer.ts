import { raise, rowBy } from '../../simulation/raise.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import {
  LOAD_BALANCER,
  type ListenerProtocol,
  type ListenerRow,
  type LoadBalancerRow,
  type ServerGroupRow,
  type BackendServerRow,
} from './state.js';
import { slbWords } from './request.js';
import { shown, type AlibabaCall, type Shown } from '../operation/operation.js';
import { seconds } from '../vpc/request/text-rules.js';
import { namedTagPairs } from '../vpc/request/tags.js';

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
