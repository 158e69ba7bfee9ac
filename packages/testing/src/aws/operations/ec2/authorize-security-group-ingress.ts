import type { AuthorizeSecurityGroupIngressRequest, AuthorizeSecurityGroupIngressResult } from '@aws-sdk/client-ec2';
import { authorize } from '../../ec2/security-group/authorize.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { groupOf } from '../../ec2/security-group/security-group-lookup.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AuthorizeSecurityGroupIngress.html */
export const authorizeSecurityGroupIngress = ec2Operation({
  name: 'AuthorizeSecurityGroupIngress',
  kind: 'write',
  run: (call, input: AuthorizeSecurityGroupIngressRequest): AuthorizeSecurityGroupIngressResult =>
    authorize(call, groupOf(call.state.ec2, input), false, input),
});
