import type { DeleteVSwitchRequest, DeleteVSwitchResponseBody } from '@alicloud/vpc20160428';
import { getVSwitch } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-deletevswitch */
export const deleteVSwitch = vpcAction<Given<DeleteVSwitchRequest, 'VSwitchId'>, Wire<DeleteVSwitchResponseBody>>({
  name: 'DeleteVSwitch',
  kind: 'write',
  parameters: { VSwitchId: neededText },
  run: ({ state }, { VSwitchId }) => {
    const row = getVSwitch(state, VSwitchId);
    if (row.usedAddresses > 0) throw dependency('');
    if (row.networkAclId !== undefined) throw dependency('.NetworkAcl');
    const table = state.network.routeTables.get(row.routeTableId);
    if (table?.kind === 'Custom') throw dependency('.RouteTable');
    state.network.vSwitches.delete(row.id);
    return {};
  },
});

const dependency = (what: string) =>
  new AlibabaError(`DependencyViolation${what}`, 'Specified object has dependent resources.');
