import type { DeleteInstanceRequest, DeleteInstanceResponseBody } from '@alicloud/ecs20140526';
import { checkDeletable, deleteInstanceRow } from '../../network/instance/instance-status.js';
import { getInstance } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { flag, neededText } from '../../network/request/parameters.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-deleteinstance */
export const deleteInstance = ecsAction<Given<DeleteInstanceRequest, 'InstanceId'>, Wire<DeleteInstanceResponseBody>>({
  name: 'DeleteInstance',
  kind: 'write',
  parameters: { InstanceId: neededText, Force: flag, ForceStop: flag, TerminateSubscription: flag, DryRun: flag },
  run: (call, { InstanceId, Force = false }) => {
    const row = getInstance(call.state, InstanceId);
    checkDeletable(call, row, Force);
    deleteInstanceRow(call, row);
    return {};
  },
});
