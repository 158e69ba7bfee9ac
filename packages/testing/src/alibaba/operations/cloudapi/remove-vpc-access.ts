import type { RemoveVpcAccessRequest, RemoveVpcAccessResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getVpcAccess } from '../../cloud-api/request/find.js';
import { flag, integer, required, text } from '../../cloud-api/request/parameters.js';
import { publishedWithAccess, removeAccess } from '../../cloud-api/request/tasks.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<RemoveVpcAccessRequest>, 'VpcId' | 'InstanceId' | 'Port'>;

/** Removes an authorization by its VPC, instance and port. APIs that use it stay published, and lose their backend. */
export const removeVpcAccess = cloudApiAction<Input, Wire<RemoveVpcAccessResponseBody>>({
  name: 'RemoveVpcAccess',
  kind: 'write',
  parameters: { VpcId: required(text), InstanceId: required(text), Port: required(integer), NeedBatchWork: flag },
  run(call, input) {
    const access = getVpcAccess(call.state, input);
    const uses = publishedWithAccess(call, access.name);
    removeAccess(call, access.name);
    const stageIdOf = (groupId: string, stage: string) =>
      call.state.cloudApi.groups.get(groupId)?.stages.find(({ name }) => name === stage)?.id ?? '';
    return {
      Apis: {
        Api: uses.map(({ api, row }) => ({
          ApiId: api.id,
          GroupId: api.groupId,
          StageId: stageIdOf(api.groupId, row.stageName),
        })),
      },
    };
  },
});
