import type { CreateInternetGatewayRequest, CreateInternetGatewayResult } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { internetGatewayView } from '../../ec2/vpc/gateway-view.js';
import { tagsFrom } from '../../ec2/request/tags.js';
import { ServiceError } from '../../service-error.js';
import type { GatewayRow } from '../../state/ec2-state.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateInternetGateway.html */
export const createInternetGateway = ec2Operation({
  name: 'CreateInternetGateway',
  kind: 'write',
  run: (call, input: CreateInternetGatewayRequest): CreateInternetGatewayResult => {
    const { internetGateways } = call.state.ec2;
    const tags = tagsFrom(input.TagSpecifications, 'internet-gateway');
    if (internetGateways.size >= call.quota('internet-gateways')) {
      throw new ServiceError(
        'InternetGatewayLimitExceeded',
        'The maximum number of internet gateways has been reached.',
      );
    }
    const row: GatewayRow = { id: call.id('igw-'), ownerId: call.account, vpcId: undefined, tags };
    internetGateways.set(row.id, row);
    return { InternetGateway: internetGatewayView(row) };
  },
});
