import type { BasePathMapping, GetBasePathMappingRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getDomain, getMapping } from '../../../rest-api/domain/find.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One base path mapping; the one without a base path is `(none)`. */
export const getBasePathMapping = restOperation<Given<GetBasePathMappingRequest>, BasePathMapping>({
  name: 'GetBasePathMapping',
  kind: 'read',
  run: (call, { basePath, ...named }) => getMapping(getDomain(call, named), basePath),
});
