import type { CreateRouteTableRequest, CreateRouteTableResponseBody } from '@alicloud/vpc20160428';
import { newId } from '../../network/request/ids.js';
import { getVpc } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { clientToken, neededText, oneOf, tags, text } from '../../network/request/parameters.js';
import { readTags } from '../../network/request/tags.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createroutetable */
export const createRouteTable = vpcAction<Given<CreateRouteTableRequest, 'VpcId'>, Wire<CreateRouteTableResponseBody>>({
  name: 'CreateRouteTable',
  kind: 'write',
  parameters: {
    VpcId: neededText,
    RouteTableName: text,
    Description: text,
    AssociateType: oneOf('VSwitch'),
    Tag: tags,
    ClientToken: clientToken,
  },
  run: (call, { VpcId, RouteTableName = '', Description = '', Tag }) => {
    const { routeTables } = call.state.network;
    const vpc = getVpc(call.state, VpcId);
    checkName('RouteTable', RouteTableName);
    checkDescription('RouteTable', Description);
    const rowTags = readTags(Tag);
    const custom = [...routeTables.values()].filter(({ vpcId, kind }) => vpcId === vpc.id && kind === 'Custom');
    if (custom.length >= call.quota('route-tables-per-alibaba-vpc')) {
      throw new AlibabaError('QuotaExceeded.RouteTable', 'Route table quota exceeded in this VPC.'); // [?] the words
    }
    const id = newId(call, 'vtb');
    routeTables.set(id, {
      id,
      vpcId: vpc.id,
      kind: 'Custom',
      name: RouteTableName,
      description: Description,
      entries: [],
      createdAt: call.now,
      tags: rowTags,
    });
    return { RouteTableId: id };
  },
});
