import { peerAction } from '../../network/request/network-action.js';
import { clientToken, flag, neededText } from '../../network/request/parameters.js';
import { getPeering } from '../../network/vpc/peerings.js';
import { AlibabaError } from '../../service-error.js';

/**
 * Deletes a peering that no route uses. `Force` deletes the routes, too.
 * @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-deletevpcpeerconnection
 */
export const deleteVpcPeerConnection = peerAction<{ readonly InstanceId: string; readonly Force?: boolean }, object>({
  name: 'DeleteVpcPeerConnection',
  kind: 'write',
  parameters: { InstanceId: neededText, Force: flag, ClientToken: clientToken, DryRun: flag },
  run: (call, { InstanceId, Force = false }) => {
    const row = getPeering(call, InstanceId);
    for (const { network } of call.alibaba.regions.values()) {
      for (const table of network.routeTables.values()) {
        const left = table.entries.filter(({ nextHopId }) => nextHopId !== row.id);
        if (left.length === table.entries.length) continue;
        if (!Force)
          throw new AlibabaError(
            'DependencyViolation.RouteEntry',
            'The specified resource has dependent route entries.',
          );
        table.entries = left;
      }
    }
    call.alibaba.peerings.delete(row.id);
    return {};
  },
});
