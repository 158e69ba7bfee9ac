import type { AlibabaCall } from '../../../operation/operation.js';
import type { ApiGroupRow, ApiRow, ApiVersionRow } from '../state.js';
import { behind, usesBehind, variableValue, requireReach, type Behind } from '../backend/backend-use.js';
import { isMock, isPlaceholder, usesVpc, vpcAccessNameOf } from '../backend/definition.js';
import { getGroup, getStage } from '../request/find.js';
import { requireUnlocked } from '../group.js';
import { say } from '../request/parameters.js';

/** What answers call the stages in words. */
export const STAGE_ALIASES: Readonly<Record<string, string>> = { RELEASE: 'Online', PRE: 'Pre', TEST: 'Test' };

/**
 * Publishes an API's draft on a stage.
 * @throws {AlibabaError} `NotFoundStage`, `NotFoundVpc`, `NotFoundBackendModel`, `InvalidBackend` where the group's VPC
 * integration instance cannot connect what is behind it, `Forbidden…` for a locked group
 */
export function deploy(call: AlibabaCall, api: ApiRow, stageName: string, description: string): void {
  const { state, now } = call;
  const group = getGroup(state, api.groupId);
  requireUnlocked(group);
  getStage(group, stageName);
  const found = behind(state, group, api.draft, stageName);
  checkFound(call, group, api, stageName, found);
  requireReach(state, group.instanceId, usesBehind(state, group.instanceId, found));
  const row: ApiVersionRow = {
    version: newVersion(api, now),
    stageName,
    description,
    definition: api.draft,
    ...found,
    deployedAt: now,
  };
  state.cloudApi.apis.set(api.id, {
    ...api,
    online: new Map([...api.online, [stageName, row.version]]),
    history: [...api.history, row],
  });
}

/**
 * Puts an earlier publication of a stage back online. It calls what was behind it then.
 * @throws {AlibabaError} `NotFoundStage`, `NotFoundHistoryVersion`, `Forbidden…` for a locked group
 */
export function switchTo({ state }: Pick<AlibabaCall, 'state'>, api: ApiRow, stageName: string, version: string): void {
  const group = getGroup(state, api.groupId);
  requireUnlocked(group);
  getStage(group, stageName);
  const isThere = api.history.some((row) => row.version === version && row.stageName === stageName);
  if (!isThere) throw say.notFound('HistoryVersion');

  state.cloudApi.apis.set(api.id, { ...api, online: new Map([...api.online, [stageName, version]]) });
}

/** Removes an API from a stage. @throws {AlibabaError} `NotFoundStage` where it is not published there */
export function abolish({ state }: Pick<AlibabaCall, 'state'>, api: ApiRow, stageName: string): void {
  getStage(getGroup(state, api.groupId), stageName);
  if (!api.online.has(stageName)) throw say.notFound('Stage');

  const online = new Map([...api.online].filter(([stage]) => stage !== stageName));
  state.cloudApi.apis.set(api.id, { ...api, online });
}

/** The version that is online on a stage. @throws {AlibabaError} `NotFoundStage` where there is none */
export function onlineVersion(api: ApiRow, stageName: string): ApiVersionRow {
  const version = api.online.get(stageName);
  const row = version === undefined ? undefined : api.history.find((item) => item.version === version);
  if (!row) throw say.notFound('Stage');

  return row;
}

/** Everything that is published of an API. */
export function onlineVersions(api: ApiRow): ApiVersionRow[] {
  return api.history.filter(({ stageName, version }) => api.online.get(stageName) === version);
}

/** A published API points elsewhere from now on, in place. */
export function redirect({ state }: Pick<AlibabaCall, 'state'>, apiId: string, version: string, to: Behind): void {
  const api = state.cloudApi.apis.get(apiId);
  if (!api) return;

  const history = api.history.map((row) => (row.version === version ? { ...row, ...to } : row));
  state.cloudApi.apis.set(apiId, { ...api, history });
}

function checkFound({ state }: AlibabaCall, group: ApiGroupRow, { draft }: ApiRow, stage: string, found: Behind): void {
  const { backendEnable, backendId, serviceConfig } = draft;
  if (backendEnable) {
    const models = state.cloudApi.backends.get(backendId)?.models ?? [];
    if (!models.some(({ StageName }) => StageName === stage)) throw say.notFound('BackendModel');

    return;
  }
  if (isMock(serviceConfig) || !usesVpc(serviceConfig) || found.vpc) return;

  const name = variableValue(group, stage, vpcAccessNameOf(serviceConfig));
  if (!isPlaceholder(name)) throw say.notFound('Vpc');
}

/** `20210915101416294`: the moment, or the next free one. */
function newVersion({ history }: ApiRow, now: number): string {
  let version = stamp(now);
  for (let ms = now; history.some((row) => row.version === version); ms += 1) version = stamp(ms);
  return version;
}

function stamp(ms: number): string {
  return new Date(ms).toISOString().replaceAll(/\D/g, '');
}
