import type { DeleteNetworkAclRequest, DeleteNetworkAclResponseBody } from '@alicloud/vpc20160428';
import { getNetworkAcl } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { clientToken, flag, neededText } from '../../network/request/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-deletenetworkacl */
export const deleteNetworkAcl = vpcAction<
  Given<DeleteNetworkAclRequest, 'NetworkAclId'>,
  Wire<DeleteNetworkAclResponseBody>
>({
  name: 'DeleteNetworkAcl',
  kind: 'write',
  parameters: { NetworkAclId: neededText, ClientToken: clientToken, DryRun: flag },
  run: ({ state }, { NetworkAclId }) => {
    const { id } = getNetworkAcl(state, NetworkAclId);
    if ([...state.network.vSwitches.values()].some(({ networkAclId }) => networkAclId === id)) {
      throw new AlibabaError('NetworkAclExistBinding', 'The network ACL is still bound to a vSwitch.'); // [?] the words
    }
    state.network.networkAcls.delete(id);
    return {};
  },
});
