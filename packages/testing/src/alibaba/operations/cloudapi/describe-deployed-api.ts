import type { DescribeDeployedApiRequest, DescribeDeployedApiResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { definitionView, serviceConfigView } from '../../cloud-api/api/definition-view.js';
import { getApi, getGroup, getStage } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { onlineVersion } from '../../cloud-api/api/publish.js';
import { written } from '../../cloud-api/request/time.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeDeployedApiRequest>, 'ApiId' | 'StageName'>;

/**
 * The published version of an API on a stage. It shows neither the scheme nor a named backend;
 * DescribeApiHistory does.
 */
export const describeDeployedApi = cloudApiAction<Input, Wire<DescribeDeployedApiResponseBody>>({
  name: 'DescribeDeployedApi',
  kind: 'read',
  parameters: { GroupId: text, ApiId: required(text), StageName: required(text) },
  run({ state, region }, { ApiId, GroupId, StageName }) {
    const api = getApi(state, ApiId, GroupId);
    const group = getGroup(state, api.groupId);
    getStage(group, StageName);
    const { definition, vpc, deployedAt } = onlineVersion(api, StageName);
    return {
      ...definitionView(definition),
      ApiId: api.id,
      GroupId: group.id,
      GroupName: group.name,
      RegionId: region,
      StageName,
      ServiceConfig: serviceConfigView(definition.serviceConfig, definition.backendEnable ? undefined : vpc, false),
      DeployedTime: written(deployedAt),
    };
  },
});
