import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../operation/call.js';
import { requireLogsRole } from '../account/settings.js';
import type { RestStageRow } from '../state.js';
import { readDecimal, readFlag, readInteger, readOneOf, type ReadValue } from './patch-values.js';
import { STAGE_WORDS } from './words.js';

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
export function methodOf(path: string): { readonly key: string; readonly setting: string | undefined } | undefined {
  const [, key, setting] = METHOD.exec(path) ?? [];
  return key === undefined ? undefined : { key, setting };
}

/**
 * The stage with one setting of a method. A method's first setting gives it the others: those of all
 * methods (the key for both wildcards) or the defaults.
 * @throws {ServiceError} BadRequestException
 */
export function setMethodSetting(
  call: AwsCall,
  row: RestStageRow,
  { key, setting, path, value }: { key: string; setting: string; path: string; value: string },
): RestStageRow {
  const [member, read] = Object.hasOwn(SETTINGS, setting) ? (SETTINGS[setting] ?? []) : [];
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
export function removeMethodSettings(row: RestStageRow, key: string): RestStageRow {
  const { [key]: found, ...methodSettings } = row.methodSettings ?? {};
  if (found === undefined) throw STAGE_WORDS.remove(key);
  return { ...row, methodSettings };
}
