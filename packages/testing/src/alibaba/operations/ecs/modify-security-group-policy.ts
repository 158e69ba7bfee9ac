import type { ModifySecurityGroupPolicyRequest, ModifySecurityGroupPolicyResponseBody } from '@alicloud/ecs20140526';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { clientToken, neededText } from '../../network/request/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-modifysecuritygrouppolicy */
export const modifySecurityGroupPolicy = ecsAction<
  Given<ModifySecurityGroupPolicyRequest, 'SecurityGroupId' | 'InnerAccessPolicy'>,
  Wire<ModifySecurityGroupPolicyResponseBody>
>({
  name: 'ModifySecurityGroupPolicy',
  kind: 'write',
  parameters: { SecurityGroupId: neededText, InnerAccessPolicy: neededText, ClientToken: clientToken },
  run: ({ state }, { SecurityGroupId, InnerAccessPolicy }) => {
    const row = getSecurityGroup(state, SecurityGroupId);
    const policy = (['Accept', 'Drop'] as const).find(
      (known) => known.toLowerCase() === InnerAccessPolicy.toLowerCase(),
    );
    if (!policy) {
      throw new AlibabaError(
        'InvalidPolicy.Malformed',
        "The Policy is invalid. Only 'Accept' and 'Drop' are supported. Ignore case.",
      );
    }
    if (row.type === 'enterprise' && policy === 'Accept') {
      // [?] the code; that it is fixed is documented
      throw new AlibabaError(
        'InvalidOperation.SecurityGroupType',
        'The internal access policy of an advanced security group cannot be modified.',
        403,
      );
    }
    row.innerAccessPolicy = policy;
    return {};
  },
});
