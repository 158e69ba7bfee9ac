import type { DeleteApiRequest, DeleteApiResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getApi } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DeleteApiRequest>, 'ApiId'>;

/** Deletes an API that is published nowhere. */
export const deleteApi = cloudApiAction<Input, Wire<DeleteApiResponseBody>>({
  name: 'DeleteApi',
  kind: 'write',
  parameters: { GroupId: text, ApiId: required(text) },
  run({ state }, { ApiId, GroupId }) {
    const api = getApi(state, ApiId, GroupId);
    if (api.online.size > 0) throw say.inUse('Api', 'Stage');
    for (const plugin of state.cloudApi.plugins.values()) {
      const attachments = plugin.attachments.filter(({ apiId }) => apiId !== api.id);
      state.cloudApi.plugins.set(plugin.id, { ...plugin, attachments });
    }
    state.cloudApi.apis.delete(api.id);
    state.cloudApi.tags.delete(`api/${api.id}`);
    return {};
  },
});
