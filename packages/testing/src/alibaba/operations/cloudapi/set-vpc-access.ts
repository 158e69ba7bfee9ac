import type { SetVpcAccessRequest, SetVpcAccessResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { findVpcAccess, findVpcAccessByName } from '../../cloud-api/request/find.js';
import { integer, required, tagList, text } from '../../cloud-api/request/parameters.js';
import { putTags } from '../../cloud-api/request/tags.js';
import { checkVpcTarget } from '../../cloud-api/backend/vpc-access-rules.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<SetVpcAccessRequest>, 'Name' | 'VpcId' | 'InstanceId' | 'Port'>;

/** Authorizes the gateway to call one port of one instance or address of a VPC. */
export const setVpcAccess = cloudApiAction<Input, Wire<SetVpcAccessResponseBody>>({
  name: 'SetVpcAccess',
  kind: 'write',
  parameters: {
    Name: { type: 'string', required: true, length: [1, 128] },
    VpcId: required(text),
    InstanceId: required(text),
    Port: required(integer),
    Description: { type: 'string', length: [0, 200] },
    VpcTargetHostName: text,
    Tag: tagList,
  },
  run(call, input) {
    const { Name, VpcId, InstanceId, Port, Description = '', VpcTargetHostName = '' } = input;
    checkVpcTarget(call.state, input);
    if (findVpcAccessByName(call.state, Name)) throw say.duplicate('Name');
    if (findVpcAccess(call.state, input)) throw say.duplicate('VpcAccess');
    const id = call.id('', 32, 'hex');
    call.state.cloudApi.vpcAccesses.set(id, {
      id,
      name: Name,
      vpcId: VpcId,
      instanceId: InstanceId,
      port: Port,
      targetHostName: VpcTargetHostName,
      description: Description,
      createdAt: call.now,
    });
    putTags(call.state, 'vpcAccess', id, input.Tag);
    return { VpcAccessId: id };
  },
});
