import type { DeleteInstancesRequest, DeleteInstancesResponseBody } from '@alicloud/ecs20140526';
import { checkDeletable, deleteInstanceRow } from '../../network/instance/instance-status.js';
import { getInstance } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { clientToken, flag, texts } from '../../network/request/parameters.js';
import type { Wire } from '../../wire.js';

/** All of them or none. @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-deleteinstances */
export const deleteInstances = ecsAction<
  Given<DeleteInstancesRequest, 'InstanceId'>,
  Wire<DeleteInstancesResponseBody>
>({
  name: 'DeleteInstances',
  kind: 'write',
  parameters: {
    InstanceId: { ...texts, required: true, length: [1, 100] },
    Force: flag,
    ForceStop: flag,
    TerminateSubscription: flag,
    ClientToken: clientToken,
    DryRun: flag,
  },
  run: (call, { InstanceId, Force = false }) => {
    const rows = [...new Set(InstanceId)].map((id) => getInstance(call.state, id));
    for (const row of rows) checkDeletable(call, row, Force);
    for (const row of rows) deleteInstanceRow(call, row);
    return {};
  },
});
