import type { DescribeRouteTableListRequest, DescribeRouteTableListResponseBody } from '@alicloud/vpc20160428';
import { admits } from '../../network/request/lists.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { oneOf, PAGE, tags, text } from '../../network/request/parameters.js';
import { routeTableView } from '../../network/vpc/route-view.js';
import { hasTags } from '../../network/request/tags.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describeroutetablelist */
export const describeRouteTableList = vpcAction<
  Given<DescribeRouteTableListRequest>,
  Wire<DescribeRouteTableListResponseBody>
>({
  name: 'DescribeRouteTableList',
  kind: 'read',
  parameters: {
    VpcId: text,
    RouteTableId: text,
    RouteTableName: text,
    RouteTableType: oneOf('System', 'Custom'),
    RouterId: text,
    RouterType: oneOf('VRouter', 'VBR'),
    Tag: tags,
    ...PAGE,
  },
  run: (call, { VpcId, RouteTableId, RouteTableName, RouteTableType, RouterId, RouterType, Tag, ...asked }) => {
    const { routeTables, vpcs } = call.state.network;
    const rows = [...routeTables.values()].filter(
      (row) =>
        admits(VpcId, row.vpcId) &&
        admits(RouteTableId, row.id) &&
        admits(RouteTableName, row.name) &&
        admits(RouteTableType, row.kind) &&
        admits(RouterId, vpcs.get(row.vpcId)?.routerId) &&
        RouterType !== 'VBR' &&
        hasTags(row.tags, Tag),
    );
    const { items, numbers } = page(rows, asked, { largest: 50 });
    return { ...numbers, RouterTableList: { RouterTableListType: items.map((row) => routeTableView(call, row)) } };
  },
});
