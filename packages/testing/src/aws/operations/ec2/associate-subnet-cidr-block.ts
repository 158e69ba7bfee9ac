import type { AssociateSubnetCidrBlockRequest, AssociateSubnetCidrBlockResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need, refuse } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { subnetIpv6Block } from '../../ec2/subnet/subnet-blocks.js';
import { ServiceError } from '../../service-error.js';

/**
 * Gives a subnet its IPv6 block; it can have one.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_AssociateSubnetCidrBlock.html
 */
export const associateSubnetCidrBlock = ec2Operation({
  name: 'AssociateSubnetCidrBlock',
  kind: 'write',
  run: (call, input: AssociateSubnetCidrBlockRequest): AssociateSubnetCidrBlockResult => {
    refuse(input, ['Ipv6IpamPoolId', 'Ipv6NetmaskLength']);
    const { ec2 } = call.state;
    const subnet = getRow(ec2.subnets, need(input.SubnetId, 'subnetId'), ID.subnet);
    const vpc = getRow(ec2.vpcs, subnet.vpcId, ID.vpc);
    const block = subnetIpv6Block(ec2, vpc, need(input.Ipv6CidrBlock, 'ipv6CidrBlock'));
    if (subnet.ipv6CidrBlocks.length > 0) {
      throw new ServiceError(
        'CidrLimitExceeded',
        `This subnet '${subnet.id}' has met its maximum number of allowed CIDRs: 1`,
      );
    }
    const row = { associationId: call.id('subnet-cidr-assoc-'), cidrBlock: block.text, state: 'associated' as const };
    subnet.ipv6CidrBlocks.push(row);
    return {
      SubnetId: subnet.id,
      Ipv6CidrBlockAssociation: {
        AssociationId: row.associationId,
        Ipv6CidrBlock: row.cidrBlock,
        Ipv6CidrBlockState: { State: 'associating' },
      },
    };
  },
});
