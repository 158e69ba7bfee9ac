import type { CreateSecurityGroupRequest, CreateSecurityGroupResponseBody } from '@alicloud/ecs20140526';
import { newId } from '../../network/request/ids.js';
import { getVpc } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { clientToken, oneOf, tags, text } from '../../network/request/parameters.js';
import { readTags } from '../../network/request/tags.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/**
 * A new group has no rules. Only groups in a VPC are simulated.
 * @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-createsecuritygroup
 */
export const createSecurityGroup = ecsAction<Given<CreateSecurityGroupRequest>, Wire<CreateSecurityGroupResponseBody>>({
  name: 'CreateSecurityGroup',
  kind: 'write',
  parameters: {
    VpcId: text,
    SecurityGroupName: text,
    Description: text,
    SecurityGroupType: oneOf('normal', 'enterprise'),
    Tag: tags,
    ClientToken: clientToken,
  },
  run: (call, { VpcId = '', SecurityGroupName = '', Description = '', SecurityGroupType = 'normal', Tag }) => {
    const { securityGroups } = call.state.network;
    if (VpcId === '') {
      throw new AlibabaError('InvalidVpcId.NotFound', 'vpc id must not empty when only support vpc vm.', 403);
    }
    const vpc = getVpc(call.state, VpcId);
    checkName('SecurityGroup', SecurityGroupName);
    checkDescription('SecurityGroup', Description);
    const rowTags = readTags(Tag);
    if (securityGroups.size >= call.quota('alibaba-security-groups')) {
      throw new AlibabaError('QuotaExceed.SecurityGroup', 'The maximum number of security groups is reached.', 403);
    }
    const type = SecurityGroupType === 'enterprise' ? 'enterprise' : 'normal';
    const id = newId(call, 'sg');
    securityGroups.set(id, {
      id,
      vpcId: vpc.id,
      name: SecurityGroupName,
      description: Description,
      type,
      innerAccessPolicy: type === 'normal' ? 'Accept' : 'Drop',
      rules: [],
      createdAt: call.now,
      tags: rowTags,
    });
    return { SecurityGroupId: id };
  },
});
