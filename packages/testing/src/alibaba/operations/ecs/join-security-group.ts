import type { JoinSecurityGroupRequest, JoinSecurityGroupResponseBody } from '@alicloud/ecs20140526';
import { readInterfaceGroups } from '../../network/instance/interface-groups.js';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { memberInterface } from '../../network/instance/member-interface.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { neededText, text } from '../../network/request/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-joinsecuritygroup */
export const joinSecurityGroup = ecsAction<
  Given<JoinSecurityGroupRequest, 'SecurityGroupId'>,
  Wire<JoinSecurityGroupResponseBody>
>({
  name: 'JoinSecurityGroup',
  kind: 'write',
  parameters: { SecurityGroupId: neededText, InstanceId: text, NetworkInterfaceId: text },
  run: ({ state }, { SecurityGroupId, InstanceId, NetworkInterfaceId }) => {
    const group = getSecurityGroup(state, SecurityGroupId);
    const eni = memberInterface(state, InstanceId, NetworkInterfaceId);
    if (group.vpcId !== eni.vpcId) {
      const message = 'Specified instance and security group are not in the same VPC.';
      throw new AlibabaError('InvalidInstanceId.Mismatch', message);
    }
    if (eni.securityGroupIds.includes(group.id)) {
      const message = 'The specified instance already exists in the specified security group.';
      throw new AlibabaError('InvalidInstanceId.AlreadyExists', message, 403);
    }
    const groups = readInterfaceGroups(state, eni.vpcId, [...eni.securityGroupIds, group.id]);
    eni.securityGroupIds = groups.map(({ id }) => id);
    return {};
  },
});
