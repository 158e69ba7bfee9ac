import type { BasePathMappings, GetBasePathMappingsRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getDomain } from '../../../rest-api/domain/find.js';
import { listPage } from '../../../rest-api/list.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** The base path mappings of a domain name. */
export const getBasePathMappings = restOperation<Given<GetBasePathMappingsRequest>, BasePathMappings>({
  name: 'GetBasePathMappings',
  kind: 'read',
  run(call, input) {
    const rows = getDomain(call, input).mappings.values();
    return listPage(rows, input, `GetBasePathMappings ${input.domainName}`, ({ basePath }) => basePath ?? '');
  },
});
