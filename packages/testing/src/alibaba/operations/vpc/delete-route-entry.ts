import type { DeleteRouteEntryRequest, DeleteRouteEntryResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { flag, text } from '../../network/request/parameters.js';
import { findEntry } from '../../network/vpc/route-entries.js';
import type { Wire } from '../../wire.js';

/**
 * By the entry's id, or by table, destination and next hop.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-deleterouteentry
 */
export const deleteRouteEntry = vpcAction<Given<DeleteRouteEntryRequest>, Wire<DeleteRouteEntryResponseBody>>({
  name: 'DeleteRouteEntry',
  kind: 'write',
  parameters: { RouteEntryId: text, RouteTableId: text, DestinationCidrBlock: text, NextHopId: text, DryRun: flag },
  run: (call, input) => {
    const { table, entry } = findEntry(call, input);
    table.entries = table.entries.filter((row) => row !== entry);
    return {};
  },
});
