import type { ModifyApiRequest, ModifyApiResponseBody } from '@alicloud/cloudapi20160714';
import { apiParameters } from '../../cloud-api/api/api-parameters.js';
import { checkApi } from '../../cloud-api/api/api-rules.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { readDefinition } from '../../cloud-api/api/definition.js';
import { getApi, getGroup } from '../../cloud-api/request/find.js';
import { requireUnlocked } from '../../cloud-api/group/group-rules.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ModifyApiRequest>, 'ApiId' | 'ApiName' | 'RequestConfig' | 'ServiceConfig'>;

/** Changes an API's draft; what is published of it stays. */
export const modifyApi = cloudApiAction<Input, Wire<ModifyApiResponseBody>>({
  name: 'ModifyApi',
  kind: 'write',
  parameters: { GroupId: text, ApiId: required(text), ...apiParameters },
  run({ state, now }, input) {
    const api = getApi(state, input.ApiId, input.GroupId);
    requireUnlocked(getGroup(state, api.groupId));
    const draft = readDefinition(state, input, api.draft);
    checkApi(state, api.groupId, draft, api.id);
    state.cloudApi.apis.set(api.id, { ...api, draft, modifiedAt: now });
    return {};
  },
});
