import type { CreateBackendRequest, CreateBackendResponseBody } from '@alicloud/cloudapi20160714';
import { BACKEND_TYPES, checkBackendName } from '../../cloud-api/backend/backend-rules.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { flag, tagList } from '../../cloud-api/request/parameters.js';
import { putTags } from '../../cloud-api/request/tags.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<CreateBackendRequest>, 'BackendName' | 'BackendType'>;

/** Creates a named backend. Its models define it on each stage. */
export const createBackend = cloudApiAction<Input, Wire<CreateBackendResponseBody>>({
  name: 'CreateBackend',
  kind: 'write',
  parameters: {
    BackendName: { type: 'string', required: true, length: [1, 50] },
    BackendType: { type: 'string', required: true, values: BACKEND_TYPES },
    Description: { type: 'string', length: [0, 200] },
    CreateSlr: flag,
    CreateEventBridgeServiceLinkedRole: flag,
    Tag: tagList,
  },
  run({ state, now, id: newId }, { BackendName, BackendType, Description = '', Tag }) {
    checkBackendName(state, BackendName);
    const id = newId('', 32, 'hex');
    const row = { id, name: BackendName, type: BackendType, description: Description, models: [] };
    state.cloudApi.backends.set(id, { ...row, createdAt: now, modifiedAt: now });
    putTags(state, 'backend', id, Tag);
    return { BackendId: id };
  },
});
