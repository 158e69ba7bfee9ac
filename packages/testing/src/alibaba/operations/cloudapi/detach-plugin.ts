import type { DetachPluginRequest, DetachPluginResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getApi, getPlugin } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { detach } from '../../cloud-api/api/plugin-rules.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DetachPluginRequest>, 'PluginId' | 'ApiId' | 'StageName'>;

/** Detaches a plug-in from an API on a stage. */
export const detachPlugin = cloudApiAction<Input, Wire<DetachPluginResponseBody>>({
  name: 'DetachPlugin',
  kind: 'write',
  parameters: { PluginId: required(text), GroupId: text, ApiId: required(text), StageName: required(text) },
  run({ state }, { PluginId, GroupId, ApiId, StageName }) {
    const plugin = getPlugin(state, PluginId);
    const { id: apiId, groupId } = getApi(state, ApiId, GroupId);
    detach(state, plugin, { groupId, stageName: StageName, apiId });
    return {};
  },
});
