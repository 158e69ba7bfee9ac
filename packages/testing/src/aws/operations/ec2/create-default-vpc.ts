import type { CreateDefaultVpcRequest, CreateDefaultVpcResult } from '@aws-sdk/client-ec2';
import { birthplaceOf } from '../../ec2/birthplace.js';
import { newDefaultVpc } from '../../ec2/vpc/default-network.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { vpcView } from '../../ec2/vpc/vpc-view.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDefaultVpc.html */
export const createDefaultVpc = ec2Operation({
  name: 'CreateDefaultVpc',
  kind: 'write',
  run: (call, _input: CreateDefaultVpcRequest): CreateDefaultVpcResult => {
    if ([...call.state.ec2.vpcs.values()].some((vpc) => vpc.isDefault)) {
      throw new ServiceError(
        'DefaultVpcAlreadyExists',
        'A Default VPC already exists for this account in this region.',
      );
    }
    if (call.state.ec2.vpcs.size >= call.quota('vpcs')) {
      throw new ServiceError('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
    }
    return { Vpc: { ...vpcView(newDefaultVpc(birthplaceOf(call))), State: 'pending' } };
  },
});
