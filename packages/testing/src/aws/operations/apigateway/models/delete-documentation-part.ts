import type { DeleteDocumentationPartRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getApi } from '../../../rest-api/find.js';
import { partNotFound } from '../../../rest-api/model/documentation-parts.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Deletes a documentation part. */
export const deleteDocumentationPart = restOperation<Given<DeleteDocumentationPartRequest>, Record<string, never>>({
  name: 'DeleteDocumentationPart',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, documentationPartId }) {
    if (!getApi(call, restApiId).documentationParts.delete(documentationPartId)) throw partNotFound();
    return {};
  },
});
