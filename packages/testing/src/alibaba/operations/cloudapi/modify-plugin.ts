import type { ModifyPluginRequest, ModifyPluginResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getPlugin } from '../../cloud-api/request/find.js';
import { pluginName, required, tagList, text } from '../../cloud-api/request/parameters.js';
import { checkPluginBody } from '../../cloud-api/api/plugin-body.js';
import { checkPluginName, checkPluginReach } from '../../cloud-api/api/plugin-rules.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ModifyPluginRequest>, 'PluginId'>;

/** Changes a plug-in. The change applies at once wherever it is attached. */
export const modifyPlugin = cloudApiAction<Input, Wire<ModifyPluginResponseBody>>({
  name: 'ModifyPlugin',
  kind: 'write',
  parameters: {
    PluginId: required(text),
    PluginName: pluginName,
    PluginData: text,
    Description: { type: 'string', length: [0, 200] },
    Tag: tagList,
  },
  run({ state, now }, { PluginId, PluginName, PluginData, Description }) {
    const row = getPlugin(state, PluginId);
    if (PluginData !== undefined) checkPluginBody(PluginData);
    const changed = {
      ...row,
      name: PluginName ?? row.name,
      data: PluginData ?? row.data,
      description: Description ?? row.description,
      modifiedAt: now,
    };
    checkPluginName(state, changed.name, row.id);
    if (PluginData !== undefined) checkPluginReach(state, changed);
    state.cloudApi.plugins.set(row.id, changed);
    return {};
  },
});
