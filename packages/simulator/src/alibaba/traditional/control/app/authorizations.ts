import { raise } from '../../../../simulation/raise.js';
import { defined } from '../../../../simulation/defined.js';
import { shown, type AlibabaCall } from '../../../operation/operation.js';
import type { AlibabaRegionState } from '../../../state/alibaba-state.js';
import { getApi, getGroup, getStage } from '../request/find.js';
import { written, say } from '../request/parameters.js';
import type { AuthorizationRow, AppRow } from './state.js';

/** What one call may name. @see https://help.aliyun.com/zh/api-gateway/traditional-api-gateway/developer-reference/api-cloudapi-2016-07-14-setappsauthorities */
const MOST_PER_CALL = 100;

/** Reads `1,2`. @throws {AlibabaError} `Invalid<what>`, `ExceedLimit<what>` for more than a hundred */
export function readIds(what: 'AppIds' | 'ApiIds', text: string, form: RegExp): readonly string[] {
  const ids = [...new Set(text.split(',').map((id) => id.trim()))];
  if (!ids.every((id) => form.test(id))) throw say.invalid(what);
  if (ids.length > MOST_PER_CALL) throw say.exceeded(what);

  return ids;
}

/** The end of an authorization: `Fri, 05 Oct 2018 16:00:00 GMT`, or ISO 8601. @throws {AlibabaError} `InvalidAuthValidTime` */
export function readEnd(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;

  // Examples of the API reference have no blanks: Fri,05Oct201816:00:00GMT.
  const spaced = text.replace(/^([A-Za-z]{3}),(\d\d)([A-Za-z]{3})(\d{4})(\d\d:\d\d:\d\d)GMT$/, '$1, $2 $3 $4 $5 GMT');
  const ms = Date.parse(spaced);
  if (Number.isNaN(ms)) throw say.invalid('AuthValidTime');

  return ms;
}

/** The name of an authorization in the state. */
export const authorizationKey = (apiId: string, stageName: string, appId: number | string): string =>
  `${apiId}/${stageName}/${appId}`;

/** @throws {AlibabaError} `NotFoundApi`, `NotFoundStage` */
export function checkStageOfApi(state: AlibabaRegionState, apiId: string, groupId: string | undefined, stage: string) {
  getStage(getGroup(state, getApi(state, apiId, groupId).groupId), stage);
}

/** An application may call an API on a stage. Given again, it gets the new end. */
export function authorize({ state, now }: AlibabaCall, row: Omit<AuthorizationRow, 'authorizedAt'>): void {
  const key = authorizationKey(row.apiId, row.stageName, row.appId);
  state.cloudApi.authorizations.set(key, { ...row, authorizedAt: now });
}

/** Removes the authorizations of an API or of an application. */
export function removeAuthorizations({ cloudApi }: AlibabaRegionState, goes: (row: AuthorizationRow) => boolean): void {
  for (const [key, row] of cloudApi.authorizations) if (goes(row)) cloudApi.authorizations.delete(key);
}

/** What every answer about an authorization has. `AuthVaildTime` is the service's own spelling. */
export function authorizationView({ stageName, description, authorizedAt, validUntil }: AuthorizationRow) {
  return {
    StageName: stageName,
    Description: description,
    AuthorizationSource: 'API',
    Operator: 'PROVIDER',
    AuthorizedTime: written(authorizedAt),
    ...(validUntil !== undefined && { AuthVaildTime: written(validUntil) }),
  };
}

/** An application by its ID. @throws {AlibabaError} `NotFoundApp` */
export function getApp({ cloudApi }: AlibabaRegionState, id: number): AppRow {
  return cloudApi.apps.get(String(id)) ?? raise(say.notFound('App'));
}

/** An application by its key or its code. @throws {AlibabaError} `NotFoundAppKey`, `NotFoundAppCode` */
export function getAppBy({ cloudApi }: AlibabaRegionState, what: 'AppKey' | 'AppCode', value: string): AppRow {
  const row = [...cloudApi.apps.values()].find((app) => (what === 'AppKey' ? app.key : app.code) === value);
  if (!row) throw say.notFound(what);

  return row;
}

/** Keys and codes name one application. @throws {AlibabaError} `DuplicateAppKey`, `DuplicateAppCode` */
export function checkUnique({ cloudApi }: AlibabaRegionState, { AppId, key, code }: AppRow) {
  for (const app of cloudApi.apps.values()) {
    if (app.AppId === AppId) continue;
    if (app.key === key) throw say.duplicate('AppKey');
    if (app.code === code) throw say.duplicate('AppCode');
  }
}

/** What every answer about an application has. */
export function appView(row: AppRow) {
  return defined({ ...shown(row), Extend: row.Extend === '' ? undefined : row.Extend });
}
