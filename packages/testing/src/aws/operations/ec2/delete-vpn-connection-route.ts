import type { DeleteVpnConnectionRouteRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { routeBlock } from '../../ec2/transit-gateway/transit-static-routes.js';
import { getVpnConnection } from '../../ec2/vpn/vpn-connections.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpnConnectionRoute.html */
export const deleteVpnConnectionRoute = ec2Operation({
  name: 'DeleteVpnConnectionRoute',
  kind: 'write',
  run: (call, input: DeleteVpnConnectionRouteRequest): Record<string, never> => {
    const row = getVpnConnection(call.state.ec2, need(input.VpnConnectionId, 'vpnConnectionId'));
    const block = routeBlock(input.DestinationCidrBlock);
    if (!row.routes.includes(block)) {
      throw new ServiceError('InvalidRoute.NotFound', `The specified route ${block} does not exist in ${row.id}`); // [U] words
    }
    row.routes = row.routes.filter((route) => route !== block);
    return {};
  },
});
