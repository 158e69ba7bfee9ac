import type { Model, UpdateModelRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { checkSchema, getModelRow } from '../../../rest-api/model/model-rules.js';
import { PATCH_LIMITS, patched, textMember, type PatchTable } from '../../../rest-api/patch.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** @see https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html */
const TABLE: PatchTable<Model> = { '/description': textMember('description'), '/schema': textMember('schema') };

/** Changes a model's schema or description. */
export const updateModel = restOperation<Given<UpdateModelRequest>, Model>({
  name: 'UpdateModel',
  kind: 'write',
  limits: PATCH_LIMITS,
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, modelName, patchOperations }) {
    const { api, row } = getModelRow(call, restApiId, modelName);
    const changed = patched(row, patchOperations, TABLE);
    checkSchema(changed);
    api.models.set(modelName, changed);
    return changed;
  },
});
