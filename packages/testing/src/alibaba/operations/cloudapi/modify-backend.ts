import type { ModifyBackendRequest, ModifyBackendResponseBody } from '@alicloud/cloudapi20160714';
import { BACKEND_TYPES, checkBackendName } from '../../cloud-api/backend/backend-rules.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getBackend } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ModifyBackendRequest>, 'BackendId' | 'BackendName' | 'BackendType'>;

/** Renames or describes a backend. Its type stays what it is while it has models. */
export const modifyBackend = cloudApiAction<Input, Wire<ModifyBackendResponseBody>>({
  name: 'ModifyBackend',
  kind: 'write',
  parameters: {
    BackendId: required(text),
    BackendName: { type: 'string', required: true, length: [1, 50] },
    BackendType: { type: 'string', required: true, values: BACKEND_TYPES },
    Description: { type: 'string', length: [0, 200] },
  },
  run({ state, now }, { BackendId, BackendName, BackendType, Description }) {
    const row = getBackend(state, BackendId);
    checkBackendName(state, BackendName, row.id);
    if (BackendType !== row.type && row.models.length > 0) throw say.invalid('BackendType');
    const description = Description ?? row.description;
    state.cloudApi.backends.set(row.id, { ...row, name: BackendName, type: BackendType, description, modifiedAt: now });
    return {};
  },
});
