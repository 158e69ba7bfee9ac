import type {
  DescribeUpdateBackendTaskRequest,
  DescribeUpdateBackendTaskResponseBody,
} from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getTask } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { taskItem } from '../../cloud-api/request/task-item.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeUpdateBackendTaskRequest>, 'OperationUid'>;

/** The progress of ModifyBackendModel: one row per published API. */
export const describeUpdateBackendTask = cloudApiAction<Input, Wire<DescribeUpdateBackendTaskResponseBody>>({
  name: 'DescribeUpdateBackendTask',
  kind: 'read',
  parameters: { OperationUid: required(text) },
  run({ state }, { OperationUid }) {
    const { items, subject } = getTask(state, OperationUid, 'update-backend');
    const rows = items.map((item) => ({ ...taskItem(item), BackendId: subject, UpdateStatus: item.status }));
    return { ApiUpdateBackendResults: { ApiUpdateBackendResult: rows } };
  },
});
