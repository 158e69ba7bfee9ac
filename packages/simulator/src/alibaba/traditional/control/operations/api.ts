import type { DescribeApisRequest } from '@alicloud/cloudapi20160714';
import {
  apiParameters,
  putApi,
  backendConfigView,
  deployedInfos,
  definitionView,
  serviceConfigView,
} from '../api/api.js';
import { removeAuthorizations } from '../app/authorizations.js';
import { readDefinition } from '../backend/definition.js';
import { behind } from '../backend/backend-use.js';
import { requireUnlocked } from '../group.js';
import { texts, family, tagList, say, written } from '../request/parameters.js';
import { detachAll } from '../api/plugin-rules.js';
import { findVpcAccessByName, getApi, getBackend, getGroup } from '../request/find.js';
import { hasTags, putTags, tagKeys } from '../request/tags.js';
import { publishedWithAccess, publishedWithBackend } from '../task.js';
import type { Wire } from '../../../operation/operation.js';
import type { ApiRow } from '../state.js';
import { textOf } from '../../../state/json-object.js';
import { numberedList, flag, required, text, action } from '../../../operation/family.js';

type DescribeApisInput = Pick<Wire<DescribeApisRequest>, 'StageName' | 'UnDeployed'>;

export const apiActions = family({
  /** Drafts an API in a group. Nothing is published. */
  CreateApi: {
    parameters: { GroupId: required(text), ...apiParameters, Tag: tagList },
    run(call, input) {
      const { state } = call;
      const group = getGroup(state, input.GroupId);
      requireUnlocked(group);
      const { id } = putApi(call, group.id, readDefinition(state, input));
      putTags(state, 'api', id, input.Tag);
      return { ApiId: id };
    },
  },

  /** Changes an API's draft; what is published of it stays. */
  ModifyApi: {
    parameters: { GroupId: text, ApiId: required(text), ...apiParameters },
    run(call, input) {
      const { state } = call;
      const api = getApi(state, input.ApiId, input.GroupId);
      requireUnlocked(getGroup(state, api.groupId));
      putApi(call, api.groupId, readDefinition(state, input, api.draft), api);
      return {};
    },
  },

  /** Deletes an API that is published nowhere. */
  DeleteApi: action({ GroupId: text, ApiId: required(text) }, ({ state }, { ApiId, GroupId }) => {
    const api = getApi(state, ApiId, GroupId);
    if (api.online.size > 0) throw say.inUse('Api', 'Stage');

    detachAll(state, ({ apiId }) => apiId === api.id);
    removeAuthorizations(state, ({ apiId }) => apiId === api.id);
    state.cloudApi.apis.delete(api.id);
    state.cloudApi.tags.delete(`api/${api.id}`);
    return {};
  }),

  /** An API's draft, and where it is published. */
  DescribeApi: action({ GroupId: text, ApiId: required(text) }, ({ state, region }, { ApiId, GroupId }) => {
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
  }),

  /** Lists drafts. A name finds all that contain it; `StageName` finds those that are published there, or, with `UnDeployed`, are not. */
  DescribeApis: numberedList({
    parameters: {
      GroupId: text,
      CatalogId: text,
      StageName: text,
      UnDeployed: flag,
      EnableTagAuth: flag,
      Tag: tagList,
    },
    rows({ state, region }, input) {
      if (input.GroupId !== undefined && input.GroupId !== '') getGroup(state, input.GroupId);
      const rows = [...state.cloudApi.apis.values()].filter(
        (api) => isOnline(api, input) && hasTags(state, 'api', api.id, input.Tag),
      );
      return rows.map((api) => ({
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
    },
    same: ['GroupId', 'ApiId', 'ApiMethod', 'Visibility'],
    part: ['ApiName', 'ApiPath'],
    as: ['ApiSummarys', 'ApiSummary'],
  }),

  /** Lists the APIs that use a named backend: drafts, or, with a stage, what is published there. */
  DescribeApisByBackend: numberedList({
    parameters: { BackendId: required(text), StageName: text },
    rows(call, input) {
      const { BackendId: id } = getBackend(call.state, input.BackendId);
      const { StageName = '' } = input;
      const { apis, groups } = call.state.cloudApi;
      const rows =
        StageName === ''
          ? [...apis.values()]
              .filter(({ draft }) => draft.backendEnable && draft.backendId === id)
              .map((api) => ({ api, definition: api.draft }))
          : publishedWithBackend(call, id, StageName).map(({ api, row }) => ({ api, definition: row.definition }));
      return rows.map(({ api, definition }) => ({
        ApiId: api.id,
        ApiName: definition.name,
        Description: textOf(definition.scalars, 'Description'),
        GroupId: api.groupId,
        GroupName: groups.get(api.groupId)?.name ?? '',
        Method: textOf(definition.requestConfig, 'RequestHttpMethod'),
        Path: textOf(definition.requestConfig, 'RequestPath'),
      }));
    },
    as: ['ApiInfoList', 'ApiInfo'],
  }),

  /** Lists the published APIs that use an authorization, one row per stage. Drafts and plug-ins are not in it. */
  DescribeApisByVpcAccess: numberedList({
    parameters: { VpcName: required(text) },
    rows(call, { VpcName }) {
      if (!findVpcAccessByName(call.state, VpcName)) throw say.notFound('Vpc');

      return publishedWithAccess(call, VpcName).map(({ api, row: { definition, stageName, vpc } }) => {
        const group = call.state.cloudApi.groups.get(api.groupId);
        return {
          ApiId: api.id,
          ApiName: definition.name,
          Description: textOf(definition.scalars, 'Description'),
          GroupId: api.groupId,
          GroupName: group?.name ?? '',
          StageId: group?.stages.find(({ name }) => name === stageName)?.id ?? '',
          StageName: stageName,
          Method: textOf(definition.requestConfig, 'RequestHttpMethod'),
          Path: textOf(definition.requestConfig, 'RequestPath'),
          RegionId: call.region,
          VpcName,
          VpcId: vpc?.vpcId ?? '',
          InstanceId: vpc?.instanceId ?? '',
          Port: vpc?.port ?? 0,
        };
      });
    },
    as: ['ApiVpcAccessInfos', 'ApiVpcAccessInfo'],
  }),
});

function isOnline({ online }: ApiRow, { StageName = '', UnDeployed = false }: DescribeApisInput): boolean {
  const isThere = StageName === '' ? online.size > 0 : online.has(StageName);
  return UnDeployed ? !isThere : StageName === '' || isThere;
}
