import type { DetachPluginRequest, DetachPluginResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getApi, getGroup, getPlugin } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { detach, detachFromStage } from '../../cloud-api/api/plugin-rules.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DetachPluginRequest>, 'PluginId' | 'StageName'>;

/**
 * Detaches a plug-in on a stage: from an API, from a group, or from all that it is attached to there [I] where neither is named.
 * @see https://www.alibabacloud.com/help/en/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-detachplugin
 */
export const detachPlugin = cloudApiAction<Input, Wire<DetachPluginResponseBody>>({
  name: 'DetachPlugin',
  kind: 'write',
  parameters: { PluginId: required(text), GroupId: text, ApiId: text, StageName: required(text) },
  run({ state }, { PluginId, GroupId, ApiId, StageName }) {
    const plugin = getPlugin(state, PluginId);
    const stageName = StageName;
    if (ApiId !== undefined) {
      const { id: apiId, groupId } = getApi(state, ApiId, GroupId);
      detach(state, plugin, { groupId, stageName, apiId });
    } else if (GroupId === undefined) detachFromStage(state, plugin, stageName);
    else detach(state, plugin, { groupId: getGroup(state, GroupId).id, stageName, apiId: undefined });
    return {};
  },
});
