import type { DeleteBackendModelRequest, DeleteBackendModelResponseBody } from '@alicloud/cloudapi20160714';
import { getModel } from '../../cloud-api/backend/backend-rules.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getBackend } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { publishedWithBackend, startTask } from '../../cloud-api/request/tasks.js';
import { say } from '../../cloud-api/request/words.js';
import type { BackendRow } from '../../state/cloud-api-state.js';
import type { AlibabaRegionState } from '../../state/region-state.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DeleteBackendModelRequest>, 'BackendModelId'>;

/** The backend that has a model. @throws {AlibabaError} `NotFoundBackendModel` */
function backendOf({ cloudApi }: AlibabaRegionState, modelId: string): BackendRow {
  const backend = [...cloudApi.backends.values()].find(({ models }) => models.some(({ id }) => id === modelId));
  if (!backend) throw say.notFound('BackendModel');
  return backend;
}

/** Deletes the model of a named backend on a stage, unless an API is published there with it. */
export const deleteBackendModel = cloudApiAction<Input, Wire<DeleteBackendModelResponseBody>>({
  name: 'DeleteBackendModel',
  kind: 'write',
  parameters: { BackendId: text, BackendModelId: required(text), StageName: text },
  run(call, { BackendId, BackendModelId }) {
    const backend = BackendId === undefined ? backendOf(call.state, BackendModelId) : getBackend(call.state, BackendId);
    const { id, stageName } = getModel(backend, BackendModelId);
    if (publishedWithBackend(call, backend.id, stageName).length > 0) throw say.inUse('BackendModel', 'Api');
    const models = backend.models.filter((row) => row.id !== id);
    call.state.cloudApi.backends.set(backend.id, { ...backend, models, modifiedAt: call.now });
    return { OperationId: startTask(call, 'update-backend', backend.id, []) };
  },
});
