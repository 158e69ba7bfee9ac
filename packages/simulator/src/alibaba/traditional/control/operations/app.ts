import { appView, checkUnique, getApp, getAppBy, removeAuthorizations } from '../app/authorizations.js';
import type { AppRow } from '../app/state.js';
import { family, pages, tagList, written } from '../request/parameters.js';
import { hasTags, putTags, removeTags, tagInfo } from '../request/tags.js';
import { AlibabaError, type Parameter } from '../../../operation/operation.js';
import { page } from '../../../operation/page.js';
import { flag, required, text, whole } from '../../../operation/parameters.js';

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
        id: Number(call.id('1', 9, 'decimal')),
        name: AppName,
        description: Description,
        extend: Extend,
        key: AppKey ?? call.id('2', 8, 'decimal'),
        secret: AppSecret ?? call.id('', 32),
        code: AppCode ?? call.id('', 32, 'hex'),
        disabled: false,
        createdAt: now,
        modifiedAt: now,
        secretsModifiedAt: now,
      };
      checkUnique(state, row);
      state.cloudApi.apps.set(String(row.id), row);
      putTags(state, 'app', String(row.id), Tag);
      return { AppId: row.id, TagStatus: true };
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
      const app = getApp(state, AppId);
      state.cloudApi.apps.set(String(app.id), {
        ...app,
        name: AppName ?? app.name,
        description: Description ?? app.description,
        disabled: Disabled ?? app.disabled,
        extend: Extend ?? app.extend,
        modifiedAt: now,
      });
      putTags(state, 'app', String(app.id), Tag);
      return {};
    },
  },

  /** Deletes an application with its authorizations. */
  DeleteApp: {
    parameters: { AppId: required(whole), Tag: tagList },
    run({ state }, { AppId }) {
      const { id } = getApp(state, AppId);
      removeAuthorizations(state, ({ appId }) => appId === id);
      removeTags(state, 'app', String(id));
      state.cloudApi.apps.delete(String(id));
      return {};
    },
  },

  DescribeApp: {
    parameters: { AppId: required(whole) },
    run: ({ state }, { AppId }) => appView(getApp(state, AppId)),
  },

  /** What an API's provider finds of applications: by ID, or by owner. */
  DescribeApps: {
    parameters: { AppId: whole, AppOwner: whole, ...pages },
    run({ state, account }, input) {
      const { AppId, AppOwner } = input;
      if (AppId === undefined && AppOwner === undefined) {
        throw new AlibabaError('MissingAppIdOrAppOwner', 'AppId or AppOwner must have a valid value.');
      }

      const rows = [...state.cloudApi.apps.values()].filter(
        ({ id }) => (AppId === undefined || id === AppId) && (AppOwner === undefined || String(AppOwner) === account),
      );
      const { items, numbers } = page(rows, input, { largest: 100 });
      const found = items.map(({ id, name, description: about }) => ({ AppId: id, AppName: name, Description: about }));
      return { ...numbers, Apps: { AppItem: found } };
    },
  },

  /** Lists the account's applications, the last modified first unless `Sort` is `asc`. */
  DescribeAppAttributes: {
    parameters: {
      AppId: whole,
      AppName: text,
      AppKey: text,
      AppCode: text,
      Extend: text,
      Sort: { type: 'string', values: ['asc', 'desc'] },
      EnableTagAuth: flag,
      Tag: tagList,
      ...pages,
    },
    run({ state }, input) {
      const { AppId, AppName = '', AppKey = '', AppCode = '', Extend = '', Sort = 'desc', Tag } = input;
      const rows = [...state.cloudApi.apps.values()]
        .filter(
          ({ id, name, key, code, extend }) =>
            (AppId === undefined || id === AppId) &&
            name.includes(AppName) &&
            (AppKey === '' || key === AppKey) &&
            (AppCode === '' || code === AppCode) &&
            (Extend === '' || extend === Extend) &&
            hasTags(state, 'app', String(id), Tag),
        )
        .toSorted((a, b) => a.modifiedAt - b.modifiedAt);
      const { items, numbers } = page(Sort === 'asc' ? rows : rows.toReversed(), input, { largest: 100 });
      const found = items.map((app) => ({ ...appView(app), Tags: tagInfo(state, 'app', String(app.id)) }));
      return { ...numbers, Apps: { AppAttribute: found } };
    },
  },

  /** Key, secret and code of an application. */
  DescribeAppSecurity: {
    parameters: { AppId: required(whole), Tag: tagList },
    run({ state }, { AppId }) {
      const { key, secret, code, createdAt, secretsModifiedAt } = getApp(state, AppId);
      return {
        AppKey: key,
        AppSecret: secret,
        AppCode: code,
        CreatedTime: written(createdAt),
        ModifiedTime: written(secretsModifiedAt),
      };
    },
  },

  /** Another code for the application that has this one. */
  ResetAppCode: {
    parameters: { AppCode: required(text), NewAppCode: secretText },
    run(call, { AppCode, NewAppCode }) {
      const { state, now } = call;
      const app = getAppBy(state, 'AppCode', AppCode);
      const changed = { ...app, code: NewAppCode ?? call.id('', 32, 'hex'), secretsModifiedAt: now };
      checkUnique(state, changed);
      state.cloudApi.apps.set(String(app.id), changed);
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
      const changed = { ...app, key: NewAppKey ?? app.key, secret, secretsModifiedAt: now };
      checkUnique(state, changed);
      state.cloudApi.apps.set(String(app.id), changed);
      return {};
    },
  },
});
