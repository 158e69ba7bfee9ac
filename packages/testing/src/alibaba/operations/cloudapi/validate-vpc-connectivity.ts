import type { ValidateVpcConnectivityRequest, ValidateVpcConnectivityResponseBody } from '@alicloud/cloudapi20160714';
import { targetKind } from '../../cloud-api/api/backend-address.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getInstance } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import { connects } from '../../connects/connects.js';
import { addressOwner } from '../../network/vpc/network.js';
import type { VpcAccessRow } from '../../state/cloud-api-state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ValidateVpcConnectivityRequest>, 'InstanceId' | 'VpcAccessId'>;

/**
 * Checks whether an instance reaches the target of an authorization, with all filters on the path. An
 * address is reported as ECS or SLB. An address that belongs to neither is INVALID, an on-premises address
 * too [?].
 */
export const validateVpcConnectivity = cloudApiAction<Input, Wire<ValidateVpcConnectivityResponseBody>>({
  name: 'ValidateVpcConnectivity',
  kind: 'read',
  parameters: { InstanceId: required(text), VpcAccessId: required(text) },
  run(call, { InstanceId, VpcAccessId }) {
    const { id, connection } = getInstance(call.state, InstanceId);
    const access = call.state.cloudApi.vpcAccesses.get(VpcAccessId);
    if (!access) throw say.notFound('Vpc');
    const isOtherVpc = connection !== undefined && connection.vpcId !== access.vpcId;
    const Connected = !isOtherVpc && connects(call, id, access.instanceId, access.port).connects;
    return { Connected, ...ipType(call.state, access) };
  },
});

function ipType(state: AlibabaRegionState, { vpcId, instanceId }: VpcAccessRow): { IpType?: string } {
  if (targetKind(instanceId) !== 'ADDRESS') return {};
  const owner = addressOwner(state, vpcId, instanceId);
  if (owner?.kind === 'load-balancer') return { IpType: 'SLB' };
  return { IpType: owner?.interface.instanceId === undefined ? 'INVALID' : 'ECS' };
}
