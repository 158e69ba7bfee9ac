import type { CreateRouteEntriesRequest, CreateRouteEntriesResponseBody } from '@alicloud/vpc20160428';
import { getRouteTable } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { flag, listOf, neededText, text, whole } from '../../network/request/parameters.js';
import { addEntry } from '../../network/vpc/route-entries.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/**
 * Each entry succeeds or fails separately.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createrouteentries
 */
export const createRouteEntries = vpcAction<
  Given<CreateRouteEntriesRequest, 'RouteEntries'>,
  Wire<CreateRouteEntriesResponseBody>
>({
  name: 'CreateRouteEntries',
  kind: 'write',
  parameters: {
    RouteEntries: {
      ...listOf({
        RouteTableId: neededText,
        DstCidrBlock: neededText,
        NextHop: neededText,
        NextHopType: text,
        Name: text,
        Description: text,
        IpVersion: { ...whole, range: [4, 4] },
      }),
      required: true,
      length: [1, 50],
    },
    DryRun: flag,
  },
  run: (call, { RouteEntries }) => {
    const ids: string[] = [];
    const failed: Wire<CreateRouteEntriesResponseBody>['FailedRouteEntries'] = [];
    for (const { RouteTableId = '', DstCidrBlock = '', NextHop = '', NextHopType, Name, Description } of RouteEntries) {
      try {
        const row = addEntry(call, getRouteTable(call.state, RouteTableId), {
          destination: DstCidrBlock,
          nextHopType: NextHopType ?? 'Instance',
          nextHopId: NextHop,
          name: Name ?? '',
          description: Description ?? '',
        });
        ids.push(row.id);
      } catch (error) {
        if (!(error instanceof AlibabaError)) throw error;
        failed.push({ DstCidrBlock, NextHop, FailedCode: error.code, FailedMessage: error.message });
      }
    }
    return {
      RouteEntryIds: ids,
      SuccessCount: ids.length,
      FailedCount: failed.length,
      FailedRouteEntries: failed,
    };
  },
});
