import type { StartInstanceRequest, StartInstanceResponseBody } from '@alicloud/ecs20140526';
import { startInstanceRow } from '../../network/instance/instance-status.js';
import { getInstance } from '../../network/request/lookups.js';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { flag, neededText } from '../../network/request/parameters.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-startinstance */
export const startInstance = ecsAction<Given<StartInstanceRequest, 'InstanceId'>, Wire<StartInstanceResponseBody>>({
  name: 'StartInstance',
  kind: 'write',
  parameters: { InstanceId: neededText, DryRun: flag },
  run: (call, { InstanceId }) => {
    startInstanceRow(call, getInstance(call.state, InstanceId));
    return {};
  },
});
