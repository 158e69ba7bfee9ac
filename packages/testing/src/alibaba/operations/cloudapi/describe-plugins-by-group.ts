import type { DescribePluginsByGroupRequest, DescribePluginsByGroupResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup, getStage } from '../../cloud-api/request/find.js';
import { pages, required, text } from '../../cloud-api/request/parameters.js';
import { pluginView } from '../../cloud-api/api/plugin-rules.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribePluginsByGroupRequest>, 'GroupId' | 'StageName'>;

/** Lists the plug-ins attached to a whole group on a stage, with their bodies. Those of its APIs are not in it. */
export const describePluginsByGroup = cloudApiAction<Input, Wire<DescribePluginsByGroupResponseBody>>({
  name: 'DescribePluginsByGroup',
  kind: 'read',
  parameters: { GroupId: required(text), StageName: required(text), ...pages },
  run({ state, region }, input) {
    const group = getGroup(state, input.GroupId);
    getStage(group, input.StageName);
    const rows = [...state.cloudApi.plugins.values()].filter(({ attachments }) =>
      attachments.some(
        ({ apiId, groupId, stageName }) => apiId === undefined && groupId === group.id && stageName === input.StageName,
      ),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    return { ...numbers, Plugins: { PluginAttribute: items.map((row) => pluginView(row, region)) } };
  },
});
