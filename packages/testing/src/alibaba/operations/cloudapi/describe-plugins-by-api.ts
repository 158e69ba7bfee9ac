import type { DescribePluginsByApiRequest, DescribePluginsByApiResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getApi, getGroup, getStage } from '../../cloud-api/request/find.js';
import { pages, required, text } from '../../cloud-api/request/parameters.js';
import { pluginView } from '../../cloud-api/api/plugin-rules.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribePluginsByApiRequest>, 'GroupId' | 'ApiId' | 'StageName'>;

/** Lists the plug-ins attached to an API on a stage, with their bodies. Those of its group are not in it. */
export const describePluginsByApi = cloudApiAction<Input, Wire<DescribePluginsByApiResponseBody>>({
  name: 'DescribePluginsByApi',
  kind: 'read',
  parameters: { GroupId: required(text), ApiId: required(text), StageName: required(text), ...pages },
  run({ state, region }, input) {
    const api = getApi(state, input.ApiId, input.GroupId);
    getStage(getGroup(state, api.groupId), input.StageName);
    const rows = [...state.cloudApi.plugins.values()].filter(({ attachments }) =>
      attachments.some(({ apiId, stageName }) => apiId === api.id && stageName === input.StageName),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    return { ...numbers, Plugins: { PluginAttribute: items.map((row) => pluginView(row, region)) } };
  },
});
