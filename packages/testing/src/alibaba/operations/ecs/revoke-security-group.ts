import type { RevokeSecurityGroupRequest, RevokeSecurityGroupResponseBody } from '@alicloud/ecs20140526';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { INGRESS_RULES, ingressRules, RULE_IDS } from '../../network/security-group/permission-parameters.js';
import { revoke } from '../../network/security-group/revoke.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-revokesecuritygroup */
export const revokeSecurityGroup = ecsAction<
  Given<RevokeSecurityGroupRequest, 'SecurityGroupId'>,
  Wire<RevokeSecurityGroupResponseBody>
>({
  name: 'RevokeSecurityGroup',
  kind: 'write',
  parameters: { ...INGRESS_RULES, ...RULE_IDS },
  run: (call, input) => {
    revoke(call, getSecurityGroup(call.state, input.SecurityGroupId), 'ingress', {
      ids: input.SecurityGroupRuleId,
      rules: () => ingressRules(input),
    });
    return {};
  },
});
