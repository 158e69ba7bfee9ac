import { defined } from '../../../../simulation/defined.js';
import type { Stage, CacheClusterSize } from '@aws-sdk/client-api-gateway';
import type { AwsCall, TimerHandlers } from '../../../operation/operation.js';
import type { RestApiRow, RestStageRow } from '../state.js';
import { checkTags } from '../api/api.js';
import { raise } from '../../../../simulation/raise.js';
import { badRequest, notFound } from '../words.js';

/** What CreateStage and CreateDeployment set on a stage. */
export interface StageSettings {
  readonly description?: string | undefined;
  readonly variables?: Variables | undefined;
  readonly tracingEnabled?: boolean | undefined;
  readonly cacheClusterEnabled?: boolean | undefined;
  readonly cacheClusterSize?: string | undefined;
}

/**
 * A new stage with the service's defaults. It is not in the API yet.
 * @throws {ServiceError} BadRequestException for a name, a variable or a tag that is not valid, or over the quota
 */
export function newStage(
  call: AwsCall,
  api: RestApiRow,
  stageName: string,
  deploymentId: string,
  { tags, ...settings }: StageSettings & { readonly tags?: Record<string, string> | undefined },
): RestStageRow {
  if (!/^[a-zA-Z0-9_-]{1,128}$/.test(stageName)) throw STAGE_WORDS.name();

  const most = call.quota('stages-per-api');
  if (api.stages.size >= most) throw STAGE_WORDS.tooMany(most);

  const now = new Date(call.now);
  const fresh: RestStageRow = {
    stageName,
    deploymentId,
    cacheClusterEnabled: false,
    cacheClusterStatus: 'NOT_AVAILABLE',
    methodSettings: {},
    tracingEnabled: false,
    createdDate: now,
    lastUpdatedDate: now,
    tags: checkTags(tags),
  };
  return withSettings(call, api, fresh, settings);
}

/** The stage with the settings that are given. Variables replace the earlier ones [U]. */
export function withSettings(
  call: AwsCall,
  { fields }: Pick<RestApiRow, 'fields'>,
  row: RestStageRow,
  { description, variables, tracingEnabled, cacheClusterEnabled, cacheClusterSize }: StageSettings,
): RestStageRow {
  return followCluster(call, fields.id, row, {
    ...row,
    ...(description !== undefined && description !== '' && { description }),
    ...(variables !== undefined && { variables: checkVariables(call, variables) }),
    ...defined({ tracingEnabled, cacheClusterEnabled }),
    ...(cacheClusterSize !== undefined && { cacheClusterSize: clusterSize(cacheClusterSize) }),
    lastUpdatedDate: new Date(call.now),
  });
}

/** A stage as the service answers it: variables and tags only where there are some. */
export function stageView({ tags, variables = {}, cacheSince: _since, ...rest }: RestStageRow): Stage {
  return {
    ...rest,
    ...(Object.keys(variables).length > 0 && { variables: { ...variables } }),
    ...(Object.keys(tags).length > 0 && { tags: { ...tags } }),
  };
}

/** Gigabytes. @see https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
const SIZES: readonly CacheClusterSize[] = ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'];

/**
 * "Creating or deleting a cache takes about 4 minutes". A cluster of another size takes the place of the earlier one, so that this
 * takes as long, and what was cached is lost. Simulated milliseconds.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-caching.html
 */
const CACHE_CLUSTER_MS = 240_000;
/** [I] */
const FLUSH_MS = 5_000;

/** Refuses a size that no cluster has. @throws {ServiceError} BadRequestException */
export function clusterSize(size: string): CacheClusterSize {
  return SIZES.find((one) => one === size) ?? raise(STAGE_WORDS.cacheSize(size));
}

/**
 * The stage once its cluster follows its settings. A size without a cluster is kept and makes none. A change while another is in
 * progress takes its place [U].
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/22866 (a size alone: NOT_AVAILABLE)
 * @param before the stage before its settings were changed; undefined: it is new
 */
