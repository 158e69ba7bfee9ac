import type {
  DescribeSecurityGroupReferencesRequest,
  DescribeSecurityGroupReferencesResponseBody,
} from '@alicloud/ecs20140526';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { texts } from '../../network/request/parameters.js';
import { referencing } from '../../network/security-group/security-group-references.js';
import type { Wire } from '../../wire.js';

/** Groups that nothing refers to are left out. @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-describesecuritygroupreferences */
export const describeSecurityGroupReferences = ecsAction<
  Given<DescribeSecurityGroupReferencesRequest, 'SecurityGroupId'>,
  Wire<DescribeSecurityGroupReferencesResponseBody>
>({
  name: 'DescribeSecurityGroupReferences',
  kind: 'read',
  parameters: { SecurityGroupId: { ...texts, required: true, length: [1, 10] } },
  run: ({ state, account }, { SecurityGroupId }) => ({
    SecurityGroupReferences: {
      SecurityGroupReference: SecurityGroupId.map((id) => ({
        SecurityGroupId: id,
        ReferencingSecurityGroups: {
          ReferencingSecurityGroup: referencing(state.network, id).map((other) => ({
            AliUid: account,
            SecurityGroupId: other,
          })),
        },
      })).filter((row) => row.ReferencingSecurityGroups.ReferencingSecurityGroup.length > 0),
    },
  }),
});
