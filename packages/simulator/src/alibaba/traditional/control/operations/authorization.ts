import { numberedList } from '../../../operation/numbered-list.js';
import {
  getApp,
  authorizationKey,
  authorizationView,
  authorize,
  checkStageOfApi,
  readEnd,
  readIds,
} from '../app/authorizations.js';
import { family } from '../request/parameters.js';
import { getApi } from '../request/find.js';
import { tagInfo } from '../request/tags.js';
import { STAGE_ALIASES } from '../api/publish.js';
import { required, text, whole } from '../../../operation/parameters.js';
import { action } from '../../../operation/family.js';

const APP_IDS = /^\d{1,15}$/;
const API_IDS = /^[\w-]+$/;
const OF_API = { GroupId: text, ApiId: required(text), StageName: required(text), AppIds: required(text) };
const OF_APP = { GroupId: text, AppId: required(whole), StageName: required(text), ApiIds: required(text) };
const END = { AuthValidTime: text, Description: text };

export const authorizationActions = family({
  /** Several applications may call an API on a stage: all of them, or, where one does not exist, none. */
  SetAppsAuthorities: {
    parameters: { ...OF_API, ...END },
    run(call, { GroupId, ApiId: apiId, StageName: stageName, AppIds, AuthValidTime, Description: description = '' }) {
      checkStageOfApi(call.state, apiId, GroupId, stageName);
      const validUntil = readEnd(AuthValidTime);
      const apps = readIds('AppIds', AppIds, APP_IDS).map((id) => getApp(call.state, Number(id)));
      for (const { AppId: appId } of apps) authorize(call, { appId, apiId, stageName, description, validUntil });
      return {};
    },
  },

  /** An application may call several APIs on a stage: all of them, or, where one does not exist, none. */
  SetApisAuthorities: {
    parameters: { ...OF_APP, ...END },
    run(call, { GroupId, AppId, StageName: stageName, ApiIds, AuthValidTime, Description: description = '' }) {
      const { AppId: appId } = getApp(call.state, AppId);
      const validUntil = readEnd(AuthValidTime);
      const ids = readIds('ApiIds', ApiIds, API_IDS);
      for (const id of ids) checkStageOfApi(call.state, id, GroupId, stageName);
      for (const apiId of ids) authorize(call, { appId, apiId, stageName, description, validUntil });
      return {};
    },
  },

  /** Applications that were not authorized are no error. */
  RemoveAppsAuthorities: action(OF_API, ({ state }, { GroupId, ApiId, StageName, AppIds }) => {
    checkStageOfApi(state, ApiId, GroupId, StageName);
    for (const id of readIds('AppIds', AppIds, APP_IDS)) {
      state.cloudApi.authorizations.delete(authorizationKey(ApiId, StageName, id));
    }
    return {};
  }),

  /** APIs for which the application was not authorized are no error. */
  RemoveApisAuthorities: action({ ...OF_APP, Description: text }, ({ state }, { AppId, StageName, ApiIds }) => {
    getApp(state, AppId);
    for (const apiId of readIds('ApiIds', ApiIds, API_IDS)) {
      state.cloudApi.authorizations.delete(authorizationKey(apiId, StageName, AppId));
    }
    return {};
  }),

  /** Lists the applications that may call an API. */
  DescribeAuthorizedApps: numberedList({
    parameters: { GroupId: text, ApiId: required(text), AppId: whole, AppOwnerId: whole },
    rows({ state, account }, { GroupId, ApiId, AppId, AppOwnerId }) {
      const api = getApi(state, ApiId, GroupId);
      return [...state.cloudApi.authorizations.values()]
        .filter(({ apiId }) => apiId === api.id)
        .map((row) => ({ row, app: getApp(state, row.appId) }))
        .filter(
          ({ app }) =>
            (AppId === undefined || app.AppId === AppId) &&
            (AppOwnerId === undefined || String(AppOwnerId) === account),
        )
        .map(({ row, app }) => ({
          ...authorizationView(row),
          StageAlias: STAGE_ALIASES[row.stageName] ?? row.stageName,
          AppId: app.AppId,
          AppName: app.AppName,
          AppDescription: app.Description,
          Tag: tagInfo(state, 'app', String(app.AppId)),
        }));
    },
    same: ['StageName'],
    part: ['AppName'],
    as: ['AuthorizedApps', 'AuthorizedApp'],
  }),

  /** Lists the APIs that an application may call. */
  DescribeAuthorizedApis: numberedList({
    parameters: { AppId: required(whole) },
    rows({ state, region }, input) {
      const { AppId } = getApp(state, input.AppId);
      const rows = [...state.cloudApi.authorizations.values()].filter(({ appId }) => appId === AppId);
      return rows.map((row) => {
        const api = getApi(state, row.apiId);
        return {
          ...authorizationView(row),
          ApiId: api.id,
          ApiName: api.draft.name,
          GroupId: api.groupId,
          GroupName: state.cloudApi.groups.get(api.groupId)?.name ?? '',
          RegionId: region,
        };
      });
    },
    as: ['AuthorizedApis', 'AuthorizedApi'],
  }),
});
