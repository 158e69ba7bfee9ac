import { getCallerList, instancesWith, readEntries } from '../access-control/caller-lists.js';
import type { CallerListRow } from '../access-control/state.js';
import { changeInstance } from '../instance/instance-life.js';
import { family, say } from '../request/parameters.js';
import { getInstance, getApi } from '../request/find.js';
import { shown, type Parameter } from '../../../operation/operation.js';
import { numberedList, required, text, action, whole } from '../../../operation/family.js';
import {
  getApp,
  authorizationKey,
  authorizationView,
  authorize,
  checkStageOfApi,
  readEnd,
  readIds,
} from '../app/authorizations.js';
import { tagInfo } from '../request/tags.js';
import { STAGE_ALIASES } from '../api/publish.js';

const VERSIONS = ['ipv4', 'ipv6'] as const;
const version: Parameter = { type: 'string', values: VERSIONS };
/** Of the API reference, and Chinese letters as Terraform's provider has them. */
const aclName: Parameter = { type: 'string', pattern: /^[\w\u4e00-\u9fa5./-]{1,30}$/ };
const ENTRIES = { AclId: required(text), AclEntrys: required(text) };
const versionOf = (given: string | undefined): CallerListRow['AddressIPVersion'] =>
  given === 'ipv6' ? 'ipv6' : 'ipv4';

const APP_IDS = /^\d{1,15}$/;
const API_IDS = /^[\w-]+$/;
const OF_API = { GroupId: text, ApiId: required(text), StageName: required(text), AppIds: required(text) };
const OF_APP = { GroupId: text, AppId: required(whole), StageName: required(text), ApiIds: required(text) };
const END = { AuthValidTime: text, Description: text };

/** Lists of callers, and which instances use them. */
export const accessControlActions = family({
  /** Makes a list. Its name is unique in the region. */
  CreateAccessControlList: {
    parameters: { AclName: required(aclName), AddressIPVersion: version },
    run(call, { AclName, AddressIPVersion }) {
      const { callerLists } = call.state.cloudApi;
      if ([...callerLists.values()].some((row) => row.AclName === AclName)) throw say.duplicate('AclName');

      const AclId = call.id('acl-', 21);
      callerLists.set(AclId, { AclId, AclName, AddressIPVersion: versionOf(AddressIPVersion), entries: [] });
      return { AclId };
    },
  },

  /** Gives a list another name. */
  SetAccessControlListAttribute: {
    parameters: { AclId: required(text), AclName: required(aclName) },
    run({ state }, { AclId, AclName }) {
      const row = getCallerList(state, AclId);
      const isTaken = [...state.cloudApi.callerLists.values()].some(
        (other) => other.AclName === AclName && other.AclId !== AclId,
      );
      if (isTaken) throw say.duplicate('AclName');

      state.cloudApi.callerLists.set(AclId, { ...row, AclName });
      return {};
    },
  },

  /** Deletes a list that no instance uses. */
  DeleteAccessControlList: action({ AclId: required(text) }, ({ state }, { AclId }) => {
    getCallerList(state, AclId);
    if (instancesWith(state, AclId).length > 0) throw say.inUse('AccessControlList', 'Instance');

    state.cloudApi.callerLists.delete(AclId);
    return {};
  }),

  /** A block that is in the list already is not added again. */
  AddAccessControlListEntry: action(ENTRIES, ({ state }, { AclId, AclEntrys }) => {
    const row = getCallerList(state, AclId);
    const entries = new Map(row.entries.map((entry) => [entry.AclEntryIp, entry]));
    for (const entry of readEntries(row, AclEntrys)) {
      if (!entries.has(entry.AclEntryIp)) entries.set(entry.AclEntryIp, entry);
    }
    state.cloudApi.callerLists.set(AclId, { ...row, entries: [...entries.values()] });
    return {};
  }),

  /** Blocks that are not in the list are ignored. */
  RemoveAccessControlListEntry: action(ENTRIES, ({ state }, { AclId, AclEntrys }) => {
    const row = getCallerList(state, AclId);
    const goes = new Set(readEntries(row, AclEntrys).map(({ AclEntryIp }) => AclEntryIp));
    const entries = row.entries.filter(({ AclEntryIp }) => !goes.has(AclEntryIp));
    state.cloudApi.callerLists.set(AclId, { ...row, entries });
    return {};
  }),

  DescribeAccessControlListAttribute: action({ AclId: required(text) }, ({ state }, { AclId }) => {
    const row = getCallerList(state, AclId);
    return { ...shown(row), AclEntrys: { AclEntry: row.entries } };
  }),

  DescribeAccessControlLists: numberedList({
    parameters: { AddressIPVersion: version },
    rows: ({ state }) => [...state.cloudApi.callerLists.values()].map(shown),
    same: ['AddressIPVersion'],
    part: ['AclName'],
    as: ['Acls', 'Acl'],
    largest: 50,
  }),

  /** An instance serves only the callers of a list, or all but them. It has one list for each IP version. */
  EnableInstanceAccessControl: {
    parameters: {
      InstanceId: required(text),
      AclId: required(text),
      AclType: required({ type: 'string', values: ['white', 'black'] }),
      AddressIPVersion: version,
    },
    run(call, { InstanceId, AclId, AclType, AddressIPVersion }) {
      const row = getInstance(call.state, InstanceId);
      if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance cannot be changed.');

      const list = getCallerList(call.state, AclId);
      const own = versionOf(AddressIPVersion);
      if (list.AddressIPVersion !== own) throw say.invalid('AddressIPVersion');

      const used = { id: AclId, type: AclType === 'white' ? 'white' : 'black' } as const;
      changeInstance(call, row.id, { callerLists: { ...row.callerLists, [own]: used } });
      return {};
    },
  },

  /** An instance does not use its list any more. */
  DisableInstanceAccessControl: {
    parameters: { InstanceId: required(text), AclId: required(text), AddressIPVersion: version },
    run(call, { InstanceId, AclId, AddressIPVersion }) {
      const row = getInstance(call.state, InstanceId);
      getCallerList(call.state, AclId);
      const own = versionOf(AddressIPVersion);
      if (row.callerLists?.[own]?.id !== AclId) throw say.invalid('AclId');

      changeInstance(call, row.id, { callerLists: { ...row.callerLists, [own]: undefined } });
      return {};
    },
  },

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
