import type { BasePathMapping, UpdateBasePathMappingRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getDomain, getMapping } from '../../../rest-api/domain/find.js';
import { checkedMapping } from '../../../rest-api/domain/mapping-rules.js';
import { PATCH_LIMITS, patched, textMember, type PatchTable } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<BasePathMapping> = {
  '/basePath': textMember('basePath'),
  '/restapiId': textMember('restApiId'),
  '/stage': textMember('stage'),
};

/** Maps a base path elsewhere, or moves the mapping to another base path. */
export const updateBasePathMapping = restOperation<Given<UpdateBasePathMappingRequest>, BasePathMapping>({
  name: 'UpdateBasePathMapping',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ domainName }) => domainName,
  run(call, { basePath, patchOperations, ...named }) {
    const domain = getDomain(call, named);
    const { basePath: self = '', ...row } = getMapping(domain, basePath);
    const changed = checkedMapping(call, domain, patched({ ...row, basePath: self }, patchOperations, TABLE), self);
    domain.mappings.delete(self);
    domain.mappings.set(changed.basePath, changed);
    return changed;
  },
});
