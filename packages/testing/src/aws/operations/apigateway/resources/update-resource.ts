import type { Resource, UpdateResourceRequest } from '@aws-sdk/client-api-gateway';
import { getApiOfResource, getResource } from '../../../rest-api/find.js';
import { PATCH_LIMITS, patched, type PatchRule, type PatchTable } from '../../../rest-api/patch.js';
import { showResource } from '../../../rest-api/resource/show-resource.js';
import { moveResource } from '../../../rest-api/resource/tree.js';
import { restOperation } from '../../../rest-api/rest-operation.js';
import { badRequest } from '../../../rest-api/words.js';
import type { ResourceRow } from '../../../state/rest-api-state.js';

const place = (name: 'parentId' | 'pathPart'): PatchRule<ResourceRow> => ({
  ops: ['replace'],
  apply: (row, { value = '' }) => {
    if (row.parentId === undefined) throw badRequest(`Root resource cannot update its ${name}.`);
    return { ...row, [name]: value };
  },
});

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html#UpdateResource-Patch */
const TABLE: PatchTable<ResourceRow> = { '/parentId': place('parentId'), '/pathPart': place('pathPart') };

/** Moves or renames a resource, with all below it. */
export const updateResource = restOperation<UpdateResourceRequest, Resource>({
  name: 'UpdateResource',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, resourceId, patchOperations }) {
    const api = getApiOfResource(call, restApiId);
    const before = getResource(api, resourceId);
    const row = patched(before, patchOperations, TABLE);
    return showResource(row === before ? before : moveResource(api, row), false);
  },
});
