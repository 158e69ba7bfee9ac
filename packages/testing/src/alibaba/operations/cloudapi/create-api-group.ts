import type { CreateApiGroupRequest, CreateApiGroupResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getInstance } from '../../cloud-api/request/find.js';
import { checkBasePath, checkGroupName, instanceTypeOf, subDomainOf } from '../../cloud-api/group/group-rules.js';
import { SHARED_INSTANCE_ID } from '../../cloud-api/instance/new-instance.js';
import { longName, required, STAGES, tagList, text } from '../../cloud-api/request/parameters.js';
import { rpsOf } from '../../cloud-api/instance/specs.js';
import { putTags } from '../../cloud-api/request/tags.js';
import { say } from '../../cloud-api/request/words.js';
import type { ApiGroupRow } from '../../state/cloud-api-state.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<CreateApiGroupRequest>, 'GroupName'>;

/** Makes a group of APIs on an instance; on the shared one, if none is named. */
export const createApiGroup = cloudApiAction<Input, Wire<CreateApiGroupResponseBody>>({
  name: 'CreateApiGroup',
  kind: 'write',
  parameters: {
    GroupName: required(longName),
    Description: { type: 'string', length: [0, 180] },
    BasePath: text,
    InstanceId: text,
    Tag: tagList,
  },
  run(call, { GroupName, Description = '', BasePath = '/', InstanceId = '', Tag }) {
    const { state, region, now } = call;
    const instance = getInstance(state, InstanceId === '' ? SHARED_INSTANCE_ID : InstanceId);
    if (instance.status !== 'RUNNING') throw say.invalid('InstanceId', 'The specified instance is not running.');
    checkBasePath(BasePath);
    checkGroupName(state, GroupName);
    if (state.cloudApi.groups.size >= call.quota('api-groups')) throw say.exceeded('ApiGroup');
    const group: ApiGroupRow = {
      id: call.id('', 32, 'hex'),
      name: GroupName,
      description: Description,
      basePath: BasePath,
      instanceId: instance.id,
      httpsPolicy: instance.httpsPolicy,
      trafficLimit: rpsOf(instance.spec),
      billingStatus: 'NORMAL',
      illegalStatus: 'NORMAL',
      attributes: {},
      networkPolicy: { InternetEnable: true, InnerDomainEnable: true },
      stages: STAGES.map((name) => ({ id: call.id('', 32, 'hex'), name })),
      variables: new Map(),
      migration: undefined,
      migrationStatus: '',
      migrationError: '',
      previous: undefined,
      createdAt: now,
      modifiedAt: now,
    };
    state.cloudApi.groups.set(group.id, group);
    putTags(state, 'apiGroup', group.id, Tag);
    return {
      GroupId: group.id,
      GroupName,
      Description,
      BasePath,
      InstanceId: instance.id,
      InstanceType: instanceTypeOf(instance),
      SubDomain: subDomainOf(group, region),
      TagStatus: true,
    };
  },
});
