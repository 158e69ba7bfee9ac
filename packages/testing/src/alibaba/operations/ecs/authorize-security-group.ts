import type { AuthorizeSecurityGroupRequest, AuthorizeSecurityGroupResponseBody } from '@alicloud/ecs20140526';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { INGRESS_RULES, ingressRules } from '../../network/security-group/permission-parameters.js';
import { authorize } from '../../network/security-group/security-group-rules.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-authorizesecuritygroup */
export const authorizeSecurityGroup = ecsAction<
  Given<AuthorizeSecurityGroupRequest, 'SecurityGroupId'>,
  Wire<AuthorizeSecurityGroupResponseBody>
>({
  name: 'AuthorizeSecurityGroup',
  kind: 'write',
  parameters: INGRESS_RULES,
  run: (call, input) => {
    authorize(call, getSecurityGroup(call.state, input.SecurityGroupId), 'ingress', ingressRules(input));
    return {};
  },
});
