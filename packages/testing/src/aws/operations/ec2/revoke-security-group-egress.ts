import type { RevokeSecurityGroupEgressRequest, RevokeSecurityGroupEgressResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { revoke } from '../../ec2/security-group/revoke.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RevokeSecurityGroupEgress.html */
export const revokeSecurityGroupEgress = ec2Operation({
  name: 'RevokeSecurityGroupEgress',
  kind: 'write',
  run: (call, input: RevokeSecurityGroupEgressRequest): RevokeSecurityGroupEgressResult => {
    const group = getRow(call.state.ec2.securityGroups, need(input.GroupId, 'groupId'), ID.securityGroup);
    return revoke(call, group, true, input);
  },
});
