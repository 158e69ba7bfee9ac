import type { AttachGroupPluginRequest, AttachGroupPluginResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup, getPlugin, getStage } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { attach } from '../../cloud-api/api/plugin-rules.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<AttachGroupPluginRequest>, 'PluginId' | 'GroupId' | 'StageName'>;

/** Attaches a plug-in to a whole group on a stage. */
export const attachGroupPlugin = cloudApiAction<Input, Wire<AttachGroupPluginResponseBody>>({
  name: 'AttachGroupPlugin',
  kind: 'write',
  parameters: { PluginId: required(text), GroupId: required(text), StageName: required(text) },
  run({ state }, { PluginId, GroupId, StageName }) {
    const plugin = getPlugin(state, PluginId);
    getStage(getGroup(state, GroupId), StageName);
    attach(state, plugin, { groupId: GroupId, stageName: StageName, apiId: undefined });
    return {};
  },
});
