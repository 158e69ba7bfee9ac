import type { CreateDocumentationPartRequest, DocumentationPart } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getApi } from '../../../rest-api/find.js';
import { checkNoTwin, checkPartQuota, newPart, PART_LIMITS } from '../../../rest-api/model/documentation-parts.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Documents a part of an API: the API itself, a resource, a method, … The traffic does not depend on it. */
export const createDocumentationPart = restOperation<Given<CreateDocumentationPartRequest>, DocumentationPart>({
  name: 'CreateDocumentationPart',
  kind: 'write',
  limits: PART_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, ...input }) {
    const api = getApi(call, restApiId);
    checkPartQuota(call, api);
    const row = newPart(call, input);
    checkNoTwin(api, row);
    api.documentationParts.set(row.id, row);
    return row;
  },
});
