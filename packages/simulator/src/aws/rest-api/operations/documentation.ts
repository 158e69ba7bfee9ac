import type { DocumentationPart } from '@aws-sdk/client-api-gateway';
import { API, collection } from '../collection.js';
import { getApi } from '../find.js';
import {
  checkNoTwin,
  checkPartQuota,
  checkProperties,
  newPart,
  PART_LIMITS,
  partNotFound,
} from '../model/documentation-parts.js';
import { readMember, type PatchTable } from '../patch.js';
import { notSimulated } from '../words.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<DocumentationPart> = {
  '/properties': readMember('properties', (value = '') => {
    checkProperties(value);
    return value;
  }),
};

/** Documentation parts: of the API itself, a resource, a method, … The traffic does not depend on them. */
export const documentationOperations = collection({
  name: 'DocumentationPart',
  of: API,
  rows: 'documentationParts',
  key: ['documentationPartId', ({ id }) => id ?? ''],
  unknown: partNotFound,
  hidesOwner: true,
  limits: PART_LIMITS,
  create(call, api, input) {
    checkPartQuota(call, api);
    const row = newPart(call, input);
    checkNoTwin(api, row);
    return row;
  },
  patch: TABLE,
  listLimits: {
    type: PART_LIMITS['location.type'] ?? {},
    locationStatus: { values: ['DOCUMENTED', 'UNDOCUMENTED'] },
  },
  /** By type, path or name. Whether a part of the name is enough is unknown; here it is [U]. */
  listed(rows, { type, path, nameQuery, locationStatus }) {
    if (locationStatus === 'UNDOCUMENTED') throw notSimulated('GetDocumentationParts of undocumented parts');
    return rows.filter(
      ({ location }) =>
        (type === undefined || location?.type === type) &&
        (path === undefined || location?.path === path) &&
        (nameQuery === undefined || location?.name?.includes(nameQuery) === true),
    );
  },
  pages: ({ restApiId, type, path, nameQuery }) =>
    JSON.stringify(['GetDocumentationParts', restApiId, type, path, nameQuery]),
  own: {
    /** Deletes a documentation part. An unknown API has its own sentence here. */
    DeleteDocumentationPart: {
      holds: ({ restApiId }) => restApiId,
      run(call, { restApiId, documentationPartId }) {
        if (!getApi(call, restApiId).documentationParts.delete(documentationPartId)) throw partNotFound();
        return {};
      },
    },
  },
});
