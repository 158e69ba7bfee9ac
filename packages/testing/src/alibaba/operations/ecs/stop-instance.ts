import type { StopInstanceRequest, StopInstanceResponseBody } from '@alicloud/ecs20140526';
import { stopInstanceRow } from '../../network/instance/instance-status.js';
import { getInstance } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { flag, neededText, oneOf } from '../../network/request/parameters.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-stopinstance */
export const stopInstance = ecsAction<Given<StopInstanceRequest, 'InstanceId'>, Wire<StopInstanceResponseBody>>({
  name: 'StopInstance',
  kind: 'write',
  parameters: {
    InstanceId: neededText,
    ForceStop: flag,
    ConfirmStop: flag,
    StoppedMode: oneOf('KeepCharging', 'StopCharging'),
    DryRun: flag,
  },
  run: (call, { InstanceId }) => {
    stopInstanceRow(call, getInstance(call.state, InstanceId));
    return {};
  },
});
