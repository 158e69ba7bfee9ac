import type { AwsCall } from '../../operation/call.js';
import { ServiceError } from '../../operation/service-error.js';
import { checkId, ID } from '../request/ids.js';

/**
 * Whether an interface of a VPC can carry these groups.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html (InvalidSecurityGroupID.NotFound)
 * @throws {ServiceError} `InvalidSecurityGroupID.NotFound`, `InvalidParameter`, `SecurityGroupsPerInterfaceLimitExceeded`.
 */
export function checkGroups(call: AwsCall, vpcId: string, groupIds: readonly string[]): void {
  for (const id of groupIds) {
    const group = call.state.ec2.securityGroups.get(id);
    if (group === undefined) {
      checkId(id, ID.securityGroup);
      throw new ServiceError('InvalidSecurityGroupID.NotFound', `The security group '${id}' does not exist`);
    }
    if (group.vpcId !== vpcId) {
      throw new ServiceError('InvalidParameter', 'You have specified two resources that belong to different networks.');
    }
  }
  if (new Set(groupIds).size > call.quota('security-groups-per-interface')) {
    throw new ServiceError(
      'SecurityGroupsPerInterfaceLimitExceeded',
      'The maximum number of security groups per interface has been reached.',
    );
  }
}
