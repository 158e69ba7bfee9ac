import { peerAction } from '../../network/request/network-action.js';
import { clientToken, flag, neededText } from '../../network/request/parameters.js';
import { getPeering, PEERING_MS, wrongStatus } from '../../network/vpc/peerings.js';

/**
 * Accepts a peering that another account requested.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-acceptvpcpeerconnection
 */
export const acceptVpcPeerConnection = peerAction<{ readonly InstanceId: string }, object>({
  name: 'AcceptVpcPeerConnection',
  kind: 'write',
  parameters: { InstanceId: neededText, ClientToken: clientToken, DryRun: flag },
  run: (call, { InstanceId }) => {
    const row = getPeering(call, InstanceId);
    if (row.status !== 'Accepting' || row.accepter.account !== call.account) throw wrongStatus(row);
    row.status = 'Updating';
    row.modifiedAt = call.now;
    call.after(PEERING_MS, 'network.peering', { id: row.id });
    return {};
  },
});
