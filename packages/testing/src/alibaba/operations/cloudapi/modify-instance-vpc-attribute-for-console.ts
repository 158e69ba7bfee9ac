import type {
  ModifyInstanceVpcAttributeForConsoleRequest,
  ModifyInstanceVpcAttributeForConsoleResponseBody,
} from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getInstance } from '../../cloud-api/request/find.js';
import { changeInstance } from '../../cloud-api/instance/instance-life.js';
import { flag, integer, required, text } from '../../cloud-api/request/parameters.js';
import { isReplay, useToken } from '../../cloud-api/request/tokens.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ModifyInstanceVpcAttributeForConsoleRequest>, 'InstanceId' | 'VpcId'>;

const NAME = 'ModifyInstanceVpcAttributeForConsole';

/** Sets or removes the VPC of a dedicated instance's callers. VPCs of other accounts are not checked. */
export const modifyInstanceVpcAttributeForConsole = cloudApiAction<
  Input,
  Wire<ModifyInstanceVpcAttributeForConsoleResponseBody>
>({
  name: NAME,
  kind: 'write',
  parameters: {
    InstanceId: required(text),
    VpcId: required(text),
    VswitchId: text,
    VpcOwnerId: integer,
    DeleteVpcAccess: flag,
    Token: { type: 'string', length: [0, 64] },
  },
  run(call, input) {
    const { InstanceId, VpcId, VswitchId = '', VpcOwnerId, DeleteVpcAccess = false } = input;
    const row = getInstance(call.state, InstanceId);
    if (isReplay(call, NAME, input)) return {};
    if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance is called from every VPC.');
    if (row.status !== 'RUNNING') throw say.busy();
    const { vpcs, vSwitches } = call.state.network;
    const ours = VpcOwnerId === undefined || String(VpcOwnerId) === call.account;
    if (ours && !DeleteVpcAccess) {
      if (!vpcs.has(VpcId)) throw say.notFound('Vpc');
      if (VswitchId !== '' && vSwitches.get(VswitchId)?.vpcId !== VpcId) throw say.invalid('VswitchId');
    }
    changeInstance(
      call,
      row.id,
      DeleteVpcAccess ? { vpcIntranet: false, clientVpcId: undefined } : { vpcIntranet: true, clientVpcId: VpcId },
    );
    useToken(call, NAME, input);
    return {};
  },
});
