import type { UnassociateRouteTableRequest, UnassociateRouteTableResponseBody } from '@alicloud/vpc20160428';
import { getRouteTable, getVpc, getVSwitch } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { clientToken, neededText } from '../../network/request/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/**
 * The vSwitch uses the system table again.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-unassociateroutetable
 */
export const unassociateRouteTable = vpcAction<
  Given<UnassociateRouteTableRequest, 'RouteTableId' | 'VSwitchId'>,
  Wire<UnassociateRouteTableResponseBody>
>({
  name: 'UnassociateRouteTable',
  kind: 'write',
  parameters: { RouteTableId: neededText, VSwitchId: neededText, ClientToken: clientToken },
  run: ({ state }, { RouteTableId, VSwitchId }) => {
    const table = getRouteTable(state, RouteTableId);
    const vSwitch = getVSwitch(state, VSwitchId);
    if (vSwitch.routeTableId !== table.id) {
      throw new AlibabaError(
        'InvalidBindingStatus.RouteTable',
        'The specified virtual switch and route table does not bind',
        404,
      );
    }
    if (table.kind === 'System') {
      throw new AlibabaError(
        'OperationUnsupported.SystemRouteTable',
        'System route table can not be unassociated.',
        404,
      );
    }
    vSwitch.routeTableId = getVpc(state, vSwitch.vpcId).routeTableId;
    return {};
  },
});
