import type { DocumentationPart, GetDocumentationPartRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getPart } from '../../../rest-api/model/documentation-parts.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One documentation part. */
export const getDocumentationPart = restOperation<Given<GetDocumentationPartRequest>, DocumentationPart>({
  name: 'GetDocumentationPart',
  kind: 'read',
  run: (call, { restApiId, documentationPartId }) => getPart(call, restApiId, documentationPartId).row,
});
