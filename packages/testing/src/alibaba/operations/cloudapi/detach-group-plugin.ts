import type { DetachGroupPluginRequest, DetachGroupPluginResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup, getPlugin, getStage } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { detach } from '../../cloud-api/api/plugin-rules.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DetachGroupPluginRequest>, 'PluginId' | 'GroupId' | 'StageName'>;

/** Detaches a plug-in from a whole group on a stage. */
export const detachGroupPlugin = cloudApiAction<Input, Wire<DetachGroupPluginResponseBody>>({
  name: 'DetachGroupPlugin',
  kind: 'write',
  parameters: { PluginId: required(text), GroupId: required(text), StageName: required(text) },
  run({ state }, { PluginId, GroupId, StageName }) {
    const plugin = getPlugin(state, PluginId);
    getStage(getGroup(state, GroupId), StageName);
    detach(state, plugin, { groupId: GroupId, stageName: StageName, apiId: undefined });
    return {};
  },
});
