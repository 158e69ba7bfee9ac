import { peerAction } from '../../network/request/network-action.js';
import { neededText } from '../../network/request/parameters.js';
import { getPeering, peeringView } from '../../network/vpc/peerings.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpcpeer-2022-01-01-getvpcpeerconnectionattribute */
export const getVpcPeerConnectionAttribute = peerAction<
  { readonly InstanceId: string },
  ReturnType<typeof peeringView>
>({
  name: 'GetVpcPeerConnectionAttribute',
  kind: 'read',
  parameters: { InstanceId: neededText },
  run: (call, { InstanceId }) => peeringView(call, getPeering(call, InstanceId)),
});
