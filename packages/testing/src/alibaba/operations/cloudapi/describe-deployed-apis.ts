import type { DescribeDeployedApisRequest, DescribeDeployedApisResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { textOf } from '../../cloud-api/api/json-object.js';
import { flag, pages, tagList, text } from '../../cloud-api/request/parameters.js';
import { onlineVersions } from '../../cloud-api/api/publish.js';
import { hasTags } from '../../cloud-api/request/tags.js';
import { written } from '../../cloud-api/request/time.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** Lists what is published: a row per API and stage. */
export const describeDeployedApis = cloudApiAction<
  Wire<DescribeDeployedApisRequest>,
  Wire<DescribeDeployedApisResponseBody>
>({
  name: 'DescribeDeployedApis',
  kind: 'read',
  parameters: {
    GroupId: text,
    StageName: text,
    ApiId: text,
    ApiName: text,
    ApiMethod: text,
    ApiPath: text,
    EnableTagAuth: flag,
    Tag: tagList,
    ...pages,
  },
  run({ state, region }, input) {
    const { GroupId = '', StageName = '', ApiId = '', ApiName = '', ApiMethod = '', ApiPath = '' } = input;
    if (GroupId !== '') getGroup(state, GroupId);
    const rows = [...state.cloudApi.apis.values()]
      .filter(
        ({ id, groupId }) =>
          (GroupId === '' || groupId === GroupId) &&
          (ApiId === '' || id === ApiId) &&
          hasTags(state, 'api', id, input.Tag),
      )
      .flatMap((api) => onlineVersions(api).map((row) => ({ api, row })))
      .filter(
        ({ row: { stageName, definition } }) =>
          (StageName === '' || stageName === StageName) &&
          definition.name.includes(ApiName) &&
          (ApiMethod === '' || textOf(definition.requestConfig, 'RequestHttpMethod') === ApiMethod) &&
          textOf(definition.requestConfig, 'RequestPath').includes(ApiPath),
      );
    const { items, numbers } = page(rows, input, { largest: 100 });
    const deployed = items.map(({ api, row: { definition, stageName, description, deployedAt } }) => ({
      ApiId: api.id,
      ApiName: definition.name,
      ApiMethod: textOf(definition.requestConfig, 'RequestHttpMethod'),
      ApiPath: textOf(definition.requestConfig, 'RequestPath'),
      Visibility: textOf(definition.scalars, 'Visibility'),
      Description: description,
      GroupId: api.groupId,
      GroupName: state.cloudApi.groups.get(api.groupId)?.name ?? '',
      RegionId: region,
      StageName: stageName,
      DeployedTime: written(deployedAt),
    }));
    return { ...numbers, DeployedApis: { DeployedApiItem: deployed } };
  },
});
