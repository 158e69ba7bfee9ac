import type {
  DescribeSecurityGroupAttributeRequest,
  DescribeSecurityGroupAttributeResponseBody,
} from '@alicloud/ecs20140526';
import { getSecurityGroup } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { neededText, oneOf, TOKENS } from '../../network/request/parameters.js';
import { permissionView } from '../../network/security-group/security-group-view.js';
import { pageByToken } from '../../page.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describesecuritygroupattribute */
export const describeSecurityGroupAttribute = ecsAction<
  Given<DescribeSecurityGroupAttributeRequest, 'SecurityGroupId'>,
  Wire<DescribeSecurityGroupAttributeResponseBody>
>({
  name: 'DescribeSecurityGroupAttribute',
  kind: 'read',
  parameters: {
    SecurityGroupId: neededText,
    Direction: oneOf('egress', 'ingress', 'all'),
    NicType: oneOf('internet', 'intranet'),
    ...TOKENS,
  },
  run: (call, { SecurityGroupId, Direction = 'all', NextToken, MaxResults = 500 }) => {
    const row = getSecurityGroup(call.state, SecurityGroupId);
    // NicType distinguishes only rules of the classic network
    const rules = row.rules.filter(({ direction }) => Direction === 'all' || direction === Direction);
    const { items, NextToken: next } = pageByToken(
      rules,
      { NextToken, MaxResults: Math.min(1000, Math.max(10, MaxResults)) },
      {
        operation: { product: 'Ecs', name: 'DescribeSecurityGroupAttribute' },
        list: row.id,
        defaultSize: 500,
        largest: 1000,
        key: ({ id }) => id,
      },
    );
    return {
      Description: row.description,
      InnerAccessPolicy: row.innerAccessPolicy,
      NextToken: next,
      Permissions: { Permission: items.map((rule) => permissionView(call, rule)) },
      RegionId: call.region,
      SecurityGroupId: row.id,
      SecurityGroupName: row.name,
      VpcId: row.vpcId,
    };
  },
});
