import type {
  ModifySecurityGroupAttributeRequest,
  ModifySecurityGroupAttributeResponseBody,
} from '@alicloud/ecs20140526';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { neededText, text } from '../../network/request/parameters.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-modifysecuritygroupattribute */
export const modifySecurityGroupAttribute = ecsAction<
  Given<ModifySecurityGroupAttributeRequest, 'SecurityGroupId'>,
  Wire<ModifySecurityGroupAttributeResponseBody>
>({
  name: 'ModifySecurityGroupAttribute',
  kind: 'write',
  parameters: { SecurityGroupId: neededText, SecurityGroupName: text, Description: text },
  run: (call, input) => {
    const row = getSecurityGroup(call.state, input.SecurityGroupId);
    checkName('SecurityGroup', input.SecurityGroupName);
    checkDescription('SecurityGroup', input.Description);
    row.name = input.SecurityGroupName ?? row.name;
    row.description = input.Description ?? row.description;
    return {};
  },
});
