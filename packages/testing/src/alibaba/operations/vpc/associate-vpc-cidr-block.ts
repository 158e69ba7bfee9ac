import { overlaps } from '../../../simulation/blocks.js';
import type { AssociateVpcCidrBlockRequest, AssociateVpcCidrBlockResponseBody } from '@alicloud/vpc20160428';
import { getVpc } from '../../network/request/lookups.js';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { neededText, oneOf } from '../../network/request/parameters.js';
import { blocksOf, readVpcBlock } from '../../network/vpc/vpc-blocks.js';
import { AlibabaError } from '../../service-error.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-associatevpccidrblock */
export const associateVpcCidrBlock = vpcAction<
  Given<AssociateVpcCidrBlockRequest, 'VpcId' | 'SecondaryCidrBlock'>,
  Wire<AssociateVpcCidrBlockResponseBody>
>({
  name: 'AssociateVpcCidrBlock',
  kind: 'write',
  parameters: { VpcId: neededText, SecondaryCidrBlock: neededText, IpVersion: oneOf('IPV4') },
  run: (call, { VpcId, SecondaryCidrBlock }) => {
    const vpc = getVpc(call.state, VpcId);
    const block = readVpcBlock(SecondaryCidrBlock);
    if (blocksOf(vpc).some((other) => overlaps(other, block))) {
      // [?] the code
      throw new AlibabaError('InvalidCidrBlock.Overlapped', 'Specified CIDR block overlapped with other CIDR blocks.');
    }
    if (vpc.secondaryCidrBlocks.length >= call.quota('secondary-blocks-per-vpc')) {
      throw new AlibabaError('QuotaExceeded.SecondaryCidrBlock', 'The quota of secondary CIDR blocks is exceeded.'); // [?]
    }
    vpc.secondaryCidrBlocks = [...vpc.secondaryCidrBlocks, block.text];
    return {};
  },
});
