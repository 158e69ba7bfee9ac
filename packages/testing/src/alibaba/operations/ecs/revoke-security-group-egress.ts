import type { RevokeSecurityGroupEgressRequest, RevokeSecurityGroupEgressResponseBody } from '@alicloud/ecs20140526';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { EGRESS_RULES, egressRules, RULE_IDS } from '../../network/security-group/permission-parameters.js';
import { revoke } from '../../network/security-group/revoke.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-revokesecuritygroupegress */
export const revokeSecurityGroupEgress = ecsAction<
  Given<RevokeSecurityGroupEgressRequest, 'SecurityGroupId'>,
  Wire<RevokeSecurityGroupEgressResponseBody>
>({
  name: 'RevokeSecurityGroupEgress',
  kind: 'write',
  parameters: { ...EGRESS_RULES, ...RULE_IDS },
  run: (call, input) => {
    revoke(call, getSecurityGroup(call.state, input.SecurityGroupId), 'egress', {
      ids: input.SecurityGroupRuleId,
      rules: () => egressRules(input),
    });
    return {};
  },
});
