import type { AlibabaCall } from '../operation/call.js';
import { namedTagPairs } from '../vpc/request/tags.js';
import { seconds } from '../vpc/request/text-rules.js';
import type { BackendServerRow, LoadBalancerRow } from './state.js';

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
      ...(port === undefined ? {} : { Port: port }),
      Type: type,
      Weight: weight,
      Description: description,
      ...(type === 'eni' ? { ServerIp: serverIp } : {}),
    })),
  };
}
