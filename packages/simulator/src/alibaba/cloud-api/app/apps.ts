import type { AlibabaRegionState } from '../../state/region-state.js';
import { say } from '../request/words.js';
import { written } from '../request/time.js';
import type { AppRow } from './state.js';

/** An application by its ID. @throws {AlibabaError} `NotFoundApp` */
export function getApp({ cloudApi }: AlibabaRegionState, id: number): AppRow {
  const row = cloudApi.apps.get(String(id));
  if (!row) throw say.notFound('App');
  return row;
}

/** An application by its key or its code. @throws {AlibabaError} `NotFoundAppKey`, `NotFoundAppCode` */
export function getAppBy({ cloudApi }: AlibabaRegionState, what: 'AppKey' | 'AppCode', value: string): AppRow {
  const row = [...cloudApi.apps.values()].find((app) => (what === 'AppKey' ? app.key : app.code) === value);
  if (!row) throw say.notFound(what);
  return row;
}

/** Keys and codes name one application. @throws {AlibabaError} `DuplicateAppKey`, `DuplicateAppCode` */
export function checkUnique({ cloudApi }: AlibabaRegionState, { id, key, code }: Pick<AppRow, 'id' | 'key' | 'code'>) {
  for (const app of cloudApi.apps.values()) {
    if (app.id === id) continue;
    if (app.key === key) throw say.duplicate('AppKey');
    if (app.code === code) throw say.duplicate('AppCode');
  }
}

/** What every answer about an application has. */
export function appView({ id, name, description, extend, disabled, createdAt, modifiedAt }: AppRow) {
  return {
    AppId: id,
    AppName: name,
    Description: description,
    ...(extend !== '' && { Extend: extend }),
    Disabled: disabled,
    CreatedTime: written(createdAt),
    ModifiedTime: written(modifiedAt),
  };
}
