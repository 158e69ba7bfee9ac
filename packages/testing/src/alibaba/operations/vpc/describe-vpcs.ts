import type { DescribeVpcsRequest, DescribeVpcsResponseBody } from '@alicloud/vpc20160428';
import { admits, admitsOneOf } from '../../network/request/lists.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { flag, PAGE, tags, text } from '../../network/request/parameters.js';
import { hasTags } from '../../network/request/tags.js';
import { vpcView } from '../../network/vpc/vpc-view.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describevpcs */
export const describeVpcs = vpcAction<Given<DescribeVpcsRequest>, Wire<DescribeVpcsResponseBody>>({
  name: 'DescribeVpcs',
  kind: 'read',
  parameters: { VpcId: text, VpcName: text, IsDefault: flag, Tag: tags, DryRun: flag, ...PAGE },
  run: (call, { VpcId, VpcName, IsDefault, Tag, ...asked }) => {
    const rows = [...call.state.network.vpcs.values()].filter(
      (row) => admitsOneOf(VpcId, row.id) && admits(VpcName, row.name) && IsDefault !== true && hasTags(row.tags, Tag),
    );
    const { items, numbers } = page(rows, asked, { largest: 50 });
    return {
      ...numbers,
      Vpcs: { Vpc: items.map((row) => ({ ...vpcView(call, row), NatGatewayIds: { NatGatewayIds: [] } })) },
    };
  },
});
