import type { DescribePluginApisRequest, DescribePluginApisResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getPlugin } from '../../cloud-api/request/find.js';
import { textOf } from '../../cloud-api/api/json-object.js';
import { pages, required, text } from '../../cloud-api/request/parameters.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribePluginApisRequest>, 'PluginId'>;

/** Lists the APIs that a plug-in is attached to: a row per API and stage. */
export const describePluginApis = cloudApiAction<Input, Wire<DescribePluginApisResponseBody>>({
  name: 'DescribePluginApis',
  kind: 'read',
  parameters: {
    PluginId: required(text),
    GroupId: text,
    ApiId: text,
    ApiName: text,
    Description: text,
    Method: text,
    Path: text,
    ...pages,
  },
  run({ state, region }, input) {
    const { GroupId = '', ApiId = '', ApiName = '', Description = '', Method = '', Path = '' } = input;
    const rows = getPlugin(state, input.PluginId).attachments.flatMap(({ apiId = '', groupId, stageName }) => {
      const api = state.cloudApi.apis.get(apiId);
      if (!api) return [];
      return {
        ApiId: api.id,
        ApiName: api.draft.name,
        Description: textOf(api.draft.scalars, 'Description'),
        GroupId: groupId,
        GroupName: state.cloudApi.groups.get(groupId)?.name ?? '',
        Method: textOf(api.draft.requestConfig, 'RequestHttpMethod'),
        Path: textOf(api.draft.requestConfig, 'RequestPath'),
        RegionId: region,
        StageName: stageName,
      };
    });
    const wanted = rows.filter(
      (row) =>
        (GroupId === '' || row.GroupId === GroupId) &&
        (ApiId === '' || row.ApiId === ApiId) &&
        row.ApiName.includes(ApiName) &&
        row.Description.includes(Description) &&
        (Method === '' || row.Method === Method) &&
        row.Path.includes(Path),
    );
    const { items, numbers } = page(wanted, input, { largest: 100 });
    return { ...numbers, ApiSummarys: { ApiPluginSummary: items } };
  },
});
