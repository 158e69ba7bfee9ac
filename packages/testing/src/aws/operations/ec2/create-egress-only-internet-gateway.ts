import type {
  CreateEgressOnlyInternetGatewayRequest,
  CreateEgressOnlyInternetGatewayResult,
} from '@aws-sdk/client-ec2';
import { oncePerToken } from '../../ec2/request/client-token.js';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { egressOnlyGatewayView } from '../../ec2/vpc/gateway-view.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { tagsFrom } from '../../ec2/request/tags.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateEgressOnlyInternetGateway.html */
export const createEgressOnlyInternetGateway = ec2Operation({
  name: 'CreateEgressOnlyInternetGateway',
  kind: 'write',
  run: (call, input: CreateEgressOnlyInternetGatewayRequest): CreateEgressOnlyInternetGatewayResult => {
    const { ec2 } = call.state;
    const vpc = getRow(ec2.vpcs, need(input.VpcId, 'vpcId'), ID.vpc);
    const tags = tagsFrom(input.TagSpecifications, 'egress-only-internet-gateway');
    const find = (id: string) => ec2.egressOnlyGateways.get(id);
    const row = oncePerToken(call, 'CreateEgressOnlyInternetGateway', input, find, () => {
      const made = { id: call.id('eigw-'), ownerId: call.account, vpcId: vpc.id, tags };
      ec2.egressOnlyGateways.set(made.id, made);
      return made;
    });
    return { EgressOnlyInternetGateway: egressOnlyGatewayView(row), ClientToken: input.ClientToken };
  },
});
