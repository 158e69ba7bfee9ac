import { defined } from '../../simulation/defined.js';
import type { AlibabaRegionState } from '../state/region-state.js';
import type {
  AccessControlListRow,
  ListenerProtocol,
  ListenerRow,
  LoadBalancerRow,
  ServerGroupRow,
  BackendServerRow,
} from './state.js';
import { slbWords } from './request.js';
import type { AlibabaCall } from '../operation/operation.js';
import { namedTagPairs } from '../vpc/request/tags.js';
import { seconds } from '../vpc/request/text-rules.js';

/** The load balancer, or undefined where the ID does not exist. */
export function findLoadBalancer({ slb }: AlibabaRegionState, id: string): LoadBalancerRow | undefined {
  return slb.loadBalancers.get(id);
}

/** @throws {AlibabaError} `InvalidLoadBalancerId.NotFound` */
export function getLoadBalancer(state: AlibabaRegionState, id: string): LoadBalancerRow {
  const row = findLoadBalancer(state, id);
  if (!row) throw slbWords.noBalancer();

  return row;
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
    (row) => row.port === port && (protocol === undefined || row.protocol === protocol),
  );
  const [row, second] = rows;
  if (!row) throw slbWords.noListener();
  if (second) throw slbWords.invalid('The parameter ListenerProtocol is required, because two listeners use the port.');

  return row;
}

/** @throws {AlibabaError} `AclNotExist` */
export function getAccessControlList({ slb }: AlibabaRegionState, id: string): AccessControlListRow {
  const row = slb.accessControlLists.get(id);
  if (!row) throw slbWords.noAcl();

  return row;
}

/** @throws {AlibabaError} `InvalidParameter` */
export function getServerGroup({ slb }: AlibabaRegionState, id: string): ServerGroupRow {
  const row = slb.serverGroups.get(id);
  if (!row) throw slbWords.noServerGroup();

  return row;
}

/** The listeners that send to a vServer group. */
export function listenersOf({ slb }: AlibabaRegionState, { id, loadBalancerId }: ServerGroupRow): ListenerRow[] {
  const listeners = slb.loadBalancers.get(loadBalancerId)?.listeners.values() ?? [];
  return [...listeners].filter(({ serverGroupId }) => serverGroupId === id);
}

/** Every listener that uses an access control list, with its load balancer. */
export function listenersWith(
  { slb }: AlibabaRegionState,
  aclId: string,
): { readonly balancer: LoadBalancerRow; readonly listener: ListenerRow }[] {
  return [...slb.loadBalancers.values()].flatMap((balancer) =>
    [...balancer.listeners.values()]
      .filter(({ aclIds }) => aclIds.includes(aclId))
      .map((listener) => ({ balancer, listener })),
  );
}

/** The members that DescribeLoadBalancers and DescribeLoadBalancerAttribute share. */
export function loadBalancerView({ region }: AlibabaCall, row: LoadBalancerRow) {
  return {
    Address: row.address,
    AddressIPVersion: 'ipv4',
    AddressType: row.addressType,
    CreateTime: seconds(row.createdAt),
    CreateTimeStamp: row.createdAt,
    DeleteProtection: row.deleteProtection,
    InternetChargeType: row.addressType === 'internet' ? 'paybytraffic' : '',
    LoadBalancerId: row.id,
    LoadBalancerName: row.name,
    LoadBalancerSpec: row.spec,
    LoadBalancerStatus: row.status,
    MasterZoneId: row.masterZoneId,
    NetworkType: row.networkType,
    PayType: row.payType,
    RegionId: region,
    ResourceGroupId: '',
    SlaveZoneId: row.slaveZoneId,
    Tags: { Tag: namedTagPairs(row.tags) },
    VSwitchId: row.vSwitchId,
    VpcId: row.vpcId,
  };
}

/** Backend servers as every action answers them. */
export function backendServersView({ backendServers }: { readonly backendServers: readonly BackendServerRow[] }) {
  return {
    BackendServer: backendServers.map(({ serverId, type, weight, description, serverIp, port }) => ({
      ServerId: serverId,
      ...defined({ Port: port }),
      Type: type,
      Weight: weight,
      Description: description,
      ...(type === 'eni' ? { ServerIp: serverIp } : {}),
    })),
  };
}
