import type { DescribeBackendInfoRequest, DescribeBackendInfoResponseBody } from '@alicloud/cloudapi20160714';
import { backendModelView } from '../../cloud-api/backend/backend-model-view.js';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getBackend } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { written } from '../../cloud-api/request/time.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeBackendInfoRequest>, 'BackendId'>;

/** A named backend with its models. Passwords and keys of registries are answered in clear, as the service does. */
export const describeBackendInfo = cloudApiAction<Input, Wire<DescribeBackendInfoResponseBody>>({
  name: 'DescribeBackendInfo',
  kind: 'read',
  parameters: { BackendId: required(text) },
  run({ state }, { BackendId }) {
    const row = getBackend(state, BackendId);
    return {
      BackendInfo: {
        BackendId: row.id,
        BackendName: row.name,
        BackendType: row.type,
        Description: row.description,
        BackendModels: row.models.map((model) => backendModelView(state, row.type, model)),
        CreatedTime: written(row.createdAt),
        ModifiedTime: written(row.modifiedAt),
      },
    };
  },
});
