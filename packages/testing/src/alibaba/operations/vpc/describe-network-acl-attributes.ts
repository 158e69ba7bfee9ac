import type {
  DescribeNetworkAclAttributesRequest,
  DescribeNetworkAclAttributesResponseBody,
} from '@alicloud/vpc20160428';
import { getNetworkAcl } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { networkAclView } from '../../network/network-acl/network-acl-view.js';
import { clientToken, neededText } from '../../network/request/parameters.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describenetworkaclattributes */
export const describeNetworkAclAttributes = vpcAction<
  Given<DescribeNetworkAclAttributesRequest, 'NetworkAclId'>,
  Wire<DescribeNetworkAclAttributesResponseBody>
>({
  name: 'DescribeNetworkAclAttributes',
  kind: 'read',
  parameters: { NetworkAclId: neededText, ClientToken: clientToken },
  run: (call, { NetworkAclId }) => ({
    NetworkAclAttribute: networkAclView(call, getNetworkAcl(call.state, NetworkAclId)),
  }),
});
