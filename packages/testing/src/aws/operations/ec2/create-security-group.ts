import type { CreateSecurityGroupRequest, CreateSecurityGroupResult } from '@aws-sdk/client-ec2';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { newSecurityGroup } from '../../ec2/security-group/new-security-group.js';
import { defaultVpc, noDefaultVpc } from '../../ec2/security-group/security-group-lookup.js';
import { groupArn } from '../../ec2/security-group/security-group-view.js';
import { tagList, tagsFrom } from '../../ec2/request/tags.js';
import { checkGroupDescription, checkGroupName } from '../../ec2/request/text-rules.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
export const createSecurityGroup = ec2Operation({
  name: 'CreateSecurityGroup',
  kind: 'write',
  run: (call, input: CreateSecurityGroupRequest): CreateSecurityGroupResult => {
    const { ec2 } = call.state;
    const name = need(input.GroupName, 'groupName');
    const description = need(input.Description, 'groupDescription');
    checkGroupName(name);
    checkGroupDescription(description);
    const vpc = input.VpcId === undefined ? defaultVpc(ec2) : getRow(ec2.vpcs, input.VpcId, ID.vpc);
    if (vpc === undefined) throw noDefaultVpc();
    const tags = tagsFrom(input.TagSpecifications, 'security-group');
    for (const group of ec2.securityGroups.values()) {
      if (group.vpcId !== vpc.id || group.name !== name) continue;
      throw new ServiceError(
        'InvalidGroup.Duplicate',
        `The security group '${name}' already exists for VPC '${vpc.id}'`,
      );
    }
    if (ec2.securityGroups.size >= call.quota('security-groups')) {
      throw new ServiceError('SecurityGroupLimitExceeded', 'The maximum number of security groups has been reached.');
    }
    const row = newSecurityGroup(birthplaceOf(call), { vpcId: vpc.id, name, description, tags });
    return { GroupId: row.id, SecurityGroupArn: groupArn(call, row), Tags: tagList(row.tags) };
  },
});
