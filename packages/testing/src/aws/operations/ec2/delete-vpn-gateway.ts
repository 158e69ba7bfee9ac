import type { DeleteVpnGatewayRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getVpnGateway, VISIBLE_MS } from '../../ec2/vpn/vpn-connections.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpnGateway.html */
export const deleteVpnGateway = ec2Operation({
  name: 'DeleteVpnGateway',
  kind: 'write',
  run: (call, input: DeleteVpnGatewayRequest): Record<string, never> => {
    const { ec2 } = call.state;
    const row = getVpnGateway(ec2, need(input.VpnGatewayId, 'vpnGatewayId'));
    const uses = [...ec2.vpnConnections.values()].some(
      (connection) => connection.vpnGatewayId === row.id && connection.state !== 'deleted',
    );
    if (row.vpcId !== undefined || uses) {
      throw new ServiceError('IncorrectState', `The vpnGateway '${row.id}' is still in use.`); // [U] words
    }
    row.state = 'deleted';
    call.after(VISIBLE_MS, 'ec2.vpn-vanishes', { id: row.id });
    return {};
  },
});
