import type { CreateVpcRequest, CreateVpcResponseBody } from '@alicloud/vpc20160428';
import { newId } from '../../network/request/ids.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { clientToken, flag, tags, text } from '../../network/request/parameters.js';
import { readTags } from '../../network/request/tags.js';
import { checkDescription, checkName } from '../../network/request/text-rules.js';
import { DEFAULT_VPC_BLOCK, readVpcBlock } from '../../network/vpc/vpc-blocks.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-createvpc */
export const createVpc = vpcAction<Given<CreateVpcRequest>, Wire<CreateVpcResponseBody>>({
  name: 'CreateVpc',
  kind: 'write',
  parameters: {
    CidrBlock: text,
    VpcName: text,
    Description: text,
    Tag: tags,
    ClientToken: clientToken,
    DryRun: flag,
  },
  run: (call, { CidrBlock = DEFAULT_VPC_BLOCK, VpcName = '', Description = '', Tag }) => {
    const { network } = call.state;
    checkName('Vpc', VpcName);
    checkDescription('Vpc', Description);
    const block = readVpcBlock(CidrBlock);
    const rowTags = readTags(Tag);
    if (network.vpcs.size >= call.quota('alibaba-vpcs')) {
      throw new AlibabaError('QuotaExceeded.Vpc', 'VPC quota exceeded.');
    }
    const id = newId(call, 'vpc');
    const routerId = newId(call, 'vrt');
    const routeTableId = newId(call, 'vtb');
    network.vpcs.set(id, {
      id,
      cidrBlock: block.text,
      secondaryCidrBlocks: [],
      name: VpcName,
      description: Description,
      routerId,
      routeTableId,
      createdAt: call.now,
      tags: rowTags,
    });
    network.routeTables.set(routeTableId, {
      id: routeTableId,
      vpcId: id,
      kind: 'System',
      name: '',
      description: '',
      entries: [],
      createdAt: call.now,
      tags: {},
    });
    return { VpcId: id, VRouterId: routerId, RouteTableId: routeTableId, ResourceGroupId: '' };
  },
});
