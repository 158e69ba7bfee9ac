import type {
  DescribeUpdateVpcInfoTaskRequest,
  DescribeUpdateVpcInfoTaskResponseBody,
} from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getTask } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { taskItem } from '../../cloud-api/request/task-item.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeUpdateVpcInfoTaskRequest>, 'OperationUid'>;

/** The progress of ModifyVpcAccessAndUpdateApis: one row per published API. */
export const describeUpdateVpcInfoTask = cloudApiAction<Input, Wire<DescribeUpdateVpcInfoTaskResponseBody>>({
  name: 'DescribeUpdateVpcInfoTask',
  kind: 'read',
  parameters: { OperationUid: required(text) },
  run({ state }, { OperationUid }) {
    const { items } = getTask(state, OperationUid, 'update-vpc');
    const rows = items.map((item) => ({ ...taskItem(item), UpdateStatus: item.status }));
    return { ApiUpdateVpcInfoResults: { ApiUpdateVpcInfoResult: rows } };
  },
});
