import { defined } from '../../../../simulation/defined.js';
import type { BasePathMapping, DomainName } from '@aws-sdk/client-api-gateway';
import type { AwsCall } from '../../../operation/operation.js';
import type { DomainNameRow, MappingRow } from '../state.js';
import { notFound, badRequest, conflict } from '../words.js';

/** The kind of API that an ID is of; undefined where there is none. */
export function apiKind({ state }: AwsCall, id: string): 'REST' | 'HTTP' | 'WEBSOCKET' | undefined {
  return state.restApi.apis.has(id) ? 'REST' : state.apiGateway.apis.get(id)?.fields.ProtocolType;
}

/** The members that name a domain name. Private ones are named with their ID, too. */
export interface DomainId {
  readonly domainName: string;
  readonly domainNameId?: string | undefined;
}

/**
 * A private domain name is found with its ID only.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/41659
 * @throws {ServiceError} NotFoundException
 */
export function getDomain(call: AwsCall, { domainName, domainNameId }: DomainId): DomainNameRow {
  const row = call.state.restApi.domainNames.get(domainName);
  if (!row || row.fields.domainNameId !== domainNameId) throw notFound('Invalid domain name identifier specified');

  return row;
}

/** The base path of requests that name none. */
export const NO_BASE_PATH = '(none)';

/** @throws {ServiceError} NotFoundException */
export function getMapping({ mappings }: DomainNameRow, basePath: string): MappingRow {
  const row = mappings.get(basePath === '' ? NO_BASE_PATH : basePath);
  if (!row) throw notFound('Invalid base path mapping identifier specified');

  return row;
}

/** Characters. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html */
const LONGEST_PATH = 300;

const MIXED =
  "Mixing of REST APIs and HTTP APIs on the same domain name can only be accomplished through API Gateway's V2 DomainName interface. Currently, WebSocket APIs can only be attached to a domain name with other WebSocket APIs. This must also occur through API Gateway's V2 DomainName interface.";

/**
 * Refuses a mapping that the service would refuse, and answers it with its defaults: without a base path it is
 * `(none)`; without a stage, requests name the stage themselves.
 * @param self the mapping as it is stored, if it is
 * @see https://github.com/serverless/serverless/issues/7459 (HTTP and WebSocket APIs of the same domain name)
 * @throws {ServiceError} BadRequestException, ConflictException
 */
export function checkedMapping(
  call: AwsCall,
  { fields, mappings }: DomainNameRow,
  { basePath = '', restApiId, stage = '' }: BasePathMapping,
  self?: MappingRow,
): MappingRow {
  checkPath(basePath);
  const path = basePath === '' ? NO_BASE_PATH : basePath;
  const api = call.state.restApi.apis.get(restApiId ?? '');
  if (!api) throw badRequest('Invalid REST API identifier specified');

  const named = stage !== '' && stage !== NO_BASE_PATH;
  if (named && !api.stages.has(stage)) throw badRequest('Invalid stage identifier specified');

  const [isPrivate, ofPrivate] = [fields, api.fields].map(
    ({ endpointConfiguration }) => endpointConfiguration?.types?.[0] === 'PRIVATE',
  );
  // https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-custom-domains.html, sentence [U]
  if (isPrivate && !ofPrivate) throw badRequest('Only private APIs can be mapped to a private custom domain name.');
  if ([...mappings.values()].some(({ apiId }) => apiKind(call, apiId) !== 'REST')) throw badRequest(MIXED);
  if (path !== self?.basePath && mappings.has(path)) throw conflict('Base path already exists for this domain name');

  const id = self?.id ?? call.id('', 6, 'base36');
  return { id, basePath: path, apiId: api.fields.id, ...(named && { stage }) };
}

/**
 * Refuses TLS 1.0 for a domain name whose mappings need TLS 1.2: those of HTTP and WebSocket APIs, and those of several levels.
 * @see https://github.com/amplify-education/serverless-domain-manager/issues/381 (the rule)
 * @throws {ServiceError} BadRequestException, in words that are [U]
 */
export function checkOldTls(call: AwsCall, { fields, mappings }: DomainNameRow): void {
  const needs = [...mappings.values()].some((row) => apiKind(call, row.apiId) !== 'REST' || row.basePath.includes('/'));
  if (fields.securityPolicy !== 'TLS_1_0' || !needs) return;

  throw badRequest('Only REST APIs with single-level base paths can be attached to a domain name with TLS 1.0.');
}

/** @see https://github.com/hashicorp/terraform-provider-aws/issues/21986 */
function checkPath(basePath: string): void {
  if (basePath.includes('/')) {
    throw badRequest(
      "API Gateway V1 doesn't support the slash character (/) in base path mappings. To create a multi-level base path mapping, use API Gateway V2.",
    );
  }
  // [U]
  if (basePath.length > LONGEST_PATH || !/^[A-Za-z0-9$\-_.+!*'()%]*$/.test(basePath)) {
    throw badRequest(`Invalid base path specified: ${basePath}`);
  }
}

/** A domain name as CreateDomainName and GetDomainNames answer it: without `tags` if it has none, like an API [I]. */
export function showNewDomain({ fields }: DomainNameRow): DomainName {
  const { tags, ...rest } = fields;
  return Object.keys(tags).length > 0 ? fields : rest;
}

export function showMapping({ basePath, apiId, stage }: MappingRow): BasePathMapping {
  return { basePath, restApiId: apiId, ...defined({ stage }) };
}
