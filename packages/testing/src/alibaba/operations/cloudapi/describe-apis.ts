import type { DescribeApisRequest, DescribeApisResponseBody } from '@alicloud/cloudapi20160714';
import { deployedInfos } from '../../cloud-api/api/api-view.js';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { textOf } from '../../cloud-api/api/json-object.js';
import { flag, pages, tagList, text } from '../../cloud-api/request/parameters.js';
import { hasTags, tagKeys } from '../../cloud-api/request/tags.js';
import { written } from '../../cloud-api/request/time.js';
import { page } from '../../page.js';
import type { ApiRow } from '../../state/cloud-api-state.js';
import type { Wire } from '../../wire.js';

type Input = Wire<DescribeApisRequest>;

/** Lists drafts. A name finds all that contain it; `StageName` finds those that are published there, or, with `UnDeployed`, are not. */
export const describeApis = cloudApiAction<Input, Wire<DescribeApisResponseBody>>({
  name: 'DescribeApis',
  kind: 'read',
  parameters: {
    GroupId: text,
    ApiId: text,
    ApiName: text,
    ApiMethod: text,
    ApiPath: text,
    CatalogId: text,
    StageName: text,
    Visibility: text,
    UnDeployed: flag,
    EnableTagAuth: flag,
    Tag: tagList,
    ...pages,
  },
  run({ state, region }, input) {
    if (input.GroupId !== undefined && input.GroupId !== '') getGroup(state, input.GroupId);
    const rows = [...state.cloudApi.apis.values()].filter(
      (api) => fits(api, input) && hasTags(state, 'api', api.id, input.Tag),
    );
    const { items, numbers } = page(rows, input, { largest: 100 });
    const summaries = items.map((api) => ({
      ApiId: api.id,
      ApiName: api.draft.name,
      ApiMethod: textOf(api.draft.requestConfig, 'RequestHttpMethod'),
      ApiPath: textOf(api.draft.requestConfig, 'RequestPath'),
      Description: textOf(api.draft.scalars, 'Description'),
      Visibility: textOf(api.draft.scalars, 'Visibility'),
      GroupId: api.groupId,
      GroupName: state.cloudApi.groups.get(api.groupId)?.name ?? '',
      RegionId: region,
      DeployedInfos: { DeployedInfo: deployedInfos(api) },
      TagList: tagKeys(state, 'api', api.id),
      CreatedTime: written(api.createdAt),
      ModifiedTime: written(api.modifiedAt),
    }));
    return { ...numbers, ApiSummarys: { ApiSummary: summaries } };
  },
});

function fits({ id, groupId, draft, online }: ApiRow, input: Input): boolean {
  const { GroupId = '', ApiId = '', ApiName = '', ApiMethod = '', ApiPath = '' } = input;
  const { StageName = '', Visibility = '', UnDeployed = false } = input;
  const isOnline = StageName === '' ? online.size > 0 : online.has(StageName);
  return (
    (GroupId === '' || groupId === GroupId) &&
    (ApiId === '' || id === ApiId) &&
    draft.name.includes(ApiName) &&
    (ApiMethod === '' || textOf(draft.requestConfig, 'RequestHttpMethod') === ApiMethod) &&
    textOf(draft.requestConfig, 'RequestPath').includes(ApiPath) &&
    (Visibility === '' || textOf(draft.scalars, 'Visibility') === Visibility) &&
    (UnDeployed ? !isOnline : StageName === '' || isOnline)
  );
}
