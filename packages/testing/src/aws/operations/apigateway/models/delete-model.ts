import type { DeleteModelRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { checkModelUnused, getModelRow } from '../../../rest-api/model/model-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Deletes a model that no method uses. */
export const deleteModel = restOperation<Given<DeleteModelRequest>, Record<string, never>>({
  name: 'DeleteModel',
  kind: 'write',
  holds: ({ restApiId }) => restApiId,
  run(call, { restApiId, modelName }) {
    const { api } = getModelRow(call, restApiId, modelName);
    checkModelUnused(api, modelName);
    api.models.delete(modelName);
    return {};
  },
});
