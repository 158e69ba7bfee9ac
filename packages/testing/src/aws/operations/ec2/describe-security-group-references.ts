import type {
  DescribeSecurityGroupReferencesRequest,
  DescribeSecurityGroupReferencesResult,
  SecurityGroupReference,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { peeredSides } from '../../ec2/security-group/security-group-rules.js';
import { referableGateway } from '../../ec2/transit-gateway/transit-gateways.js';

/**
 * Which VPCs on the far side of a peering connection or a transit gateway have groups that refer to these groups.
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
        if (vpcId === undefined || vpcId === group.vpcId) continue;
        const side = peeredSides(ec2, group.vpcId).find((far) => far.vpcId === vpcId);
        const transit = rule.egress || side ? undefined : referableGateway(ec2, vpcId, group.vpcId);
        if (side === undefined && transit === undefined) continue;
        found.set(`${group.id} ${side?.peeringId ?? vpcId}`, {
          GroupId: group.id,
          ReferencingVpcId: vpcId,
          ...(side ? { VpcPeeringConnectionId: side.peeringId } : { TransitGatewayId: transit }),
        });
      }
    }
    return { SecurityGroupReferenceSet: [...found.values()] };
  },
});