export function followCluster(
  call: AwsCall,
  apiId: string,
  before: RestStageRow | undefined,
  after: RestStageRow,
): RestStageRow {
  const had = before?.cacheClusterEnabled === true;
  if (after.cacheClusterEnabled !== true) {
    return had ? begin(call, apiId, after, 'DELETE_IN_PROGRESS', CACHE_CLUSTER_MS) : after;
  }

  const cacheClusterSize = after.cacheClusterSize ?? '0.5'; // the smallest [U]
  if (had && before.cacheClusterSize === cacheClusterSize) return after;

  return begin(call, apiId, { ...after, cacheClusterSize }, 'CREATE_IN_PROGRESS', CACHE_CLUSTER_MS);
}

/**
 * The stage whose cache is being flushed. A second flush at the same time is accepted and does nothing more [I].
 * @throws {ServiceError} BadRequestException where no cache is available [U]
 */
export function flushed(call: AwsCall, apiId: string, row: RestStageRow): RestStageRow {
  if (row.cacheClusterStatus === 'FLUSH_IN_PROGRESS') return row;
  if (row.cacheClusterStatus !== 'AVAILABLE') throw STAGE_WORDS.noCache(row.stageName);

  return begin(call, apiId, row, 'FLUSH_IN_PROGRESS', FLUSH_MS);
}

type InProgress = 'CREATE_IN_PROGRESS' | 'DELETE_IN_PROGRESS' | 'FLUSH_IN_PROGRESS';

function begin(call: AwsCall, api: string, row: RestStageRow, status: InProgress, ms: number): RestStageRow {
  call.after(ms, 'stage-cache.done', { api, stage: row.stageName, status, since: call.now });
  return { ...row, cacheClusterStatus: status, cacheSince: call.now };
}

/** State changes of cache clusters over time. A change that another one has replaced does nothing. */
export const cacheClusterTimers: TimerHandlers = {
  'stage-cache.done': (call, { api, stage, status, since }) => {
    const stages = call.state.restApi.apis.get(String(api))?.stages;
    const row = stages?.get(String(stage));
    if (!row || row.cacheClusterStatus !== status || row.cacheSince !== since) return;

    const cacheClusterStatus = status === 'DELETE_IN_PROGRESS' ? 'NOT_AVAILABLE' : 'AVAILABLE';
    stages?.set(row.stageName, { ...row, cacheClusterStatus, cacheSince: call.now });
  },
};

// Recorded from the real service in LocalStack's snapshots (test_apigateway_canary, _common, _api),
// where no other source is named:
// https://github.com/localstack/localstack/tree/main/tests/aws/services/apigateway

const METHOD_SETTINGS = (method: string) =>
  `${method}/metrics/enabled, ${method}/logging/dataTrace, ${method}/logging/loglevel, `;
const CACHING = (method: string) =>
  `${method}/caching/ttlInSeconds, ${method}/caching/enabled, ${method}/caching/dataEncrypted, ${method}/caching/requireAuthorizationForCacheControl, ${method}/caching/unauthorizedCacheControlHeaderStrategy`;
const ONE = '/{resourcePath}/{httpMethod}';
const ALL = '/*/*';

/** The paths as the service lists them; between some of them it leaves out the comma. */
const PATHS =
  '/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, ' +
  '/accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, ' +
  `${METHOD_SETTINGS(ONE)}${ONE}/throttling/burstLimit${ONE}/throttling/rateLimit${CACHING(ONE)}, ` +
  `${METHOD_SETTINGS(ALL)}${ALL}/throttling/burstLimit ${ALL}/throttling/rateLimit ${CACHING(ALL)}, ` +
  '/variables/{variable_name}, /tracingEnabled';

const COPY =
  'Valid copy:path are [/deploymentId, /variables] and valid copy:from are [/canarySettings/deploymentId, /canarySettings/stageVariableOverrides]';

const CANARY = 'Invalid deployment content specified.';

