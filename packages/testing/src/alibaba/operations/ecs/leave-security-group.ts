import type { LeaveSecurityGroupRequest, LeaveSecurityGroupResponseBody } from '@alicloud/ecs20140526';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { memberInterface } from '../../network/instance/member-interface.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { neededText, text } from '../../network/request/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-leavesecuritygroup */
export const leaveSecurityGroup = ecsAction<
  Given<LeaveSecurityGroupRequest, 'SecurityGroupId'>,
  Wire<LeaveSecurityGroupResponseBody>
>({
  name: 'LeaveSecurityGroup',
  kind: 'write',
  parameters: { SecurityGroupId: neededText, InstanceId: text, NetworkInterfaceId: text },
  run: ({ state }, { SecurityGroupId, InstanceId, NetworkInterfaceId }) => {
    const group = getSecurityGroup(state, SecurityGroupId);
    const eni = memberInterface(state, InstanceId, NetworkInterfaceId);
    if (!eni.securityGroupIds.includes(group.id)) {
      throw new AlibabaError('InstanceNotInSecurityGroup', 'The instance not in the group.', 403);
    }
    if (eni.securityGroupIds.length === 1) {
      const message = 'The specified security group is the last security group for the instance.';
      throw new AlibabaError('InstanceLastSecurityGroup', message, 403);
    }
    eni.securityGroupIds = eni.securityGroupIds.filter((id) => id !== group.id);
    return {};
  },
});
