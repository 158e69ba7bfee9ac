import type { ModifyVpcAttributeRequest, ModifyVpcAttributeResponseBody } from '@alicloud/vpc20160428';
import { getVpc } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { neededText, text } from '../../network/request/parameters.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-modifyvpcattribute */
export const modifyVpcAttribute = vpcAction<
  Given<ModifyVpcAttributeRequest, 'VpcId'>,
  Wire<ModifyVpcAttributeResponseBody>
>({
  name: 'ModifyVpcAttribute',
  kind: 'write',
  parameters: { VpcId: neededText, VpcName: text, Description: text },
  run: ({ state }, { VpcId, VpcName, Description }) => {
    const row = getVpc(state, VpcId);
    checkName('Vpc', VpcName);
    checkDescription('Vpc', Description);
    row.name = VpcName ?? row.name;
    row.description = Description ?? row.description;
    return {};
  },
});
