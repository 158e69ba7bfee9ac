import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupEgressResponseBody,
} from '@alicloud/ecs20140526';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { EGRESS_RULES, egressRules } from '../../network/security-group/permission-parameters.js';
import { authorize } from '../../network/security-group/security-group-rules.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-authorizesecuritygroupegress */
export const authorizeSecurityGroupEgress = ecsAction<
  Given<AuthorizeSecurityGroupEgressRequest, 'SecurityGroupId'>,
  Wire<AuthorizeSecurityGroupEgressResponseBody>
>({
  name: 'AuthorizeSecurityGroupEgress',
  kind: 'write',
  parameters: EGRESS_RULES,
  run: (call, input) => {
    authorize(call, getSecurityGroup(call.state, input.SecurityGroupId), 'egress', egressRules(input));
    return {};
  },
});
