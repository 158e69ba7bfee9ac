import type { DeleteVpnConnectionRequest } from '@aws-sdk/client-ec2';
import { ec2Operation } from '../../ec2/request/ec2-operation.js';
import { need } from '../../ec2/request/errors.js';
import { deleteAttachment } from '../../ec2/transit-gateway/transit-gateways.js';
import { getVpnConnection, VPN_MS } from '../../ec2/vpn/vpn-connections.js';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpnConnection.html */
export const deleteVpnConnection = ec2Operation({
  name: 'DeleteVpnConnection',
  kind: 'write',
  run: (call, input: DeleteVpnConnectionRequest): Record<string, never> => {
    const row = getVpnConnection(call.state.ec2, need(input.VpnConnectionId, 'vpnConnectionId'));
    row.state = 'deleting';
    for (const attachment of call.state.ec2.transitGatewayAttachments.values()) {
      if (attachment.resourceId === row.id && attachment.state !== 'deleted') deleteAttachment(call, attachment);
    }
    call.after(VPN_MS, 'ec2.vpn-connection', { id: row.id, to: 'deleted' });
    return {};
  },
});
