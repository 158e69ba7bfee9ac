import type { CreateApiRequest, CreateApiResponseBody } from '@alicloud/cloudapi20160714';
import { checkApi } from '../../cloud-api/api/api-rules.js';
import { apiParameters } from '../../cloud-api/api/api-parameters.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { readDefinition } from '../../cloud-api/api/definition.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { requireUnlocked } from '../../cloud-api/group/group-rules.js';
import { required, tagList, text } from '../../cloud-api/request/parameters.js';
import { putTags } from '../../cloud-api/request/tags.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<CreateApiRequest>, 'GroupId' | 'ApiName' | 'RequestConfig' | 'ServiceConfig'>;

/** Drafts an API in a group. Nothing is published. */
export const createApi = cloudApiAction<Input, Wire<CreateApiResponseBody>>({
  name: 'CreateApi',
  kind: 'write',
  parameters: { GroupId: required(text), ...apiParameters, Tag: tagList },
  run(call, input) {
    const { state, now } = call;
    const group = getGroup(state, input.GroupId);
    requireUnlocked(group);
    const draft = readDefinition(state, input);
    checkApi(state, group.id, draft);
    const count = [...state.cloudApi.apis.values()].filter(({ groupId }) => groupId === group.id).length;
    if (count >= call.quota('apis-per-group')) throw say.exceeded('Api');
    const id = call.id('', 32, 'hex');
    const row = { id, groupId: group.id, draft, online: new Map(), history: [], createdAt: now, modifiedAt: now };
    state.cloudApi.apis.set(id, row);
    putTags(state, 'api', id, input.Tag);
    return { ApiId: id };
  },
});
