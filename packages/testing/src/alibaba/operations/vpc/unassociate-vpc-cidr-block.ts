import { covers, readBlock } from '../../../simulation/blocks.js';
import type { UnassociateVpcCidrBlockRequest, UnassociateVpcCidrBlockResponseBody } from '@alicloud/vpc20160428';
import { getVpc } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-unassociatevpccidrblock */
export const unassociateVpcCidrBlock = vpcAction<
  Given<UnassociateVpcCidrBlockRequest, 'VpcId' | 'SecondaryCidrBlock'>,
  Wire<UnassociateVpcCidrBlockResponseBody>
>({
  name: 'UnassociateVpcCidrBlock',
  kind: 'write',
  parameters: { VpcId: neededText, SecondaryCidrBlock: neededText },
  run: ({ state }, { VpcId, SecondaryCidrBlock }) => {
    const vpc = getVpc(state, VpcId);
    const block = readBlock(SecondaryCidrBlock);
    if (!block || !vpc.secondaryCidrBlocks.includes(block.text)) {
      // [?] the code
      throw new AlibabaError('InvalidCidrBlock.NotFound', 'Specified CIDR block does not exist in the VPC.', 404);
    }
    for (const { vpcId, cidrBlock } of state.network.vSwitches.values()) {
      const inner = vpcId === vpc.id ? readBlock(cidrBlock) : undefined;
      if (inner && covers(block, inner)) {
        throw new AlibabaError('DependencyViolation.VSwitch', 'Specified object has dependent resources.');
      }
    }
    vpc.secondaryCidrBlocks = vpc.secondaryCidrBlocks.filter((other) => other !== block.text);
    return {};
  },
});
