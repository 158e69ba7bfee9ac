import type { DetachVpnGatewayRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getVpnGateway } from '../../ec2/vpn/vpn-connections.js';
import { ServiceError } from '../../service-error.js';

/**
 * Detaches a gateway from its VPC. Routes to it become blackholes, and its propagated routes are removed.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DetachVpnGateway.html
 */
export const detachVpnGateway = ec2Operation({
  name: 'DetachVpnGateway',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DetachVpnGatewayRequest): Record<string, never> => {
    const row = getVpnGateway(ec2, need(input.VpnGatewayId, 'vpnGatewayId'));
    const vpcId = need(input.VpcId, 'vpcId');
    if (row.vpcId !== vpcId) {
      throw new ServiceError(
        'InvalidVpnGatewayAttachment.NotFound',
        `The attachment with vpn gateway ID '${row.id}' and vpc ID '${vpcId}' does not exist`,
      );
    }
    row.vpcId = undefined;
    return {};
  },
});
