import type { DescribeNetworkAclsRequest, DescribeNetworkAclsResponseBody } from '@alicloud/vpc20160428';
import { admits } from '../../network/request/lists.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { networkAclView } from '../../network/network-acl/network-acl-view.js';
import { clientToken, oneOf, PAGE, tags, text } from '../../network/request/parameters.js';
import { hasTags } from '../../network/request/tags.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** Its numbers are texts. @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describenetworkacls */
export const describeNetworkAcls = vpcAction<Given<DescribeNetworkAclsRequest>, Wire<DescribeNetworkAclsResponseBody>>({
  name: 'DescribeNetworkAcls',
  kind: 'read',
  parameters: {
    VpcId: text,
    NetworkAclId: text,
    NetworkAclName: text,
    ResourceType: oneOf('VSwitch'),
    ResourceId: text,
    Tags: tags,
    ClientToken: clientToken,
    ...PAGE,
  },
  run: (call, { VpcId, NetworkAclId, NetworkAclName, ResourceId, Tags, PageNumber, PageSize }) => {
    const { networkAcls, vSwitches } = call.state.network;
    const rows = [...networkAcls.values()].filter(
      (row) =>
        admits(VpcId, row.vpcId) &&
        admits(NetworkAclId, row.id) &&
        admits(NetworkAclName, row.name) &&
        (ResourceId === undefined || vSwitches.get(ResourceId)?.networkAclId === row.id) &&
        hasTags(row.tags, Tags),
    );
    const { items, numbers } = page(rows, { PageNumber, PageSize }, { largest: 50 });
    return {
      PageNumber: String(numbers.PageNumber),
      PageSize: String(numbers.PageSize),
      TotalCount: String(numbers.TotalCount),
      NetworkAcls: { NetworkAcl: items.map((row) => networkAclView(call, row)) },
    };
  },
});
