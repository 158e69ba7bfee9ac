import type {
  DeleteEgressOnlyInternetGatewayRequest,
  DeleteEgressOnlyInternetGatewayResult,
} from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteEgressOnlyInternetGateway.html */
export const deleteEgressOnlyInternetGateway = ec2Operation({
  name: 'DeleteEgressOnlyInternetGateway',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteEgressOnlyInternetGatewayRequest): DeleteEgressOnlyInternetGatewayResult => {
    const id = need(input.EgressOnlyInternetGatewayId, 'egressOnlyInternetGatewayId');
    ec2.egressOnlyGateways.delete(getRow(ec2.egressOnlyGateways, id, ID.egressOnlyGateway).id);
    return { ReturnCode: true };
  },
});
