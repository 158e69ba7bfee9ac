import type { DeleteInternetGatewayRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { dependencyViolation, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteInternetGateway.html */
export const deleteInternetGateway = ec2Operation({
  name: 'DeleteInternetGateway',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DeleteInternetGatewayRequest): Record<string, never> => {
    const row = getRow(ec2.internetGateways, need(input.InternetGatewayId, 'internetGatewayId'), ID.internetGateway);
    if (row.vpcId !== undefined) {
      throw dependencyViolation(`The internetGateway '${row.id}' has dependencies and cannot be deleted.`);
    }
    ec2.internetGateways.delete(row.id);
    return {};
  },
});
