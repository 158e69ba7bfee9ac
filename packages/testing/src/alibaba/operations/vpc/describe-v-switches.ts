import type { DescribeVSwitchesRequest, DescribeVSwitchesResponseBody } from '@alicloud/vpc20160428';
import { admits, admitsOneOf } from '../../network/request/lists.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { flag, PAGE, tags, text } from '../../network/request/parameters.js';
import { hasTags } from '../../network/request/tags.js';
import { vSwitchView } from '../../network/vpc/vpc-view.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-describevswitches */
export const describeVSwitches = vpcAction<Given<DescribeVSwitchesRequest>, Wire<DescribeVSwitchesResponseBody>>({
  name: 'DescribeVSwitches',
  kind: 'read',
  parameters: {
    VpcId: text,
    VSwitchId: text,
    ZoneId: text,
    VSwitchName: text,
    RouteTableId: text,
    IsDefault: flag,
    Tag: tags,
    DryRun: flag,
    ...PAGE,
  },
  run: (call, { VpcId, VSwitchId, ZoneId, VSwitchName, RouteTableId, IsDefault, Tag, ...asked }) => {
    const rows = [...call.state.network.vSwitches.values()].filter(
      (row) =>
        admits(VpcId, row.vpcId) &&
        admitsOneOf(VSwitchId, row.id) &&
        admits(ZoneId, row.zoneId) &&
        admits(VSwitchName, row.name) &&
        admits(RouteTableId, row.routeTableId) &&
        IsDefault !== true &&
        hasTags(row.tags, Tag),
    );
    const { items, numbers } = page(rows, asked, { largest: 50 });
    return { ...numbers, VSwitches: { VSwitch: items.map((row) => vSwitchView(call, row)) } };
  },
});
