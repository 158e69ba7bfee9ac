import type {
  DescribeSecurityGroupReferencesRequest,
  DescribeSecurityGroupReferencesResult,
  SecurityGroupReference,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/ec2-operation.js';
import { need } from '../../ec2/errors.js';
import { getRow, ID } from '../../ec2/ids.js';
import { peeredSides } from '../../ec2/security-group-rules.js';

/**
 * Which VPCs on the far side of a peering connection have groups that refer to these groups.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroupReferences.html
 */
export const describeSecurityGroupReferences = ec2Operation({
  name: 'DescribeSecurityGroupReferences',
  kind: 'read',
  run: ({ state: { ec2 } }, input: DescribeSecurityGroupReferencesRequest): DescribeSecurityGroupReferencesResult => {
    const found = new Map<string, SecurityGroupReference>();
    for (const id of need(input.GroupId, 'groupId')) {
      const group = getRow(ec2.securityGroups, id, ID.securityGroup);
      for (const rule of ec2.securityGroupRules.values()) {
        if (rule.referencedGroupId !== group.id) continue;
        const vpcId = ec2.securityGroups.get(rule.groupId)?.vpcId;
        const side = peeredSides(ec2, group.vpcId).find((far) => far.vpcId === vpcId);
        if (side === undefined) continue;
        found.set(`${group.id} ${side.peeringId}`, {
          GroupId: group.id,
          ReferencingVpcId: side.vpcId,
          VpcPeeringConnectionId: side.peeringId,
        });
      }
    }
    return { SecurityGroupReferenceSet: [...found.values()] };
  },
});
