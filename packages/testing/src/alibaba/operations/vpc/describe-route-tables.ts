import type { DescribeRouteTablesRequest, DescribeRouteTablesResponseBody } from '@alicloud/vpc20160428';
import { admits } from '../../network/request/lists.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { oneOf, PAGE, text } from '../../network/request/parameters.js';
import { entriesOf } from '../../network/vpc/route-entries.js';
import { vSwitchesOf } from '../../network/vpc/route-view.js';
import { seconds } from '../../network/request/text-rules.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** The older list, with each table's entries. @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describeroutetables */
export const describeRouteTables = vpcAction<Given<DescribeRouteTablesRequest>, Wire<DescribeRouteTablesResponseBody>>({
  name: 'DescribeRouteTables',
  kind: 'read',
  parameters: {
    RouteTableId: text,
    RouteTableName: text,
    RouterId: text,
    VRouterId: text,
    RouterType: oneOf('VRouter', 'VBR'),
    ...PAGE,
  },
  run: (call, { RouteTableId, RouteTableName, RouterId, VRouterId, RouterType, ...asked }) => {
    const { network } = call.state;
    const routerOf = (vpcId: string) => network.vpcs.get(vpcId)?.routerId ?? '';
    const rows = [...network.routeTables.values()].filter(
      (row) =>
        admits(RouteTableId, row.id) &&
        admits(RouteTableName, row.name) &&
        admits(RouterId, routerOf(row.vpcId)) &&
        admits(VRouterId, routerOf(row.vpcId)) &&
        RouterType !== 'VBR',
    );
    const { items, numbers } = page(rows, asked, { largest: 50 });
    return {
      ...numbers,
      RouteTables: {
        RouteTable: items.map((row) => ({
          CreationTime: seconds(row.createdAt),
          RouteTableId: row.id,
          RouteTableType: row.kind,
          Status: 'Available',
          VRouterId: routerOf(row.vpcId),
          VSwitchIds: { VSwitchId: vSwitchesOf(call, row.id) },
          RouteEntrys: {
            RouteEntry: entriesOf(network, row).map((entry) => ({
              Description: entry.description,
              DestinationCidrBlock: entry.destinationCidrBlock,
              InstanceId: entry.nextHopId,
              NextHopType: entry.nextHopType,
              NextHops: { NextHop: [] },
              RouteEntryId: entry.id,
              RouteEntryName: entry.name,
              RouteTableId: row.id,
              Status: 'Available',
              Type: entry.type,
            })),
          },
        })),
      },
    };
  },
});
