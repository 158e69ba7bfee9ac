import type {
  UpdateSecurityGroupRuleDescriptionsIngressRequest,
  UpdateSecurityGroupRuleDescriptionsIngressResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { updateDescriptions } from '../../ec2/security-group/rule-descriptions.js';
import { groupOf } from '../../ec2/security-group/security-group-lookup.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UpdateSecurityGroupRuleDescriptionsIngress.html */
export const updateSecurityGroupRuleDescriptionsIngress = ec2Operation({
  name: 'UpdateSecurityGroupRuleDescriptionsIngress',
  kind: 'write',
  run: (
    { state: { ec2 } },
    input: UpdateSecurityGroupRuleDescriptionsIngressRequest,
  ): UpdateSecurityGroupRuleDescriptionsIngressResult => updateDescriptions(ec2, groupOf(ec2, input), false, input),
});
