import type { EnableVgwRoutePropagationRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { getVpnGateway } from '../../ec2/vpn/vpn-connections.js';
import { ServiceError } from '../../service-error.js';

/**
 * From now on the table contains the routes of the gateway as propagated routes.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableVgwRoutePropagation.html
 */
export const enableVgwRoutePropagation = ec2Operation({
  name: 'EnableVgwRoutePropagation',
  kind: 'write',
  run: ({ state: { ec2 } }, input: EnableVgwRoutePropagationRequest): Record<string, never> => {
    const table = getRow(ec2.routeTables, need(input.RouteTableId, 'routeTableId'), ID.routeTable);
    const gateway = getVpnGateway(ec2, need(input.GatewayId, 'gatewayId'));
    const on = table.propagatingVgws ?? [];
    if (gateway.vpcId !== table.vpcId) {
      throw new ServiceError('Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${table.vpcId}`);
    }
    if (!on.includes(gateway.id)) table.propagatingVgws = [...on, gateway.id];
    return {};
  },
});
