import type { DescribePluginsRequest, DescribePluginsResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { pages, tagList, text } from '../../cloud-api/request/parameters.js';
import { pluginView } from '../../cloud-api/api/plugin-rules.js';
import { hasTags, tagInfo } from '../../cloud-api/request/tags.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** Lists plug-ins with their bodies. A name finds all that contain it. */
export const describePlugins = cloudApiAction<Wire<DescribePluginsRequest>, Wire<DescribePluginsResponseBody>>({
  name: 'DescribePlugins',
  kind: 'read',
  parameters: { PluginId: text, PluginName: text, PluginType: text, Tag: tagList, ...pages },
  run({ state, region }, input) {
    const { PluginId = '', PluginName = '', PluginType = '', Tag } = input;
    const rows = [...state.cloudApi.plugins.values()].filter(
      ({ id, name, type }) =>
        (PluginId === '' || id === PluginId) &&
        name.includes(PluginName) &&
        (PluginType === '' || type === PluginType) &&
        hasTags(state, 'plugin', id, Tag),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    const attributes = items.map((row) => ({ ...pluginView(row, region), Tags: tagInfo(state, 'plugin', row.id) }));
    return { ...numbers, Plugins: { PluginAttribute: attributes } };
  },
});
