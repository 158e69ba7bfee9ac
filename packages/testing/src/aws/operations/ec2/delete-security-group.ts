import type { DeleteSecurityGroupRequest, DeleteSecurityGroupResult } from '@aws-sdk/client-ec2';
import { deleteSecurityGroupRow } from '../../ec2/security-group/delete-security-group-row.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { dependencyViolation } from '../../ec2/request/errors.js';
import { groupOf } from '../../ec2/security-group/security-group-lookup.js';
import { ServiceError } from '../../service-error.js';
import type { Ec2State, SecurityGroupRow } from '../../state/ec2-state.js';

/**
 * Deletes a group that no interface carries and no other group of its VPC refers to. A reference from a peered VPC does
 * not hold it: it becomes stale.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteSecurityGroup.html
 */
export const deleteSecurityGroup = ec2Operation({
  name: 'DeleteSecurityGroup',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteSecurityGroupRequest): DeleteSecurityGroupResult => {
    const group = groupOf(ec2, input);
    if (group.name === 'default') {
      throw new ServiceError(
        'CannotDelete',
        `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
      );
    }
    if (isUsed(ec2, group)) throw dependencyViolation(`resource ${group.id} has a dependent object`);
    deleteSecurityGroupRow(ec2, group.id);
    return { Return: true, GroupId: group.id };
  },
});

function isUsed(ec2: Ec2State, group: SecurityGroupRow): boolean {
  for (const row of ec2.interfaces.values()) if (row.groupIds.includes(group.id)) return true;
  for (const rule of ec2.securityGroupRules.values()) {
    if (rule.referencedGroupId !== group.id || rule.groupId === group.id) continue;
    if (ec2.securityGroups.get(rule.groupId)?.vpcId === group.vpcId) return true;
  }
  return false;
}
