import type { CreateVpnConnectionRouteRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { invalidMember, need } from '../../ec2/request/errors.js';
import { routeBlock } from '../../ec2/transit-gateway/transit-static-routes.js';
import { getVpnConnection } from '../../ec2/vpn/vpn-connections.js';
import { ServiceError } from '../../service-error.js';

/**
 * Adds a static route of a connection. Tables that the gateway propagates into have it once a tunnel is up.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnectionRoute.html
 */
export const createVpnConnectionRoute = ec2Operation({
  name: 'CreateVpnConnectionRoute',
  kind: 'write',
  run: (call, input: CreateVpnConnectionRouteRequest): Record<string, never> => {
    const row = getVpnConnection(call.state.ec2, need(input.VpnConnectionId, 'vpnConnectionId'));
    const block = routeBlock(input.DestinationCidrBlock);
    if (!row.staticRoutesOnly) {
      throw new ServiceError('UnsupportedOperation', `The vpnConnection '${row.id}' does not use static routes.`); // [U]
    }
    if (row.routes.includes(block)) {
      throw invalidMember('destinationCidrBlock', block, 'The route already exists.'); // [U]
    }
    row.routes.push(block);
    return {};
  },
});
