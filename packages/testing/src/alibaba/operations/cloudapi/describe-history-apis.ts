import type { DescribeHistoryApisRequest, DescribeHistoryApisResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { integer, required, text } from '../../cloud-api/request/parameters.js';
import { written } from '../../cloud-api/request/time.js';
import { page } from '../../page.js';
import type { Wire } from '../../wire.js';

/** The model has its page parameters as texts; on the wire all are. */
type Input = Given<Omit<Wire<DescribeHistoryApisRequest>, 'PageNumber' | 'PageSize'>, 'GroupId'> & {
  readonly PageNumber?: number;
  readonly PageSize?: number;
};

const ALIASES: Readonly<Record<string, string>> = { RELEASE: 'Online', PRE: 'Pre', TEST: 'Test' };

/** Lists every publication in a group, the newest first: the one that is ONLINE on a stage, and those before it. */
export const describeHistoryApis = cloudApiAction<Input, Wire<DescribeHistoryApisResponseBody>>({
  name: 'DescribeHistoryApis',
  kind: 'read',
  parameters: {
    GroupId: required(text),
    ApiId: text,
    ApiName: text,
    StageName: text,
    PageNumber: integer,
    PageSize: integer,
  },
  run({ state, region }, input) {
    const { ApiId = '', ApiName = '', StageName = '' } = input;
    const group = getGroup(state, input.GroupId);
    const rows = [...state.cloudApi.apis.values()]
      .filter(({ groupId, id }) => groupId === group.id && (ApiId === '' || id === ApiId))
      .flatMap((api) => api.history.map((row) => ({ api, row })))
      .filter(
        ({ row: { stageName, definition } }) =>
          (StageName === '' || stageName === StageName) && definition.name.includes(ApiName),
      )
      .sort((a, b) => b.row.version.localeCompare(a.row.version));
    const { items, numbers } = page(rows, input, { largest: 100 });
    const history = items.map(({ api, row }) => ({
      ApiId: api.id,
      ApiName: row.definition.name,
      GroupId: group.id,
      GroupName: group.name,
      RegionId: region,
      StageName: row.stageName,
      StageAlias: ALIASES[row.stageName] ?? row.stageName,
      HistoryVersion: row.version,
      Description: row.description,
      Status: api.online.get(row.stageName) === row.version ? 'ONLINE' : 'OFFLINE',
      DeployedTime: written(row.deployedAt),
    }));
    return { ...numbers, ApiHisItems: { ApiHisItem: history } };
  },
});
