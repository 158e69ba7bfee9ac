import type { CreateRouteEntryRequest, CreateRouteEntryResponseBody } from '@alicloud/vpc20160428';
import { getRouteTable } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { clientToken, flag, neededText, text } from '../../network/request/parameters.js';
import { addEntry } from '../../network/vpc/route-entries.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createrouteentry */
export const createRouteEntry = vpcAction<
  Given<CreateRouteEntryRequest, 'RouteTableId' | 'DestinationCidrBlock'>,
  Wire<CreateRouteEntryResponseBody>
>({
  name: 'CreateRouteEntry',
  kind: 'write',
  parameters: {
    RouteTableId: neededText,
    DestinationCidrBlock: neededText,
    NextHopType: text,
    NextHopId: text,
    RouteEntryName: text,
    Description: text,
    ClientToken: clientToken,
    DryRun: flag,
  },
  run: (call, input) => {
    const row = addEntry(call, getRouteTable(call.state, input.RouteTableId), {
      destination: input.DestinationCidrBlock,
      nextHopType: input.NextHopType ?? 'Instance',
      nextHopId: input.NextHopId ?? '',
      name: input.RouteEntryName ?? '',
      description: input.Description ?? '',
    });
    return { RouteEntryId: row.id };
  },
});
