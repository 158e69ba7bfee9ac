import type { DeleteBackendRequest, DeleteBackendResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getBackend } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { publishedWithBackend } from '../../cloud-api/request/tasks.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DeleteBackendRequest>, 'BackendId'>;

/** Deletes a backend that no API uses, drafts included, with its models. */
export const deleteBackend = cloudApiAction<Input, Wire<DeleteBackendResponseBody>>({
  name: 'DeleteBackend',
  kind: 'write',
  parameters: { BackendId: required(text) },
  run(call, { BackendId }) {
    const { id } = getBackend(call.state, BackendId);
    const { apis, backends, tags } = call.state.cloudApi;
    const drafted = [...apis.values()].some(({ draft }) => draft.backendEnable && draft.backendId === id);
    if (drafted || publishedWithBackend(call, id).length > 0) throw say.inUse('Backend', 'Api');
    backends.delete(id);
    tags.delete(`backend/${id}`);
    return {};
  },
});
