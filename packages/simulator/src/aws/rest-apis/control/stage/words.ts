import { badRequest, notFound } from '../words.js';
import type { AwsCall } from '../../../operation/operation.js';

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

export type Variables = Readonly<Record<string, string>>;

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
