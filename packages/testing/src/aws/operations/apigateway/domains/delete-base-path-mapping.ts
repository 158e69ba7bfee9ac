import type { DeleteBasePathMappingRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getDomain, getMapping } from '../../../rest-api/domain/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Deletes a base path mapping. */
export const deleteBasePathMapping = restOperation<Given<DeleteBasePathMappingRequest>, Record<string, never>>({
  name: 'DeleteBasePathMapping',
  kind: 'write',
  holds: ({ domainName }) => domainName,
  run(call, { basePath, ...named }) {
    const domain = getDomain(call, named);
    domain.mappings.delete(getMapping(domain, basePath).basePath ?? '');
    return {};
  },
});
