import type { CreateVpcRequest, CreateVpcResult } from '@aws-sdk/client-ec2';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember, missingParameter, refuse } from '../../ec2/request/errors.js';
import { amazonIpv6Block, newVpc } from '../../ec2/vpc/new-vpc.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { vpcBlock } from '../../ec2/vpc/vpc-blocks.js';
import { vpcView } from '../../ec2/vpc/vpc-view.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpc.html */
export const createVpc = ec2Operation({
  name: 'CreateVpc',
  kind: 'write',
  run: (call, input: CreateVpcRequest): CreateVpcResult => {
    refuse(input, ['Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'Ipv6IpamPoolId', 'Ipv6NetmaskLength', 'Ipv6Pool']);
    refuse(input, ['Ipv6CidrBlock', 'Ipv6CidrBlockNetworkBorderGroup', 'VpcEncryptionControl']);
    if (input.CidrBlock === undefined) throw missingParameter(`cidrBlock or ipv4IpamPoolId`);
    const block = vpcBlock(input.CidrBlock);
    const tenancy = input.InstanceTenancy ?? 'default';
    if (tenancy !== 'default' && tenancy !== 'dedicated') {
      throw invalidMember('instanceTenancy', tenancy, 'Invalid tenancy.');
    }
    const tags = tagsFrom(input.TagSpecifications, 'vpc');
    if (call.state.ec2.vpcs.size >= call.quota('vpcs')) {
      throw new ServiceError('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
    }
    const place = birthplaceOf(call);
    const row = newVpc(place, {
      cidrBlock: block.text,
      ipv6CidrBlock: input.AmazonProvidedIpv6CidrBlock === true ? amazonIpv6Block(place) : undefined,
      isDefault: false,
      instanceTenancy: tenancy,
      tags,
    });
    return { Vpc: { ...vpcView(row), State: 'pending' } };
  },
});