export const STAGE_WORDS = {
  /**
   * No version of an API's documentation is simulated, so none is found.
   * @see https://github.com/deliveryhero/serverless-aws-documentation/pull/174
   */
  documentationVersion: () => notFound('Invalid Documentation version specified'),
  /** @see https://github.com/Miserlou/Zappa/issues/356 (without the hyphen, which is allowed since [I]) */
  name: () => badRequest('Stage name only allows a-zA-Z0-9_-'),
  /** [U], formed like the sentence on too many links. */
  tooMany: (limit: number) => badRequest(`There are too many stages defined for this API. Limit is ${limit}.`),
  /** @see https://github.com/serverless/serverless/issues/6133 */
  variableName: (name: string) =>
    badRequest(`Invalid stage variable name: ${name}.  Please use names with only word characters.`),
  /** @see https://github.com/awsdocs/amazon-api-gateway-developer-guide/issues/91 */
  variableValue: (value: string) =>
    badRequest(
      `Invalid stage variable value: ${value}.  Please use values with alphanumeric characters and the symbols ' ', -', '.', '_', ':', '/', '?', '&', '=', and ','.`,
    ),
  /** [U] */
  tooManyVariables: (limit: number) => badRequest(`There are too many stage variables. Limit is ${limit}.`),
  /** [U] */
  value: (path: string, value: string) => badRequest(`Invalid value specified for path '${path}': ${value}`),
  /** [U] */
  cacheSize: (size: string) => badRequest(`Invalid cache cluster size specified: ${size}`),
  /** [U] */
  noCache: (name: string) => badRequest(`Stage ${name} has no cache that is available`),
  path: (path: string) => badRequest(`Invalid method setting path: ${path}. Must be one of: [${PATHS}]`),
  /** @see https://github.com/aws/aws-sdk-java/issues/1823 */
  setting: (setting: string) =>
    badRequest(
      `Invalid method setting path: ${setting}. Must be one of: [.../metrics/enabled, .../logging/dataTrace, .../logging/loglevel,.../throttling/burstLimit, .../throttling/rateLimit, ${CACHING('...')}]`,
    ),
  add: (path: string) => badRequest(`Invalid add operation with path: ${path}`),
  /** The service has one sentence for whatever cannot be removed. */
  remove: (path: string) =>
    badRequest(
      `Cannot remove method setting ${path.replace(/^\//, '')} because there is no method setting for this method `,
    ),
  copy: (path: string, from: string) =>
    badRequest(`Invalid copy operation with path: ${path} and from ${from}. ${COPY}`),
  noCanary: () => badRequest('Promotion not available. Canary does not exist.'),
  /** [I] from the sentence on an operation that no path of another resource takes. */
  operation: () => badRequest('Invalid patch operation specified. Must be one of: [add, replace, remove, copy]'),
  accessLogPath: () =>
    badRequest(
      'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
    ),
  accessLogEmpty: () => badRequest('Access Log value must not be empty'),
  /** @see https://github.com/serverless/serverless/issues/6304 (of a WebSocket API) */
  accessLogCharacters: (destination: string) =>
    badRequest(
      `Access log destination must only contain characters a-z, A-Z, 0-9, '_', '-', '/', '.': '${destination}'`,
    ),
  /** [I] */
  accessLogArn: () => badRequest('Invalid ARN specified in the request'),
  canaryStageName: (name: string | undefined) =>
    badRequest(
      `${CANARY}Non null and non empty stageName must be provided for canary deployment. Provided value is ${name ?? 'null'}`,
    ),
  canaryStage: (name: string) =>
    badRequest(`${CANARY}Stage ${name} must already be created before making a canary release deployment`),
  /**
   * That the service refuses it is documented; the sentence is [U].
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
   */
  canaryInProgress: (name: string) =>
    badRequest(`${CANARY}Stage ${name} has a canary and cannot be associated with a non-canary release deployment`),
  /**
   * Recorded from an HTTP API; for REST APIs [I].
   * @see https://github.com/hashicorp/terraform-provider-aws/issues/28774
   */
  mapped: (name: string, domains: readonly string[]) =>
    badRequest(
      `Deleting stage ${name} failed. Please remove all base path mappings related to the stage in your domains: ` +
        domains.join(', '),
    ),
} as const;

type Variables = Readonly<Record<string, string>>;

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const LONGEST_VALUE = 512;

/**
 * Refuses stage variables, or a canary's overrides, that the service would refuse.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_Stage.html
 * @throws {ServiceError} BadRequestException
 */
export function checkVariables(call: AwsCall, variables: Variables): Variables {
  const most = call.quota('stage-variables-per-stage');
  if (Object.keys(variables).length > most) throw STAGE_WORDS.tooManyVariables(most);

  for (const [name, value] of Object.entries(variables)) {
    if (!/^\w+$/.test(name)) throw STAGE_WORDS.variableName(name);
    if (!/^[A-Za-z0-9\-._~:/?#&=,]+$/.test(value) || value.length > LONGEST_VALUE) {
      throw STAGE_WORDS.variableValue(value);
    }
  }
  return variables;
}
