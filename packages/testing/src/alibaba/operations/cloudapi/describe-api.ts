import type { DescribeApiRequest, DescribeApiResponseBody } from '@alicloud/cloudapi20160714';
import { backendConfigView, deployedInfos } from '../../cloud-api/api/api-view.js';
import { behind } from '../../cloud-api/backend/backend-use.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { definitionView, serviceConfigView } from '../../cloud-api/api/definition-view.js';
import { getApi, getGroup } from '../../cloud-api/request/find.js';
import { texts } from '../../cloud-api/api/json-object.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { tagKeys } from '../../cloud-api/request/tags.js';
import { written } from '../../cloud-api/request/time.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeApiRequest>, 'ApiId'>;

/** An API's draft, and where it is published. */
export const describeApi = cloudApiAction<Input, Wire<DescribeApiResponseBody>>({
  name: 'DescribeApi',
  kind: 'read',
  parameters: { GroupId: text, ApiId: required(text) },
  run({ state, region }, { ApiId, GroupId }) {
    const api = getApi(state, ApiId, GroupId);
    const group = getGroup(state, api.groupId);
    const { draft } = api;
    const { vpc } = behind(state, group, { ...draft, backendEnable: false }, '');
    return {
      ...definitionView(draft),
      ...texts(draft.scalars, ['AppCodeAuthType', 'WebSocketApiType']),
      ApiId: api.id,
      GroupId: group.id,
      GroupName: group.name,
      RegionId: region,
      ServiceConfig: serviceConfigView(draft.serviceConfig, vpc, true),
      ...backendConfigView(state, draft),
      DeployedInfos: { DeployedInfo: deployedInfos(api) },
      TagList: tagKeys(state, 'api', api.id),
      CreatedTime: written(api.createdAt),
      ModifiedTime: written(api.modifiedAt),
    };
  },
});
