import { defined } from '../../../../simulation/defined.js';
import { appView, checkUnique, getApp, getAppBy, removeAuthorizations } from '../app/authorizations.js';
import type { AppRow } from '../app/state.js';
import { family, tagList, newTimes, written } from '../request/parameters.js';
import { hasTags, putTags, removeTags, tagInfo } from '../request/tags.js';
import { AlibabaError, type Parameter } from '../../../operation/operation.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { admits, numberedList, flag, required, text, whole, action } from '../../../operation/family.js';

const appName: Parameter = { type: 'string', pattern: /^[A-Za-z\u4e00-\u9fa5][A-Za-z0-9_\u4e00-\u9fa5]{3,25}$/ };
const description: Parameter = { type: 'string', length: [0, 180] };
const secretText: Parameter = { type: 'string', pattern: /^[\w-]{1,64}$/ };

/** Applications: who calls APIs of the type APP. */
export const appActions = family({
  /** Makes an application. Its key, secret and code are made, unless the caller sets them. */
  CreateApp: {
    parameters: {
      AppName: required(appName),
      Description: description,
      AppKey: secretText,
      AppSecret: secretText,
      AppCode: secretText,
      Extend: text,
      Tag: tagList,
    },
    run(call, { AppName, Description = '', AppKey, AppSecret, AppCode, Extend = '', Tag }) {
      const { state, now } = call;
      const row: AppRow = {
        AppId: Number(call.id('1', 9, 'decimal')),
        AppName,
        Description,
        Extend,
        Disabled: false,
        ...newTimes(now),
        key: AppKey ?? call.id('2', 8, 'decimal'),
        secret: AppSecret ?? call.id('', 32),
        code: AppCode ?? call.id('', 32, 'hex'),
        modifiedAt: now,
        secretsModified: written(now),
      };
      checkUnique(state, row);
      setApp(state, row);
      putTags(state, 'app', String(row.AppId), Tag);
      return { AppId: row.AppId, TagStatus: true };
    },
  },

  /** Changes an application. One that is disabled calls no API. */
  ModifyApp: {
    parameters: {
      AppId: required(whole),
      AppName: appName,
      Description: description,
      Disabled: flag,
      Extend: text,
      Tag: tagList,
    },
    run({ state, now }, { AppId, AppName, Description, Disabled, Extend, Tag }) {
      const given = defined({ AppName, Description, Disabled, Extend });
      setApp(state, { ...getApp(state, AppId), ...given, ModifiedTime: written(now), modifiedAt: now });
      putTags(state, 'app', String(AppId), Tag);
      return {};
    },
  },

  /** Deletes an application with its authorizations. */
  DeleteApp: {
    parameters: { AppId: required(whole), Tag: tagList },
    run({ state }, { AppId }) {
      getApp(state, AppId);
      removeAuthorizations(state, ({ appId }) => appId === AppId);
      removeTags(state, 'app', String(AppId));
      state.cloudApi.apps.delete(String(AppId));
      return {};
    },
  },

  DescribeApp: action({ AppId: required(whole) }, ({ state }, { AppId }) => appView(getApp(state, AppId))),

  /** What an API's provider finds of applications: by ID, or by owner. */
  DescribeApps: numberedList({
    parameters: { AppId: whole, AppOwner: whole },
    rows({ state, account }, { AppId, AppOwner }) {
      if (AppId === undefined && AppOwner === undefined) {
        throw new AlibabaError('MissingAppIdOrAppOwner', 'AppId or AppOwner must have a valid value.');
      }

      return [...state.cloudApi.apps.values()]
        .filter(
          (row) =>
            (AppId === undefined || row.AppId === AppId) && (AppOwner === undefined || String(AppOwner) === account),
        )
        .map((row) => ({ AppId: row.AppId, AppName: row.AppName, Description: row.Description }));
    },
    as: ['Apps', 'AppItem'],
  }),

  /** Lists the account's applications, the last modified first unless `Sort` is `asc`. */
  DescribeAppAttributes: numberedList({
    parameters: {
      AppId: whole,
      AppKey: text,
      AppCode: text,
      Sort: { type: 'string', values: ['asc', 'desc'] },
      EnableTagAuth: flag,
      Tag: tagList,
    },
    rows({ state }, { AppId, AppKey, AppCode, Sort = 'desc', Tag }) {
      const rows = [...state.cloudApi.apps.values()]
        .filter(
          (row) =>
            (AppId === undefined || row.AppId === AppId) &&
            admits(AppKey, row.key) &&
            admits(AppCode, row.code) &&
            hasTags(state, 'app', String(row.AppId), Tag),
        )
        .toSorted((a, b) => a.modifiedAt - b.modifiedAt);
      const sorted = Sort === 'asc' ? rows : rows.toReversed();
      return sorted.map((app) => ({ ...appView(app), Tags: tagInfo(state, 'app', String(app.AppId)) }));
    },
    same: ['Extend'],
    part: ['AppName'],
    as: ['Apps', 'AppAttribute'],
  }),

  /** Key, secret and code of an application. */
  DescribeAppSecurity: {
    parameters: { AppId: required(whole), Tag: tagList },
    run({ state }, { AppId }) {
      const { key: AppKey, secret: AppSecret, code: AppCode, CreatedTime, secretsModified } = getApp(state, AppId);
      return { AppKey, AppSecret, AppCode, CreatedTime, ModifiedTime: secretsModified };
    },
  },

  /** Another code for the application that has this one. */
  ResetAppCode: {
    parameters: { AppCode: required(text), NewAppCode: secretText },
    run(call, { AppCode, NewAppCode }) {
      const { state, now } = call;
      const app = getAppBy(state, 'AppCode', AppCode);
      const changed = { ...app, code: NewAppCode ?? call.id('', 32, 'hex'), secretsModified: written(now) };
      checkUnique(state, changed);
      setApp(state, changed);
      return {};
    },
  },

  /** Another secret for the application that has this key, and another key where it is given. */
  ResetAppSecret: {
    parameters: { AppKey: required(text), NewAppKey: secretText, NewAppSecret: secretText },
    run(call, { AppKey, NewAppKey, NewAppSecret }) {
      const { state, now } = call;
      const app = getAppBy(state, 'AppKey', AppKey);
      const secret = NewAppSecret ?? call.id('', 32);
      const changed = { ...app, key: NewAppKey ?? app.key, secret, secretsModified: written(now) };
      checkUnique(state, changed);
      setApp(state, changed);
      return {};
    },
  },
});

function setApp({ cloudApi }: AlibabaRegionState, row: AppRow): void {
  cloudApi.apps.set(String(row.AppId), row);
}
