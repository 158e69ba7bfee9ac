import type { VirtualGateways } from '@aws-sdk/client-direct-connect';
import { operation } from '../../operation.js';

/**
 * Virtual private gateways, as Direct Connect sees them: EC2's.
 * @see https://docs.aws.amazon.com/directconnect/latest/APIReference/API_DescribeVirtualGateways.html
 */
export const describeVirtualGateways = operation<Record<string, never>, VirtualGateways>({
  service: 'directconnect',
  name: 'DescribeVirtualGateways',
  kind: 'read',
  run: ({ state }) => ({
    virtualGateways: [...state.ec2.vpnGateways.values()].map((row) => ({
      virtualGatewayId: row.id,
      virtualGatewayState: row.state,
    })),
  }),
});
