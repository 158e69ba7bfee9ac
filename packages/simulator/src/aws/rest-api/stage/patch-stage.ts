import type { PatchOperation } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import type { RestApiRow, RestStageRow } from '../state.js';
import { checkPresented } from '../client-certificate/find.js';
import { withVersion } from '../model/documentation-versions.js';
import { withMember } from '../patch.js';
import { WORDS } from '../words.js';
import { removeAccessLog, setAccessLog } from './access-log.js';
import { promote, replaceCanary } from './canary.js';
import { methodOf, removeMethodSettings, setMethodSetting } from './method-settings.js';
import { refuseCache } from './new-stage.js';
import { readFlag } from './patch-values.js';
import { checkVariables } from './variables.js';
import { STAGE_WORDS } from './words.js';

const LOG = '/accessLogSettings';
const CANARY = '/canarySettings';
const VARIABLES = '/variables';

/**
 * The stage after a list of patch operations. All of them apply, or none [I]. The paths are not those of
 * a table: method settings have paths of any length, and the service's sentences are its own here.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html
 * @throws {ServiceError} BadRequestException
 */
export function patchStage(
  call: AwsCall,
  api: RestApiRow,
  stage: RestStageRow,
  operations: readonly PatchOperation[] | undefined,
): RestStageRow {
  const patched = (operations ?? []).reduce((row, operation) => one(call, api, row, operation), stage);
  return { ...patched, lastUpdatedDate: new Date(call.now) };
}

function one(call: AwsCall, api: RestApiRow, row: RestStageRow, operation: PatchOperation): RestStageRow {
  const { op, path = '', value = '', from = '' } = operation;
  switch (op) {
    case 'replace':
      return replaced(call, api, row, path, value);
    case 'add':
      if (path === LOG || path.startsWith(`${LOG}/`)) return setAccessLog(call, row, below(path, LOG), value);
      throw STAGE_WORDS.add(path);
    case 'remove':
      return removed(row, path);
    case 'copy':
      return promote(call, row, path, from);
    default:
      throw STAGE_WORDS.operation();
  }
}

const below = (path: string, parent: string) => path.slice(parent.length + 1);

function replaced(call: AwsCall, api: RestApiRow, row: RestStageRow, path: string, value: string): RestStageRow {
  if (path === '/clientCertificateId') {
    // An empty text removes it.
    return withMember(row, 'clientCertificateId', value === '' ? undefined : checkPresented(call, value));
  }
  const member = REPLACED[path];
  if (member !== undefined && Object.hasOwn(REPLACED, path)) return member(api, row, value);
  if (path === LOG || path.startsWith(`${LOG}/`)) return setAccessLog(call, row, below(path, LOG), value);
  if (path.startsWith(`${CANARY}/`)) return replaceCanary(call, api, row, below(path, CANARY), value);
  if (path.startsWith(`${VARIABLES}/`)) {
    const variables = checkVariables(call, { ...row.variables, [below(path, VARIABLES)]: value });
    return { ...row, variables: { ...variables } };
  }
  const { key, setting } = methodOf(path) ?? {};
  if (key === undefined || setting === undefined) throw STAGE_WORDS.path(path);
  return setMethodSetting(call, row, { key, setting, path, value });
}

const REPLACED: Readonly<Record<string, (api: RestApiRow, row: RestStageRow, value: string) => RestStageRow>> = {
  '/deploymentId': (api, row, value) => {
    if (!api.deployments.has(value)) throw WORDS.deploymentUnknown();
    return { ...row, deploymentId: value };
  },
  '/description': (_, row, value) => withMember(row, 'description', value === '' ? undefined : value),
  '/tracingEnabled': (_, row, value) => ({ ...row, tracingEnabled: readFlag(value, '/tracingEnabled') === true }),
  '/cacheClusterEnabled': (_, row, value) => {
    refuseCache({ cacheClusterEnabled: readFlag(value, '/cacheClusterEnabled') === true });
    return row;
  },
  '/cacheClusterSize': (_, row, value) => {
    refuseCache({ cacheClusterSize: value });
    return row;
  },
  '/documentationVersion': withVersion,
};

function removed(row: RestStageRow, path: string): RestStageRow {
  if (path === LOG || path.startsWith(`${LOG}/`)) return removeAccessLog(row, path);
  if (path === CANARY) {
    // The sentence for a stage without a canary is [I].
    if (row.canarySettings === undefined) throw STAGE_WORDS.remove(path);
    return withMember(row, 'canarySettings', undefined);
  }
  if (path.startsWith(`${VARIABLES}/`)) {
    const name = below(path, VARIABLES);
    if (!Object.hasOwn(row.variables ?? {}, name)) throw STAGE_WORDS.remove(path); // [I]
    const { [name]: _, ...variables } = row.variables ?? {};
    return { ...row, variables };
  }
  const { key, setting } = methodOf(path) ?? {};
  if (key === undefined || setting !== undefined) throw STAGE_WORDS.remove(path);
  return removeMethodSettings(row, key);
}
