import type { BasePathMapping, DomainName } from '@aws-sdk/client-api-gateway';
import type { DomainNameRow, MappingRow } from '../state.js';

/** A domain name as CreateDomainName and GetDomainNames answer it: without `tags` if it has none, like an API [I]. */
export function showNewDomain({ fields }: DomainNameRow): DomainName {
  const { tags, ...rest } = fields;
  return Object.keys(tags).length > 0 ? fields : rest;
}

/** A mapping as V1 shows it. */
export function showMapping({ basePath, apiId, stage }: MappingRow): BasePathMapping {
  return { basePath, restApiId: apiId, ...(stage !== undefined && { stage }) };
}
