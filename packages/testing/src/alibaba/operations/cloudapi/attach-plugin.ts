import type { AttachPluginRequest, AttachPluginResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getApi, getGroup, getPlugin, getStage } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { attach } from '../../cloud-api/api/plugin-rules.js';
import { onlineVersion } from '../../cloud-api/api/publish.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<AttachPluginRequest>, 'PluginId' | 'StageName'>;

/** Attaches a plug-in to published APIs on a stage: one by `ApiId`, several by `ApiIds`, joined by commas. */
export const attachPlugin = cloudApiAction<Input, Wire<AttachPluginResponseBody>>({
  name: 'AttachPlugin',
  kind: 'write',
  parameters: { PluginId: required(text), GroupId: text, ApiId: text, ApiIds: text, StageName: required(text) },
  run({ state }, { PluginId, GroupId, ApiId = '', ApiIds = '', StageName }) {
    getPlugin(state, PluginId);
    const ids = [ApiId, ...ApiIds.split(',')].map((id) => id.trim()).filter((id) => id !== '');
    if (ids.length === 0) throw say.missing('ApiId');
    const apis = ids.map((id) => getApi(state, id, GroupId));
    for (const api of apis) {
      getStage(getGroup(state, api.groupId), StageName);
      onlineVersion(api, StageName);
    }
    for (const { id: apiId, groupId } of apis) {
      attach(state, getPlugin(state, PluginId), { groupId, stageName: StageName, apiId });
    }
    return {};
  },
});
