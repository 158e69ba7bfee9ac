import type { ModifyVSwitchAttributeRequest, ModifyVSwitchAttributeResponseBody } from '@alicloud/vpc20160428';
import { getVSwitch } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { neededText, text } from '../../network/request/parameters.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-modifyvswitchattribute */
export const modifyVSwitchAttribute = vpcAction<
  Given<ModifyVSwitchAttributeRequest, 'VSwitchId'>,
  Wire<ModifyVSwitchAttributeResponseBody>
>({
  name: 'ModifyVSwitchAttribute',
  kind: 'write',
  parameters: { VSwitchId: neededText, VSwitchName: text, Description: text },
  run: ({ state }, { VSwitchId, VSwitchName, Description }) => {
    const row = getVSwitch(state, VSwitchId);
    checkName('VSwitch', VSwitchName);
    checkDescription('VSwitch', Description);
    row.name = VSwitchName ?? row.name;
    row.description = Description ?? row.description;
    return {};
  },
});
