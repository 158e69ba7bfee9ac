import type { DescribePluginGroupsRequest, DescribePluginGroupsResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getPlugin } from '../../cloud-api/request/find.js';
import { pages, required, text } from '../../cloud-api/request/parameters.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribePluginGroupsRequest>, 'PluginId'>;

/** Lists the groups that a plug-in is attached to as a whole: a row per group and stage. */
export const describePluginGroups = cloudApiAction<Input, Wire<DescribePluginGroupsResponseBody>>({
  name: 'DescribePluginGroups',
  kind: 'read',
  parameters: { PluginId: required(text), GroupId: text, GroupName: text, Description: text, ...pages },
  run({ state, region }, input) {
    const { GroupId = '', GroupName = '', Description = '' } = input;
    const rows = getPlugin(state, input.PluginId).attachments.flatMap(({ apiId, groupId, stageName }) => {
      const group = apiId === undefined ? state.cloudApi.groups.get(groupId) : undefined;
      return group ? [{ group, stageName }] : [];
    });
    const wanted = rows.filter(
      ({ group }) =>
        (GroupId === '' || group.id === GroupId) &&
        group.name.includes(GroupName) &&
        group.description.includes(Description),
    );
    const { items, numbers } = page(wanted, input, { largest: 100 });
    const summaries = items.map(({ group, stageName }) => ({
      GroupId: group.id,
      GroupName: group.name,
      Description: group.description,
      BasePath: group.basePath,
      RegionId: region,
      StageName: stageName,
    }));
    return { ...numbers, GroupSummarys: { GroupPluginSummary: summaries } };
  },
});
