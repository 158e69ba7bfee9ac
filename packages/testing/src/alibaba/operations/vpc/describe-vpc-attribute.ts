import type { DescribeVpcAttributeRequest, DescribeVpcAttributeResponseBody } from '@alicloud/vpc20160428';
import { getVpc } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { flag, neededText } from '../../network/request/parameters.js';
import { vpcView } from '../../network/vpc/vpc-view.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describevpcattribute */
export const describeVpcAttribute = vpcAction<
  Given<DescribeVpcAttributeRequest, 'VpcId'>,
  Wire<DescribeVpcAttributeResponseBody>
>({
  name: 'DescribeVpcAttribute',
  kind: 'read',
  parameters: { VpcId: neededText, DryRun: flag },
  run: (call, { VpcId }) => {
    const { RouterTableIds, ...view } = vpcView(call, getVpc(call.state, VpcId, 'InvalidVpcID.NotFound'));
    const count = (ResourceType: string, ResourceCount: number) => ({ ResourceType, ResourceCount });
    return {
      ...view,
      AssociatedCens: { AssociatedCen: [] },
      ClassicLinkEnabled: false,
      CloudResources: {
        CloudResourceSetType: [
          count('VRouter', 1),
          count('VSwitch', view.VSwitchIds.VSwitchId.length),
          count('RouteTable', RouterTableIds.RouterTableIds.length),
        ],
      },
    };
  },
});
