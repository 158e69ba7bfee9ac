import type { DocumentationPart, UpdateDocumentationPartRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { checkProperties, getPart } from '../../../rest-api/model/documentation-parts.js';
import { PATCH_LIMITS, patched, readMember, type PatchTable } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<DocumentationPart> = {
  '/properties': readMember('properties', (value = '') => {
    checkProperties(value);
    return value;
  }),
};

/** Changes the properties of a documentation part. */
export const updateDocumentationPart = restOperation<Given<UpdateDocumentationPartRequest>, DocumentationPart>({
  name: 'UpdateDocumentationPart',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, documentationPartId, patchOperations }) {
    const { api, row } = getPart(call, restApiId, documentationPartId);
    const changed = patched(row, patchOperations, TABLE);
    api.documentationParts.set(documentationPartId, changed);
    return changed;
  },
});
