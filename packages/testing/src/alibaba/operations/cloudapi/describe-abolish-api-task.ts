import type { DescribeAbolishApiTaskRequest, DescribeAbolishApiTaskResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getTask } from '../../cloud-api/request/find.js';
import { required, text } from '../../cloud-api/request/parameters.js';
import { taskItem } from '../../cloud-api/request/task-item.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DescribeAbolishApiTaskRequest>, 'OperationUid'>;

/** The progress of RemoveVpcAccessAndAbolishApis: one row per published API. */
export const describeAbolishApiTask = cloudApiAction<Input, Wire<DescribeAbolishApiTaskResponseBody>>({
  name: 'DescribeAbolishApiTask',
  kind: 'read',
  parameters: { OperationUid: required(text) },
  run({ state }, { OperationUid }) {
    const { items } = getTask(state, OperationUid, 'abolish');
    const rows = items.map((item) => ({ ...taskItem(item), AbolishStatus: item.status }));
    return { ApiAbolishResults: { ApiAbolishResult: rows } };
  },
});
