import type { DeleteCustomerGatewayRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { getCustomerGateway, VISIBLE_MS } from '../../ec2/vpn/vpn-connections.js';
import { ServiceError } from '../../service-error.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteCustomerGateway.html */
export const deleteCustomerGateway = ec2Operation({
  name: 'DeleteCustomerGateway',
  kind: 'write',
  run: (call, input: DeleteCustomerGatewayRequest): Record<string, never> => {
    const { ec2 } = call.state;
    const row = getCustomerGateway(ec2, need(input.CustomerGatewayId, 'customerGatewayId'));
    const uses = [...ec2.vpnConnections.values()].some(
      (connection) => connection.customerGatewayId === row.id && connection.state !== 'deleted',
    );
    if (uses) throw new ServiceError('IncorrectState', 'The customer gateway is in use.');
    row.state = 'deleted';
    call.after(VISIBLE_MS, 'ec2.vpn-vanishes', { id: row.id });
    return {};
  },
});
