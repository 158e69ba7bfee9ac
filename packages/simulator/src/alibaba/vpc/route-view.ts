import type { AlibabaCall } from '../operation/call.js';
import type { RouteTableRow } from './state.js';
import type { EffectiveEntry } from './route-entries.js';
import { tagPairs } from './request/tags.js';
import { seconds } from './request/text-rules.js';

/** The vSwitches that use a route table. */
export function vSwitchesOf({ state }: AlibabaCall, tableId: string): string[] {
  return [...state.network.vSwitches.values()].filter((row) => row.routeTableId === tableId).map(({ id }) => id);
}

/** A route table as DescribeRouteTableList answers it. */
export function routeTableView(call: AlibabaCall, row: RouteTableRow) {
  return {
    AssociateType: 'VSwitch',
    CreationTime: seconds(row.createdAt),
    Description: row.description,
    GatewayIds: { GatewayIds: [] },
    OwnerId: Number(call.account),
    RouteTableId: row.id,
    RouteTableName: row.name,
    RouteTableType: row.kind,
    RouterId: call.state.network.vpcs.get(row.vpcId)?.routerId ?? '',
    RouterType: 'VRouter',
    Status: 'Available',
    Tags: { Tag: tagPairs(row.tags) },
    VSwitchIds: { VSwitchId: vSwitchesOf(call, row.id) },
    VpcId: row.vpcId,
  };
}

/** An entry as DescribeRouteEntryList answers it. */
export function routeEntryView(tableId: string, row: EffectiveEntry) {
  return {
    Description: row.description,
    DestinationCidrBlock: row.destinationCidrBlock,
    IpVersion: row.destinationCidrBlock.includes(':') ? 'IPv6' : 'IPv4',
    NextHops: {
      NextHop: [
        { Enabled: row.enabled === false ? 0 : 1, NextHopId: row.nextHopId, NextHopType: row.nextHopType, Weight: 0 },
      ],
    },
    RouteEntryId: row.id,
    RouteEntryName: row.name,
    RouteTableId: tableId,
    Status: row.status ?? 'Available',
    Type: row.type,
  };
}
