import type { AssociateRouteTableRequest, AssociateRouteTableResponseBody } from '@alicloud/vpc20160428';
import { getRouteTable, getVSwitch } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { clientToken, neededText } from '../../network/request/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-associateroutetable */
export const associateRouteTable = vpcAction<
  Given<AssociateRouteTableRequest, 'RouteTableId' | 'VSwitchId'>,
  Wire<AssociateRouteTableResponseBody>
>({
  name: 'AssociateRouteTable',
  kind: 'write',
  parameters: { RouteTableId: neededText, VSwitchId: neededText, ClientToken: clientToken },
  run: ({ state }, { RouteTableId, VSwitchId }) => {
    const table = getRouteTable(state, RouteTableId);
    const vSwitch = getVSwitch(state, VSwitchId);
    if (table.vpcId !== vSwitch.vpcId) {
      throw new AlibabaError('InvalidVSwitchId.Mismatch', 'The vSwitch and the route table are not in the same VPC.'); // [?]
    }
    if (table.kind === 'System') {
      // [?] the words
      throw new AlibabaError('OperationUnsupported.SystemRouteTable', 'System route table can not be associated.');
    }
    if (state.network.routeTables.get(vSwitch.routeTableId)?.kind === 'Custom') {
      throw new AlibabaError('InvalidBindingStatus.RouteTable', 'The vSwitch has a custom route table already.'); // [?]
    }
    vSwitch.routeTableId = table.id;
    return {};
  },
});
