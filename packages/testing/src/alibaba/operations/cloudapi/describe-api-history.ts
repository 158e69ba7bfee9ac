import type { DescribeApiHistoryRequest, DescribeApiHistoryResponseBody } from '@alicloud/cloudapi20160714';
import { backendConfigView } from '../../cloud-api/api/api-view.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { definitionView, serviceConfigView } from '../../cloud-api/api/definition-view.js';
import { getApi, getGroup, getStage } from '../../cloud-api/request/find.js';
import { texts } from '../../cloud-api/api/json-object.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { written } from '../../cloud-api/request/time.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeApiHistoryRequest>, 'ApiId' | 'StageName' | 'HistoryVersion'>;

/** One publication of an API, with its scheme and named backend. */
export const describeApiHistory = cloudApiAction<Input, Wire<DescribeApiHistoryResponseBody>>({
  name: 'DescribeApiHistory',
  kind: 'read',
  parameters: { GroupId: text, ApiId: required(text), StageName: required(text), HistoryVersion: required(text) },
  run({ state, region }, { ApiId, GroupId, StageName, HistoryVersion }) {
    const api = getApi(state, ApiId, GroupId);
    const group = getGroup(state, api.groupId);
    getStage(group, StageName);
    const row = api.history.find(({ version, stageName }) => version === HistoryVersion && stageName === StageName);
    if (!row) throw say.notFound('HistoryVersion');
    const { definition, vpc } = row;
    return {
      ...definitionView(definition),
      ...texts(definition.scalars, ['AppCodeAuthType', 'WebSocketApiType']),
      ApiId: api.id,
      GroupId: group.id,
      GroupName: group.name,
      RegionId: region,
      StageName,
      HistoryVersion,
      Status: api.online.get(StageName) === row.version ? 'ONLINE' : 'OFFLINE',
      ServiceConfig: serviceConfigView(definition.serviceConfig, definition.backendEnable ? undefined : vpc, true),
      ...backendConfigView(state, definition),
      DeployedTime: written(row.deployedAt),
    };
  },
});
