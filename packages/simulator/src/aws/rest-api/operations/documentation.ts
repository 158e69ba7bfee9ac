import type { DocumentationPart, GetDocumentationPartsRequest } from '@aws-sdk/client-api-gateway';
import { family } from '../family.js';
import { getApi } from '../find.js';
import { listPage } from '../list.js';
import {
  checkNoTwin,
  checkPartQuota,
  checkProperties,
  getPart,
  newPart,
  PART_LIMITS,
  partNotFound,
} from '../model/documentation-parts.js';
import { PATCH_LIMITS, patched, readMember, type PatchTable } from '../patch.js';
import { notSimulated } from '../words.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<DocumentationPart> = {
  '/properties': readMember('properties', (value = '') => {
    checkProperties(value);
    return value;
  }),
};

/** Documentation parts. */
export const documentationOperations = family({
  /** Documents a part of an API: the API itself, a resource, a method, … The traffic does not depend on it. */
  CreateDocumentationPart: {
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
  },

  /** Changes the properties of a documentation part. */
  UpdateDocumentationPart: {
    limits: PATCH_LIMITS,
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, documentationPartId, patchOperations }) {
      const { api, row } = getPart(call, restApiId, documentationPartId);
      const changed = patched(row, patchOperations, TABLE);
      api.documentationParts.set(documentationPartId, changed);
      return changed;
    },
  },

  /** Deletes a documentation part. */
  DeleteDocumentationPart: {
    holds: ({ restApiId }) => restApiId,
    run(call, { restApiId, documentationPartId }) {
      if (!getApi(call, restApiId).documentationParts.delete(documentationPartId)) throw partNotFound();
      return {};
    },
  },

  /** One documentation part. */
  GetDocumentationPart: (call, { restApiId, documentationPartId }) => getPart(call, restApiId, documentationPartId).row,

  /** The documentation parts of an API; by type, path or name. */
  GetDocumentationParts: {
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
