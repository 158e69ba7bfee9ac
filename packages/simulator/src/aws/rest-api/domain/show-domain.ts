import type { DomainName } from '@aws-sdk/client-api-gateway';
import type { DomainNameRow } from '../state.js';

/** A domain name as CreateDomainName and GetDomainNames answer it: without `tags` if it has none, like an API [I]. */
export function showNewDomain({ fields }: DomainNameRow): DomainName {
  const { tags, ...rest } = fields;
  return Object.keys(tags).length > 0 ? fields : rest;
}
