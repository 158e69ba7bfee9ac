import type { DeletePluginRequest, DeletePluginResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getPlugin } from '../../cloud-api/request/find.js';
import { required, tagList, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DeletePluginRequest>, 'PluginId'>;

/** Deletes a plug-in that is attached nowhere. */
export const deletePlugin = cloudApiAction<Input, Wire<DeletePluginResponseBody>>({
  name: 'DeletePlugin',
  kind: 'write',
  parameters: { PluginId: required(text), Tag: tagList },
  run({ state }, { PluginId }) {
    const row = getPlugin(state, PluginId);
    if (row.attachments.length > 0) throw say.inUse('Plugin', 'Api');
    state.cloudApi.plugins.delete(row.id);
    state.cloudApi.tags.delete(`plugin/${row.id}`);
    return {};
  },
});
