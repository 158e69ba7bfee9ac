import type { DisableVgwRoutePropagationRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getRow, ID } from '../../ec2/request/ids.js';
import { getVpnGateway } from '../../ec2/vpn/vpn-connections.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DisableVgwRoutePropagation.html */
export const disableVgwRoutePropagation = ec2Operation({
  name: 'DisableVgwRoutePropagation',
  kind: 'write',
  run: ({ state: { ec2 } }, input: DisableVgwRoutePropagationRequest): Record<string, never> => {
    const table = getRow(ec2.routeTables, need(input.RouteTableId, 'routeTableId'), ID.routeTable);
    const gateway = getVpnGateway(ec2, need(input.GatewayId, 'gatewayId'));
    const on = table.propagatingVgws ?? [];
    table.propagatingVgws = on.filter((id) => id !== gateway.id);
    return {};
  },
});
