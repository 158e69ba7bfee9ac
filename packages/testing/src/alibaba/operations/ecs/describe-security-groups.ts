import type { DescribeSecurityGroupsRequest, DescribeSecurityGroupsResponseBody } from '@alicloud/ecs20140526';
import { admits, admitsAny, eitherPage, readJsonList } from '../../network/request/lists.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { flag, oneOf, PAGE, tags, text, TOKENS } from '../../network/request/parameters.js';
import { securityGroupView } from '../../network/security-group/security-group-view.js';
import { hasTags } from '../../network/request/tags.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describesecuritygroups */
export const describeSecurityGroups = ecsAction<
  Given<DescribeSecurityGroupsRequest>,
  Wire<DescribeSecurityGroupsResponseBody>
>({
  name: 'DescribeSecurityGroups',
  kind: 'read',
  parameters: {
    VpcId: text,
    SecurityGroupId: text,
    SecurityGroupIds: text,
    SecurityGroupName: text,
    SecurityGroupType: oneOf('normal', 'enterprise'),
    NetworkType: oneOf('vpc', 'classic'),
    FuzzyQuery: flag,
    IsQueryEcsCount: flag,
    ServiceManaged: flag,
    Tag: tags,
    DryRun: flag,
    ...PAGE,
    ...TOKENS,
  },
  run: (call, input) => {
    const ids = readJsonList('SecurityGroupIds', input.SecurityGroupIds);
    const { SecurityGroupName: name = '' } = input;
    const rows = [...call.state.network.securityGroups.values()].filter(
      (row) =>
        admits(input.VpcId, row.vpcId) &&
        admits(input.SecurityGroupId, row.id) &&
        admitsAny(ids, [row.id]) &&
        (input.FuzzyQuery === true ? row.name.includes(name) : admits(name, row.name)) &&
        admits(input.SecurityGroupType, row.type) &&
        input.NetworkType !== 'classic' &&
        input.ServiceManaged !== true &&
        hasTags(row.tags, input.Tag),
    );
    const { items, numbers } = eitherPage(rows, input, {
      name: 'DescribeSecurityGroups',
      largest: 100,
      key: ({ id }) => id,
    });
    return {
      ...numbers,
      RegionId: call.region,
      SecurityGroups: {
        SecurityGroup: items.map((row) => securityGroupView(call, row, input.IsQueryEcsCount === true)),
      },
    };
  },
});
