import type { DeleteRouteEntryRequest, DeleteRouteEntryResponseBody } from '@alicloud/vpc20160428';
import { parseBlock } from '../../network/block.js';
import { getRouteTable } from '../../network/lookups.js';
import { vpcAction, type Given } from '../../network/network-action.js';
import { flag, text } from '../../network/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/**
 * By the entry's id, or by table, destination and next hop.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-deleterouteentry
 */
export const deleteRouteEntry = vpcAction<Given<DeleteRouteEntryRequest>, Wire<DeleteRouteEntryResponseBody>>({
  name: 'DeleteRouteEntry',
  kind: 'write',
  parameters: { RouteEntryId: text, RouteTableId: text, DestinationCidrBlock: text, NextHopId: text, DryRun: flag },
  run: ({ state }, { RouteEntryId, RouteTableId, DestinationCidrBlock, NextHopId }) => {
    if (RouteEntryId === undefined && (RouteTableId === undefined || DestinationCidrBlock === undefined)) {
      const name = RouteTableId === undefined ? 'RouteTableId' : 'DestinationCidrBlock';
      throw new AlibabaError('MissingParameter', `The parameter ${name} is missing.`); // [?] the words
    }
    const tables =
      RouteTableId === undefined ? [...state.network.routeTables.values()] : [getRouteTable(state, RouteTableId)];
    const destination = DestinationCidrBlock === undefined ? undefined : parseBlock(DestinationCidrBlock)?.text;
    for (const table of tables) {
      const entry = table.entries.find(
        (row) =>
          (RouteEntryId === undefined || row.id === RouteEntryId) &&
          (DestinationCidrBlock === undefined || row.destinationCidrBlock === destination) &&
          (NextHopId === undefined || row.nextHopId === NextHopId),
      );
      if (!entry) continue;
      table.entries = table.entries.filter((row) => row !== entry);
      return {};
    }
    throw new AlibabaError('InvalidRouteEntry.NotFound', 'Specified route entry does not exist.', 404);
  },
});
