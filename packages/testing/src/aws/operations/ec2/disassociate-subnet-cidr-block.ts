import type { DisassociateSubnetCidrBlockRequest, DisassociateSubnetCidrBlockResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { checkId, ID, notFound } from '../../ec2/request/ids.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisassociateSubnetCidrBlock.html */
export const disassociateSubnetCidrBlock = ec2Operation({
  name: 'DisassociateSubnetCidrBlock',
  kind: 'write',
  run: (call, input: DisassociateSubnetCidrBlockRequest): DisassociateSubnetCidrBlockResult => {
    const id = need(input.AssociationId, 'associationId');
    checkId(id, ID.subnetCidrAssociation);
    for (const subnet of call.state.ec2.subnets.values()) {
      const row = subnet.ipv6CidrBlocks.find((block) => block.associationId === id);
      if (row === undefined) continue;
      subnet.ipv6CidrBlocks = subnet.ipv6CidrBlocks.filter((block) => block !== row);
      return {
        SubnetId: subnet.id,
        Ipv6CidrBlockAssociation: {
          AssociationId: id,
          Ipv6CidrBlock: row.cidrBlock,
          Ipv6CidrBlockState: { State: 'disassociating' },
        },
      };
    }
    throw notFound(ID.subnetCidrAssociation, id);
  },
});
