import type { AuthorizeSecurityGroupEgressRequest, AuthorizeSecurityGroupEgressResult } from '@aws-sdk/client-ec2';
import { authorize } from '../../ec2/security-group/authorize.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupEgress.html */
export const authorizeSecurityGroupEgress = ec2Operation({
  name: 'AuthorizeSecurityGroupEgress',
  kind: 'write',
  run: (call, input: AuthorizeSecurityGroupEgressRequest): AuthorizeSecurityGroupEgressResult => {
    const group = getRow(call.state.ec2.securityGroups, need(input.GroupId, 'groupId'), ID.securityGroup);
    return authorize(call, group, true, input);
  },
});
