import type { ModifyRouteTableAttributesRequest, ModifyRouteTableAttributesResponseBody } from '@alicloud/vpc20160428';
import { getRouteTable } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { neededText, text } from '../../network/request/parameters.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-modifyroutetableattributes */
export const modifyRouteTableAttributes = vpcAction<
  Given<ModifyRouteTableAttributesRequest, 'RouteTableId'>,
  Wire<ModifyRouteTableAttributesResponseBody>
>({
  name: 'ModifyRouteTableAttributes',
  kind: 'write',
  parameters: { RouteTableId: neededText, RouteTableName: text, Description: text },
  run: ({ state }, { RouteTableId, RouteTableName, Description }) => {
    const row = getRouteTable(state, RouteTableId);
    checkName('RouteTable', RouteTableName);
    checkDescription('RouteTable', Description);
    row.name = RouteTableName ?? row.name;
    row.description = Description ?? row.description;
    return {};
  },
});
