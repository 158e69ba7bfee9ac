import type { DescribeRouteEntryListRequest, DescribeRouteEntryListResponseBody } from '@alicloud/vpc20160428';
import { admits, admitsAny } from '../../network/request/lists.js';
import { getRouteTable } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { neededText, oneOf, text, texts, whole } from '../../network/request/parameters.js';
import { entriesOf } from '../../network/vpc/route-entries.js';
import { routeEntryView } from '../../network/vpc/route-view.js';
import { pageByToken } from '../../page.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describerouteentrylist */
export const describeRouteEntryList = vpcAction<
  Given<DescribeRouteEntryListRequest, 'RouteTableId'>,
  Wire<DescribeRouteEntryListResponseBody>
>({
  name: 'DescribeRouteEntryList',
  kind: 'read',
  parameters: {
    RouteTableId: neededText,
    RouteEntryId: text,
    RouteEntryName: text,
    RouteEntryType: oneOf('Custom', 'System', 'BGP', 'CEN', 'ECR'),
    DestinationCidrBlock: text,
    DestCidrBlockList: texts,
    NextHopId: text,
    NextHopType: text,
    IpVersion: oneOf('IPv4', 'IPv6', 'ipv4', 'ipv6'),
    MaxResult: whole,
    NextToken: text,
  },
  run: ({ state }, input) => {
    const table = getRouteTable(state, input.RouteTableId);
    const rows = entriesOf(state.network, table).filter(
      (row) =>
        admits(input.RouteEntryId, row.id) &&
        admits(input.RouteEntryName, row.name) &&
        admits(input.RouteEntryType, row.type) &&
        admits(input.DestinationCidrBlock, row.destinationCidrBlock) &&
        admitsAny(input.DestCidrBlockList, [row.destinationCidrBlock]) &&
        admits(input.NextHopId, row.nextHopId) &&
        admits(input.NextHopType, row.nextHopType) &&
        input.IpVersion?.toLowerCase() !== 'ipv6',
    );
    const { items, NextToken } = pageByToken(
      rows,
      { MaxResults: input.MaxResult, NextToken: input.NextToken },
      {
        operation: { product: 'Vpc', name: 'DescribeRouteEntryList' },
        list: table.id,
        defaultSize: 10,
        largest: 100,
        key: ({ id }) => id,
      },
    );
    return {
      NextToken,
      TotalCount: rows.length,
      RouteEntrys: { RouteEntry: items.map((row) => routeEntryView(table.id, row)) },
    };
  },
});
