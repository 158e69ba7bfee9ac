import type {
  UpdateSecurityGroupRuleDescriptionsEgressRequest,
  UpdateSecurityGroupRuleDescriptionsEgressResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { updateDescriptions } from '../../ec2/security-group/rule-descriptions.js';
import { groupOf } from '../../ec2/security-group/security-group-lookup.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_UpdateSecurityGroupRuleDescriptionsEgress.html */
export const updateSecurityGroupRuleDescriptionsEgress = ec2Operation({
  name: 'UpdateSecurityGroupRuleDescriptionsEgress',
  kind: 'write',
  run: (
    { state: { ec2 } },
    input: UpdateSecurityGroupRuleDescriptionsEgressRequest,
  ): UpdateSecurityGroupRuleDescriptionsEgressResult => updateDescriptions(ec2, groupOf(ec2, input), true, input),
});
