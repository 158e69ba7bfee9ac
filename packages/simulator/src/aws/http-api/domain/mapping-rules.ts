import type { AwsCall } from '../../operation/call.js';
import { badRequest, conflict, WORDS } from '../../api-gateway/words.js';
import { NO_BASE_PATH } from '../../rest-api/domain/find.js';
import { apiKind } from '../../rest-api/domain/mapped-api.js';
import type { DomainNameRow, MappingRow } from '../../rest-api/state.js';

/** An API mapping as a request gives it. */
export interface GivenMapping {
  readonly apiId: string;
  readonly stage: string;
  readonly key: string;
}

/**
 * Refuses an API mapping that the service would refuse, as it is after a create or an update.
 * @param self the mapping as it is stored, if it is
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html
 * @see https://github.com/floci-io/floci/pull/2390 (recorded: an unknown API and an unknown stage are 400)
 * @see https://github.com/aws/aws-cdk/issues/22660 (a key that exists)
 * @throws {ServiceError} BadRequestException, ConflictException
 */
export function checkedApiMapping(
  call: AwsCall,
  { mappings }: DomainNameRow,
  { apiId, stage, key }: GivenMapping,
  self?: MappingRow,
): MappingRow {
  const { restApi, apiGateway } = call.state;
  const api = restApi.apis.get(apiId) ?? apiGateway.apis.get(apiId);
  if (!api) throw badRequest(WORDS.apiNotFound(call.account, apiId).message);
  if (!api.stages.has(stage)) throw badRequest('Invalid stage identifier specified');
  checkKey(key);
  const others = [...mappings.values()].filter(({ id }) => id !== self?.id);
  checkMixing(call, apiId, others);
  checkLevels(call, { apiId, key }, others);
  const basePath = key === '' ? NO_BASE_PATH : key;
  if (others.some((other) => other.basePath === basePath)) {
    throw conflict('ApiMapping key already exists for this domain name');
  }
  return { id: self?.id ?? call.id('', 6, 'base36'), basePath, apiId, stage };
}

/** Recorded in eu-west-1, with their order: https://github.com/floci-io/floci/pull/2390 */
const KEY_RULES: readonly (readonly [RegExp, string])[] = [
  [/\/$/, "API mapping key should not end with a '/'."],
  [/^\/|\/\/|^\s+$/, "API mapping key should not start with a '/' or have consecutive '/'s."],
  [
    /[^A-Za-z0-9$\-_.+!*'(),/]/,
    "An API mapping key may contain only letters, numbers and one of $-_.+!*'(), characters.",
  ],
  [/^.{301}/, 'ApiMapping key length must be under 300 characters.'],
];

function checkKey(key: string): void {
  const broken = KEY_RULES.find(([pattern]) => pattern.test(key));
  if (broken) throw badRequest(broken[1]);
}

/**
 * HTTP and REST APIs can share a domain name, WebSocket APIs are among themselves.
 * @see https://github.com/serverless/serverless/issues/7459 (V1's sentence; of V2, none is public [I])
 */
function checkMixing(call: AwsCall, apiId: string, others: readonly MappingRow[]): void {
  const isSocket = (id: string) => apiKind(call, id) === 'WEBSOCKET';
  if (others.every((other) => isSocket(other.apiId) === isSocket(apiId))) return;
  throw badRequest('Currently, WebSocket APIs can only be attached to a domain name with other WebSocket APIs.');
}

/**
 * Keys of several levels.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mappings.html, sentences [U]
 */
function checkLevels(
  call: AwsCall,
  { apiId, key }: Pick<GivenMapping, 'apiId' | 'key'>,
  others: readonly MappingRow[],
): void {
  if (!key.includes('/')) return;
  if (apiKind(call, apiId) === 'WEBSOCKET') {
    throw badRequest('API mapping keys with multiple levels are not supported for WebSocket APIs.');
  }
  const most = call.quota('multi-level-mappings-per-domain-name');
  if (others.filter(({ basePath }) => basePath.includes('/')).length >= most) {
    throw badRequest(`There are too many multi-level API mappings defined for this domain name. Limit is ${most}.`);
  }
}
