import { ownValue } from '../../../../simulation/own-value.js';
import type { MethodSetting, PatchOperation } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../../operation/operation.js';
import { requireLogsRole } from '../account.js';
import type { RestStageRow, RestApiRow } from '../state.js';
import { readDecimal, readFlag, readInteger, readOneOf, promote, replaceCanary, type ReadValue } from './canary.js';
import { clusterSize, followCluster, STAGE_WORDS, checkVariables } from './new-stage.js';
import { checkPresented } from '../client-certificate.js';
import { withMember } from '../patch.js';
import { WORDS } from '../words.js';

const MOST = 2 ** 31 - 1;

/**
 * What a method has once one of its settings is set.
 * @see LocalStack's snapshot test_create_update_stages
 */
const DEFAULTS: MethodSetting = {
  metricsEnabled: false,
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

/**
 * The end of a setting's path, its member, and its values. A limit of -1 is sent for "no limit of its own".
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_MethodSetting.html
 */
const SETTINGS: Readonly<Record<string, readonly [member: keyof MethodSetting, read: ReadValue]>> = {
  'metrics/enabled': ['metricsEnabled', readFlag],
  'logging/dataTrace': ['dataTraceEnabled', readFlag],
  'logging/loglevel': ['loggingLevel', readOneOf(['OFF', 'ERROR', 'INFO'])],
  'throttling/burstLimit': ['throttlingBurstLimit', readInteger(-1, MOST)],
  'throttling/rateLimit': ['throttlingRateLimit', readDecimal(-1, MOST)],
  'caching/enabled': ['cachingEnabled', readFlag],
  'caching/ttlInSeconds': ['cacheTtlInSeconds', readInteger(0, 3600)],
  'caching/dataEncrypted': ['cacheDataEncrypted', readFlag],
  'caching/requireAuthorizationForCacheControl': ['requireAuthorizationForCacheControl', readFlag],
  'caching/unauthorizedCacheControlHeaderStrategy': [
    'unauthorizedCacheControlHeaderStrategy',
    readOneOf(['FAIL_WITH_403', 'SUCCEED_WITH_RESPONSE_HEADER', 'SUCCEED_WITHOUT_RESPONSE_HEADER']),
  ],
};

/**
 * A method's path has a verb, not ANY; the only wildcard is the one for both. The resource's path may be
 * escaped (`~1pets~1{id}`) or not, and need not exist. The key in `methodSettings` is as it was sent,
 * without the first slash.
 * @see https://github.com/localstack/localstack (snapshot test_create_update_stages: `test/GET` without such a resource)
 */
const METHOD = /^\/(\*\/\*|.*\/(?:DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT))(?:\/([^/]+\/[^/]+))?$/;

/** The method that a path names, and the setting where it names one; undefined for another path. */
function methodOf(path: string): { readonly key: string; readonly setting: string | undefined } | undefined {
  const [, key, setting] = METHOD.exec(path) ?? [];
  return key === undefined ? undefined : { key, setting };
}

/**
 * The stage with one setting of a method. A method's first setting gives it the others: those of all
 * methods (the key for both wildcards) or the defaults.
 * @throws {ServiceError} BadRequestException
 */
function setMethodSetting(
  call: AwsCall,
  row: RestStageRow,
  { key, setting, path, value }: { key: string; setting: string; path: string; value: string },
): RestStageRow {
  const [member, read] = ownValue(SETTINGS, setting) ?? [];
  if (member === undefined || read === undefined) throw STAGE_WORDS.setting(setting);

  const chosen = read(value, path);
  if ((member === 'loggingLevel' && chosen !== 'OFF') || (member === 'dataTraceEnabled' && chosen === true)) {
    requireLogsRole(call);
  }
  const settings = row.methodSettings ?? {};
  const before = (Object.hasOwn(settings, key) ? settings[key] : settings['*/*']) ?? DEFAULTS;
  return { ...row, methodSettings: { ...settings, [key]: { ...before, [member]: chosen } } };
}

/** The stage without a method's settings. @throws {ServiceError} BadRequestException where it has none */
function removeMethodSettings(row: RestStageRow, key: string): RestStageRow {
  const { [key]: found, ...methodSettings } = row.methodSettings ?? {};
  if (found === undefined) throw STAGE_WORDS.remove(key);

  return { ...row, methodSettings };
}

/**
 * The stage after `add` or `replace` of `/accessLogSettings/<member>`.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 * @throws {ServiceError} BadRequestException
 */
function setAccessLog(call: AwsCall, row: RestStageRow, member: string, value: string): RestStageRow {
  if (member !== 'destinationArn' && member !== 'format') throw STAGE_WORDS.accessLogPath();
  if (value === '') throw STAGE_WORDS.accessLogEmpty();

  if (member === 'destinationArn') checkDestination(call, value);
  return { ...row, accessLogSettings: { ...row.accessLogSettings, [member]: value } };
}

/**
 * A log group, without the `:*` of CloudWatch Logs' own ARNs, or a delivery stream whose name begins as
 * the service asks.
 */
function checkDestination(call: AwsCall, arn: string): void {
  const [, partition, service, resource = ''] = /^arn:([^:]+):(logs|firehose):[^:]+:\d{12}:(.+)$/.exec(arn) ?? [];
  if (partition !== call.partition) throw STAGE_WORDS.accessLogArn();
  if (service === 'firehose') {
    if (!/^deliverystream\/amazon-apigateway-[\w.-]+$/.test(resource)) throw STAGE_WORDS.accessLogArn();

    return;
  }
  if (!resource.startsWith('log-group:')) throw STAGE_WORDS.accessLogArn();

  // The role is for CloudWatch Logs only [I].
  requireLogsRole(call);
  if (!/^log-group:[\w./#-]+$/.test(resource)) throw STAGE_WORDS.accessLogCharacters(resource);
}

/**
 * The stage without access logs. One of the two members cannot be removed.
 * @throws {ServiceError} BadRequestException
 */
function removeAccessLog(row: RestStageRow, path: string): RestStageRow {
  const { accessLogSettings, ...rest } = row;
  if (path !== '/accessLogSettings' || accessLogSettings === undefined) throw STAGE_WORDS.remove(path);

  return rest;
}

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
  return followCluster(call, api.fields.id, stage, { ...patched, lastUpdatedDate: new Date(call.now) });
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
  '/cacheClusterEnabled': (_, row, value) => ({
    ...row,
    cacheClusterEnabled: readFlag(value, '/cacheClusterEnabled') === true,
  }),
  '/cacheClusterSize': (_, row, value) => ({ ...row, cacheClusterSize: clusterSize(value) }),
  '/documentationVersion': (_, row, value) => {
    if (value !== '') throw STAGE_WORDS.documentationVersion();

    return row;
  },
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
