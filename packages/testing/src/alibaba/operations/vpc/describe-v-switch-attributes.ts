import type { DescribeVSwitchAttributesRequest, DescribeVSwitchAttributesResponseBody } from '@alicloud/vpc20160428';
import { getVSwitch } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { flag, neededText } from '../../network/request/parameters.js';
import { vSwitchView } from '../../network/vpc/vpc-view.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describevswitchattributes */
export const describeVSwitchAttributes = vpcAction<
  Given<DescribeVSwitchAttributesRequest, 'VSwitchId'>,
  Wire<DescribeVSwitchAttributesResponseBody>
>({
  name: 'DescribeVSwitchAttributes',
  kind: 'read',
  parameters: { VSwitchId: neededText, DryRun: flag },
  run: (call, { VSwitchId }) => vSwitchView(call, getVSwitch(call.state, VSwitchId)),
});
