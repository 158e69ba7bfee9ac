import type { AssociateNetworkAclRequest, AssociateNetworkAclResponseBody } from '@alicloud/vpc20160428';
import { BINDING_PARAMETERS } from '../../network/network-acl/network-acl-binding.js';
import { getNetworkAcl, getVSwitch } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** All vSwitches or none. @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-associatenetworkacl */
export const associateNetworkAcl = vpcAction<
  Given<AssociateNetworkAclRequest, 'NetworkAclId' | 'Resource'>,
  Wire<AssociateNetworkAclResponseBody>
>({
  name: 'AssociateNetworkAcl',
  kind: 'write',
  parameters: BINDING_PARAMETERS,
  run: ({ state }, { NetworkAclId, Resource }) => {
    const acl = getNetworkAcl(state, NetworkAclId);
    const vSwitches = Resource.map(({ ResourceId = '' }) => getVSwitch(state, ResourceId));
    for (const { vpcId, networkAclId } of vSwitches) {
      if (vpcId !== acl.vpcId) {
        throw new AlibabaError('ResourceNotInSameVpc', 'The vSwitch and the network ACL are not in the same VPC.'); // [?]
      }
      if (networkAclId !== undefined) {
        throw new AlibabaError('NetworkAclExistBinding', 'The vSwitch is bound to a network ACL already.'); // [?]
      }
    }
    for (const vSwitch of vSwitches) vSwitch.networkAclId = acl.id;
    return {};
  },
});
