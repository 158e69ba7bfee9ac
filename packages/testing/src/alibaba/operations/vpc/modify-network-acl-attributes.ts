import type { ModifyNetworkAclAttributesRequest, ModifyNetworkAclAttributesResponseBody } from '@alicloud/vpc20160428';
import { getNetworkAcl } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { clientToken, flag, neededText, text } from '../../network/request/parameters.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-modifynetworkaclattributes */
export const modifyNetworkAclAttributes = vpcAction<
  Given<ModifyNetworkAclAttributesRequest, 'NetworkAclId'>,
  Wire<ModifyNetworkAclAttributesResponseBody>
>({
  name: 'ModifyNetworkAclAttributes',
  kind: 'write',
  parameters: {
    NetworkAclId: neededText,
    NetworkAclName: text,
    Description: text,
    ClientToken: clientToken,
    DryRun: flag,
  },
  run: ({ state }, { NetworkAclId, NetworkAclName, Description }) => {
    const row = getNetworkAcl(state, NetworkAclId);
    checkName('NetworkAcl', NetworkAclName);
    checkDescription('NetworkAcl', Description);
    row.name = NetworkAclName ?? row.name;
    row.description = Description ?? row.description;
    return {};
  },
});
