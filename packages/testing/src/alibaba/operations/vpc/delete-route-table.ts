import type { DeleteRouteTableRequest, DeleteRouteTableResponseBody } from '@alicloud/vpc20160428';
import { getRouteTable } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { vSwitchesOf } from '../../network/vpc/route-view.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-deleteroutetable */
export const deleteRouteTable = vpcAction<
  Given<DeleteRouteTableRequest, 'RouteTableId'>,
  Wire<DeleteRouteTableResponseBody>
>({
  name: 'DeleteRouteTable',
  kind: 'write',
  parameters: { RouteTableId: neededText },
  run: (call, { RouteTableId }) => {
    const row = getRouteTable(call.state, RouteTableId);
    if (row.kind === 'System') {
      throw new AlibabaError(
        'IncorrectRouteTableType',
        "Route table can be deleted by this action only when it's type is custom.",
      );
    }
    if (row.entries.length > 0) {
      throw new AlibabaError(
        'IncorrectRouteTableStatus.RouteEntryExist',
        'You cannot delete the specified route table because it still has custom route entry.',
      );
    }
    if (vSwitchesOf(call, row.id).length > 0) {
      throw new AlibabaError('DependencyViolation.VSwitch', 'Specified object has dependent resources.'); // [?] the code
    }
    call.state.network.routeTables.delete(row.id);
    return {};
  },
});
