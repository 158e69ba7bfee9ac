import type { CreatePluginRequest, CreatePluginResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { pluginName, required, tagList, text } from '../../cloud-api/request/parameters.js';
import { checkPluginBody, PLUGIN_TYPES } from '../../cloud-api/api/plugin-body.js';
import { checkPluginName } from '../../cloud-api/api/plugin-rules.js';
import { putTags } from '../../cloud-api/request/tags.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<CreatePluginRequest>, 'PluginName' | 'PluginType' | 'PluginData'>;

/** Makes a plug-in; its body is stored as given. */
export const createPlugin = cloudApiAction<Input, Wire<CreatePluginResponseBody>>({
  name: 'CreatePlugin',
  kind: 'write',
  parameters: {
    PluginName: required(pluginName),
    PluginType: { type: 'string', required: true, values: PLUGIN_TYPES },
    PluginData: required(text),
    Description: { type: 'string', length: [0, 200] },
    Tag: tagList,
  },
  run({ state, now, id: newId }, { PluginName, PluginType, PluginData, Description = '', Tag }) {
    checkPluginBody(PluginData);
    checkPluginName(state, PluginName);
    const id = newId('', 32, 'hex');
    const row = { id, name: PluginName, type: PluginType, data: PluginData, description: Description };
    state.cloudApi.plugins.set(id, { ...row, attachments: [], createdAt: now, modifiedAt: now });
    putTags(state, 'plugin', id, Tag);
    return { PluginId: id, TagStatus: true };
  },
});
