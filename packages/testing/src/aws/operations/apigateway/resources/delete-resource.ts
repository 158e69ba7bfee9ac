import type { DeleteResourceRequest } from '@aws-sdk/client-api-gateway';
import { getApiOfResource, getResource } from '../../../rest-api/find.js';
import { subtree } from '../../../rest-api/resource/tree.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { badRequest } from '../../../rest-api/words.js';

/** Deletes a resource and all below it. */
export const deleteResource = restOperation<DeleteResourceRequest, Record<string, never>>({
  name: 'DeleteResource',
  kind: 'write',
  rate: { perSecond: 5, burst: 5 },
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, resourceId }) {
    const api = getApiOfResource(call, restApiId);
    const row = getResource(api, resourceId);
    if (row.parentId === undefined) throw badRequest('Root resource cannot be deleted.'); // [U]
    for (const { id } of subtree(api, row)) api.resources.delete(id);
    return {};
  },
});
