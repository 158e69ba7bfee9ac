import type { UnassociateNetworkAclRequest, UnassociateNetworkAclResponseBody } from '@alicloud/vpc20160428';
import { getNetworkAcl, getVSwitch } from '../../network/lookups.js';
import { vpcAction, type Given } from '../../network/network-action.js';
import { clientToken, flag, listOf, neededText, oneOf } from '../../network/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** All vSwitches or none. @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-unassociatenetworkacl */
export const unassociateNetworkAcl = vpcAction<
  Given<UnassociateNetworkAclRequest, 'NetworkAclId' | 'Resource'>,
  Wire<UnassociateNetworkAclResponseBody>
>({
  name: 'UnassociateNetworkAcl',
  kind: 'write',
  parameters: {
    NetworkAclId: neededText,
    Resource: {
      ...listOf({ ResourceType: oneOf('VSwitch'), ResourceId: neededText }),
      required: true,
      length: [1, 30],
    },
    ClientToken: clientToken,
    DryRun: flag,
  },
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
