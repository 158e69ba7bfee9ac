import type { DocumentationPart, DocumentationParts, GetDocumentationPartsRequest } from '@aws-sdk/client-api-gateway';
import { getApi } from '../../../rest-api/find.js';
import { listPage } from '../../../rest-api/list.js';
import { PART_LIMITS } from '../../../rest-api/model/documentation-parts.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { notSimulated } from '../../../rest-api/words.js';

/** The documentation parts of an API; by type, path or name. */
export const getDocumentationParts = restOperation<GetDocumentationPartsRequest, DocumentationParts>({
  name: 'GetDocumentationParts',
  kind: 'read',
  limits: {
    type: PART_LIMITS['location.type'] ?? {},
    locationStatus: { values: ['DOCUMENTED', 'UNDOCUMENTED'] },
  },
  run(call, input) {
    const api = getApi(call, input.restApiId);
    if (input.locationStatus === 'UNDOCUMENTED') throw notSimulated('GetDocumentationParts of undocumented parts');
    const { type, path, nameQuery } = input;
    const rows = [...api.documentationParts.values()].filter((row) => matches(row, { type, path, nameQuery }));
    const list = JSON.stringify(['GetDocumentationParts', input.restApiId, type, path, nameQuery]);
    return listPage(rows, input, list, ({ id }) => id ?? '');
  },
});

/** Whether a part of the name is enough is unknown; here it is [U]. */
function matches(
  { location }: DocumentationPart,
  { type, path, nameQuery }: Pick<GetDocumentationPartsRequest, 'type' | 'path' | 'nameQuery'>,
): boolean {
  return (
    (type === undefined || location?.type === type) &&
    (path === undefined || location?.path === path) &&
    (nameQuery === undefined || location?.name?.includes(nameQuery) === true)
  );
}
