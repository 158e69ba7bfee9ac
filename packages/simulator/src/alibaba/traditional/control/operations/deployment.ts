import { backendConfigView, definitionView, serviceConfigView } from '../api/api.js';
import { abolish, deploy, onlineVersion, onlineVersions, STAGE_ALIASES, switchTo } from '../api/publish.js';
import { texts, family, tagList, say, written } from '../request/parameters.js';
import { getApi, getGroup, getStage, getTask } from '../request/find.js';
import { hasTags } from '../request/tags.js';
import { taskItem, startTask } from '../task.js';
import type { Parameter } from '../../../operation/operation.js';
import { textOf } from '../../../state/json-object.js';
import { numberedList, flag, required, text, action } from '../../../operation/family.js';

/** What one call of a batch may name [I]. */
const MOST_PER_BATCH = 100;
const apisOf = (more: Readonly<Record<string, Parameter>>): Parameter => ({
  type: 'list',
  length: [1, MOST_PER_BATCH],
  items: { type: 'structure', members: { ApiUid: required(text), GroupId: required(text), ...more } },
});

export const deploymentActions = family({
  /** Publishes an API's draft on a stage, in the place of what was there. */
  DeployApi: {
    parameters: {
      GroupId: text,
      ApiId: required(text),
      StageName: required(text),
      Description: required({ type: 'string', length: [1, 200] }),
    },
    run(call, { ApiId, GroupId, StageName, Description }) {
      deploy(call, getApi(call.state, ApiId, GroupId), StageName, Description);
      return {};
    },
  },

  /** Removes an API from a stage. */
  AbolishApi: {
    parameters: { GroupId: text, ApiId: required(text), StageName: required(text) },
    run(call, { ApiId, GroupId, StageName }) {
      abolish(call, getApi(call.state, ApiId, GroupId), StageName);
      return {};
    },
  },

  /** Puts an earlier publication back online, in the place of what is there. */
  SwitchApi: {
    parameters: {
      GroupId: text,
      ApiId: required(text),
      StageName: required(text),
      HistoryVersion: required(text),
      Description: required({ type: 'string', length: [1, 200] }),
    },
    run({ state }, { ApiId, GroupId, StageName, HistoryVersion }) {
      switchTo({ state }, getApi(state, ApiId, GroupId), StageName, HistoryVersion);
      return {};
    },
  },

  /** Publishes the drafts of several APIs on a stage. DescribeDeployApiTask has the result of each. */
  BatchDeployApis: {
    parameters: {
      StageName: required(text),
      Description: required({ type: 'string', length: [1, 200] }),
      Api: required(apisOf({})),
    },
    run(call, { StageName: stageName, Description, Api }) {
      const uses = Api.map(({ ApiUid = '', GroupId }) => {
        const api = getApi(call.state, ApiUid, GroupId);
        getStage(getGroup(call.state, api.groupId), stageName);
        return { api, row: { stageName, definition: api.draft } };
      });
      return { OperationId: startTask(call, 'deploy', Description, uses) };
    },
  },

  /** The progress of BatchDeployApis: one row per API. */
  DescribeDeployApiTask: action({ OperationUid: required(text) }, ({ state }, { OperationUid }) => {
    const rows = getTask(state, OperationUid, 'deploy').items.map(({ apiId, groupId, stageName, status, error }) => ({
      ApiUid: apiId,
      GroupId: groupId,
      StageName: stageName,
      DeployedStatus: status,
      ErrorMsg: error,
    }));
    return { DeployedResults: { DeployedResult: rows } };
  }),

  /** Removes several APIs from stages. DescribeAbolishApiTask has the result of each. */
  BatchAbolishApis: {
    parameters: { Api: required(apisOf({ StageName: text, StageId: text })) },
    run(call, { Api }) {
      const uses = Api.map(({ ApiUid = '', GroupId, StageName, StageId }) => {
        const api = getApi(call.state, ApiUid, GroupId);
        const { stages } = getGroup(call.state, api.groupId);
        const stage = stages.find(({ id, name }) => (StageName === undefined ? id === StageId : name === StageName));
        return { api, row: onlineVersion(api, stage?.name ?? '') };
      });
      return { OperationId: startTask(call, 'abolish', '', uses) };
    },
  },

  /** The progress of BatchAbolishApis and RemoveVpcAccessAndAbolishApis: one row per published API. */
  DescribeAbolishApiTask: action({ OperationUid: required(text) }, ({ state }, { OperationUid }) => {
    const { items } = getTask(state, OperationUid, 'abolish');
    const rows = items.map((item) => ({ ...taskItem(item), AbolishStatus: item.status }));
    return { ApiAbolishResults: { ApiAbolishResult: rows } };
  }),

  /**
   * The published version of an API on a stage. It shows neither the scheme nor a named backend;
   * DescribeApiHistory does.
   */
  DescribeDeployedApi: {
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
  },

  /** Lists what is published: a row per API and stage. */
  DescribeDeployedApis: numberedList({
    parameters: { GroupId: text, EnableTagAuth: flag, Tag: tagList },
    rows({ state, region }, { GroupId = '', Tag }) {
      if (GroupId !== '') getGroup(state, GroupId);
      return [...state.cloudApi.apis.values()]
        .filter(({ id }) => hasTags(state, 'api', id, Tag))
        .flatMap((api) =>
          onlineVersions(api).map(({ definition, stageName, description, deployedAt }) => ({
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
          })),
        );
    },
    same: ['GroupId', 'StageName', 'ApiId', 'ApiMethod'],
    part: ['ApiName', 'ApiPath'],
    as: ['DeployedApis', 'DeployedApiItem'],
  }),

  /** Lists every publication in a group, the newest first: the one that is ONLINE on a stage, and those before it. */
  DescribeHistoryApis: numberedList({
    parameters: { GroupId: required(text) },
    rows({ state, region }, { GroupId }) {
      const group = getGroup(state, GroupId);
      return [...state.cloudApi.apis.values()]
        .filter(({ groupId }) => groupId === group.id)
        .flatMap((api) => api.history.map((row) => ({ api, row })))
        .sort((a, b) => b.row.version.localeCompare(a.row.version))
        .map(({ api, row }) => ({
          ApiId: api.id,
          ApiName: row.definition.name,
          GroupId: group.id,
          GroupName: group.name,
          RegionId: region,
          StageName: row.stageName,
          StageAlias: STAGE_ALIASES[row.stageName] ?? row.stageName,
          HistoryVersion: row.version,
          Description: row.description,
          Status: api.online.get(row.stageName) === row.version ? 'ONLINE' : 'OFFLINE',
          DeployedTime: written(row.deployedAt),
        }));
    },
    same: ['ApiId', 'StageName'],
    part: ['ApiName'],
    as: ['ApiHisItems', 'ApiHisItem'],
  }),

  /** One publication of an API, with its scheme and named backend. */
  DescribeApiHistory: {
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
  },
});
