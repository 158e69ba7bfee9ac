import type { RevokeSecurityGroupIngressRequest, RevokeSecurityGroupIngressResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { revoke } from '../../ec2/security-group/revoke.js';
import { groupOf } from '../../ec2/security-group/security-group-lookup.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupIngress.html */
export const revokeSecurityGroupIngress = ec2Operation({
  name: 'RevokeSecurityGroupIngress',
  kind: 'write',
  run: (call, input: RevokeSecurityGroupIngressRequest): RevokeSecurityGroupIngressResult =>
    revoke(call, groupOf(call.state.ec2, input), false, input),
});
