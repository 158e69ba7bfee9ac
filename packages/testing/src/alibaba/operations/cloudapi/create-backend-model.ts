import type { CreateBackendModelRequest, CreateBackendModelResponseBody } from '@alicloud/cloudapi20160714';
import { checkStageName, readModelData } from '../../cloud-api/backend/backend-rules.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getBackend } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<CreateBackendModelRequest>, 'BackendId' | 'BackendType' | 'BackendModelData' | 'StageName'>;

/** Defines a named backend on a stage. */
export const createBackendModel = cloudApiAction<Input, Wire<CreateBackendModelResponseBody>>({
  name: 'CreateBackendModel',
  kind: 'write',
  parameters: {
    BackendId: required(text),
    BackendType: required(text),
    BackendModelData: required(text),
    StageName: required(text),
    Description: { type: 'string', length: [0, 200] },
  },
  run({ state, now, id: newId }, { BackendId, BackendType, BackendModelData, StageName, Description = '' }) {
    const backend = getBackend(state, BackendId);
    if (BackendType !== backend.type) throw say.invalid('BackendType');
    checkStageName(StageName);
    if (backend.models.some(({ stageName }) => stageName === StageName)) throw say.duplicate('StageName');
    const data = readModelData(state, backend.type, BackendModelData);
    const id = newId('', 32, 'hex');
    const model = { id, stageName: StageName, description: Description, data, createdAt: now, modifiedAt: now };
    state.cloudApi.backends.set(backend.id, { ...backend, models: [...backend.models, model], modifiedAt: now });
    return { BackendModelId: id };
  },
});
