import type { DeleteSecurityGroupRequest, DeleteSecurityGroupResponseBody } from '@alicloud/ecs20140526';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { referencing } from '../../network/security-group/security-group-references.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-deletesecuritygroup */
export const deleteSecurityGroup = ecsAction<
  Given<DeleteSecurityGroupRequest, 'SecurityGroupId'>,
  Wire<DeleteSecurityGroupResponseBody>
>({
  name: 'DeleteSecurityGroup',
  kind: 'write',
  parameters: { SecurityGroupId: neededText },
  run: ({ state }, { SecurityGroupId }) => {
    const { id } = getSecurityGroup(state, SecurityGroupId);
    if ([...state.network.interfaces.values()].some((row) => row.securityGroupIds.includes(id))) {
      const message = 'There is still instance(s) in the specified security group.';
      throw new AlibabaError('DependencyViolation', message, 403);
    }
    if (referencing(state.network, id).length > 0) {
      const message = 'The specified security group has been authorized in another one.';
      throw new AlibabaError('DependencyViolation', message, 403);
    }
    state.network.securityGroups.delete(id);
    return {};
  },
});
