import type { DetachInternetGatewayRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { dependencyViolation, need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { ServiceError } from '../../service-error.js';

/**
 * Detaches a gateway from a VPC without public addresses; routes to it become blackholes.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachInternetGateway.html
 */
export const detachInternetGateway = ec2Operation({
  name: 'DetachInternetGateway',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DetachInternetGatewayRequest): Record<string, never> => {
    const row = getRow(ec2.internetGateways, need(input.InternetGatewayId, 'internetGatewayId'), ID.internetGateway);
    // The VPC is never looked up: EC2 repeats whatever text it was given.
    const network = need(input.VpcId, 'vpcId');
    if (row.vpcId !== network) {
      throw new ServiceError('Gateway.NotAttached', `resource ${row.id} is not attached to network ${network}`);
    }
    for (const { vpcId, publicIpAddress } of ec2.interfaces.values()) {
      if (vpcId !== network || publicIpAddress === undefined) continue;
      throw dependencyViolation(
        `Network ${network} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
      );
    }
    row.vpcId = undefined;
    return {};
  },
});
