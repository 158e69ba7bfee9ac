import type { AwsCall } from '../../operation/call.js';
import type { DomainNameRow, MappingRow } from '../state.js';
import { notFound } from '../words.js';

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
