import type { UnassociateNetworkAclRequest, UnassociateNetworkAclResponseBody } from '@alicloud/vpc20160428';
import { BINDING_PARAMETERS } from '../../network/network-acl/network-acl-binding.js';
import { getNetworkAcl, getVSwitch } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** All vSwitches or none. @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-unassociatenetworkacl */
export const unassociateNetworkAcl = vpcAction<
  Given<UnassociateNetworkAclRequest, 'NetworkAclId' | 'Resource'>,
  Wire<UnassociateNetworkAclResponseBody>
>({
  name: 'UnassociateNetworkAcl',
  kind: 'write',
  parameters: BINDING_PARAMETERS,
  run: ({ state }, { NetworkAclId, Resource }) => {
    const acl = getNetworkAcl(state, NetworkAclId);
    const vSwitches = Resource.map(({ ResourceId = '' }) => getVSwitch(state, ResourceId));
    if (vSwitches.some(({ networkAclId }) => networkAclId !== acl.id)) {
      throw new AlibabaError('ResourceNotAssociated', 'The vSwitch is not bound to the network ACL.'); // [?]
    }
    for (const vSwitch of vSwitches) vSwitch.networkAclId = undefined;
    return {};
  },
});
