import type { ModifyBackendModelRequest, ModifyBackendModelResponseBody } from '@alicloud/cloudapi20160714';
import { getModel, readModelData } from '../../cloud-api/backend/backend-rules.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getBackend } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { publishedWithBackend, startTask } from '../../cloud-api/request/tasks.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<
  Wire<ModifyBackendModelRequest>,
  'BackendId' | 'BackendModelId' | 'BackendType' | 'BackendModelData' | 'StageName'
>;

/** Changes a named backend on a stage at once, and the APIs published with it in a task. */
export const modifyBackendModel = cloudApiAction<Input, Wire<ModifyBackendModelResponseBody>>({
  name: 'ModifyBackendModel',
  kind: 'write',
  parameters: {
    BackendId: required(text),
    BackendModelId: required(text),
    BackendType: required(text),
    BackendModelData: required(text),
    StageName: required(text),
    Description: { type: 'string', length: [0, 200] },
  },
  run(call, { BackendId, BackendModelId, BackendType, BackendModelData, StageName, Description }) {
    const { state, now } = call;
    const backend = getBackend(state, BackendId);
    const model = getModel(backend, BackendModelId);
    if (BackendType !== backend.type) throw say.invalid('BackendType');
    if (StageName !== model.stageName) throw say.notFound('StageModel');
    const data = readModelData(state, backend.type, BackendModelData);
    const changed = { ...model, data, description: Description ?? model.description, modifiedAt: now };
    const models = backend.models.map((row) => (row.id === model.id ? changed : row));
    state.cloudApi.backends.set(backend.id, { ...backend, models, modifiedAt: now });
    const uses = publishedWithBackend(call, backend.id, model.stageName);
    return { OperationId: startTask(call, 'update-backend', backend.id, uses) };
  },
});
