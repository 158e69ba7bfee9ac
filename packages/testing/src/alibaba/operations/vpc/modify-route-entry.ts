import type { ModifyRouteEntryRequest, ModifyRouteEntryResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { flag, text } from '../../network/request/parameters.js';
import { checkNextHop, findEntry } from '../../network/vpc/route-entries.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import type { Wire } from '../../wire.js';

/**
 * Renames a user's entry, or sets another next hop; its destination stays. By its id, or by table and
 * destination.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-modifyrouteentry
 */
export const modifyRouteEntry = vpcAction<Given<ModifyRouteEntryRequest>, Wire<ModifyRouteEntryResponseBody>>({
  name: 'ModifyRouteEntry',
  kind: 'write',
  parameters: {
    RouteEntryId: text,
    RouteTableId: text,
    DestinationCidrBlock: text,
    RouteEntryName: text,
    Description: text,
    NewNextHopId: text,
    NewNextHopType: text,
    DryRun: flag,
  },
  run: (call, input) => {
    const { table, entry } = findEntry(call, input);
    checkName('RouteEntry', input.RouteEntryName);
    checkDescription('RouteEntry', input.Description);
    const nextHop = {
      nextHopType: input.NewNextHopType ?? entry.nextHopType,
      nextHopId: input.NewNextHopId ?? entry.nextHopId,
    };
    checkNextHop(call.state.network, table, nextHop);
    const changed = {
      ...entry,
      ...nextHop,
      name: input.RouteEntryName ?? entry.name,
      description: input.Description ?? entry.description,
    };
    table.entries = table.entries.map((row) => (row === entry ? changed : row));
    return {};
  },
});
