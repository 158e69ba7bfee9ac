import { family, getApi, getApiOfResource, getResource, listPage } from '../request.js';
import { rule, patched, type PatchRule, type PatchTable } from '../patch.js';
import { embedsMethods, showResource, addResource, moveResource, subtree } from '../resource.js';
import { badRequest } from '../words.js';
import type { ResourceRow } from '../state.js';

const place = (name: 'parentId' | 'pathPart'): PatchRule<ResourceRow> =>
  rule(['replace'], (row, { value = '' }) => {
    if (row.parentId === undefined) throw badRequest(`Root resource cannot update its ${name}.`);

    return { ...row, [name]: value };
  });

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateResource-Patch */
const TABLE: PatchTable<ResourceRow> = { '/parentId': place('parentId'), '/pathPart': place('pathPart') };

/** Resources: the tree of paths. */
export const resourceOperations = family({
  /** Creates a resource below another one. */
  CreateResource: {
    rate: { perSecond: 5, burst: 5 },
    run(call, { restApiId, parentId, pathPart = '' }) {
      const api = getApiOfResource(call, restApiId);
      return showResource(addResource(call, api, getResource(api, parentId), pathPart), false);
    },
  },

  /** Moves or renames a resource, with all below it. */
  UpdateResource(call, { restApiId, resourceId, patchOperations }) {
    const api = getApiOfResource(call, restApiId);
    const before = getResource(api, resourceId);
    const row = patched(before, patchOperations, TABLE);
    return showResource(row === before ? before : moveResource(api, row), false);
  },

  /** Deletes a resource and all below it. */
  DeleteResource: {
    rate: { perSecond: 5, burst: 5 },
    run(call, { restApiId, resourceId }) {
      const api = getApiOfResource(call, restApiId);
      const row = getResource(api, resourceId);
      if (row.parentId === undefined) throw badRequest('Root resource cannot be deleted.'); // [U]

      for (const { id } of subtree(api, row)) api.resources.delete(id);
      return {};
    },
  },

  GetResource: (call, { restApiId, resourceId, embed }) =>
    showResource(getResource(getApiOfResource(call, restApiId), resourceId), embedsMethods(embed)),

  /** The resources of an API, in the order of their paths. */
  GetResources: {
    rate: { perSecond: 2.5, burst: 5 },
    run(call, input) {
      const { fields, resources } = getApi(call, input.restApiId);
      const embedded = embedsMethods(input.embed);
      const rows = [...resources.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
      const { items, ...next } = listPage(rows, input, `GetResources ${fields.id}`, ({ id }) => id);
      return { items: items.map((row) => showResource(row, embedded)), ...next };
    },
  },
});
