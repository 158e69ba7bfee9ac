import type { AwsCall } from '../../operation/call.js';
import { badRequest, notFound } from '../../api-gateway/words.js';
import { getDomain } from '../../rest-api/domain/find.js';
import type { DomainNameRow, MappingRow } from '../../rest-api/state.js';

/** Recorded in eu-west-1: https://github.com/floci-io/floci/pull/2390 */
const EDGE =
  'Only REGIONAL domain names can be managed through the API Gateway V2 API. For EDGE domain names, please use the API ' +
  'Gateway V1 API. Also note that only REST APIs can be attached to EDGE domain names.';

/** @see https://github.com/amplify-education/serverless-domain-manager/issues/381 */
const OLD_TLS =
  'Only REGIONAL domain names with a security policy of TLS 1.2 can be managed through the API Gateway V2 API. For TLS 1.0 ' +
  'domain names, please use the API Gateway V1 API to upgrade your security policy to TLS 1.2. Currently, only REST APIs can ' +
  'be attached to a domain name with a security policy of TLS 1.0.';

/**
 * A domain name that V2 manages. V1 may have created it.
 * @throws {ServiceError} NotFoundException; BadRequestException for one that V1 alone manages
 */
export function managedDomain(call: AwsCall, domainName: string): DomainNameRow {
  const row = getDomain(call, { domainName });
  if (row.fields.endpointConfiguration?.types?.[0] === 'EDGE') throw badRequest(EDGE);
  if (row.fields.securityPolicy === 'TLS_1_0') throw badRequest(OLD_TLS);
  return row;
}

/** @throws {ServiceError} NotFoundException, in words that are [U] */
export function getApiMapping({ mappings }: DomainNameRow, id: string): MappingRow {
  const row = [...mappings.values()].find((mapping) => mapping.id === id);
  if (!row) throw notFound('Invalid API mapping identifier specified');
  return row;
}
