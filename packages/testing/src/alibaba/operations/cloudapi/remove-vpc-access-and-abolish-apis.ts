import type {
  RemoveVpcAccessAndAbolishApisRequest,
  RemoveVpcAccessAndAbolishApisResponseBody,
} from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getVpcAccess } from '../../cloud-api/request/find.js';
import { flag, integer, required, text } from '../../cloud-api/request/parameters.js';
import { publishedWithAccess, startTask } from '../../cloud-api/request/tasks.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<RemoveVpcAccessAndAbolishApisRequest>, 'VpcId' | 'InstanceId' | 'Port'>;

/** Removes the APIs of an authorization from their stages, in a task, and deletes the authorization. */
export const removeVpcAccessAndAbolishApis = cloudApiAction<Input, Wire<RemoveVpcAccessAndAbolishApisResponseBody>>({
  name: 'RemoveVpcAccessAndAbolishApis',
  kind: 'write',
  parameters: { VpcId: required(text), InstanceId: required(text), Port: required(integer), NeedBatchWork: flag },
  run(call, input) {
    const { name } = getVpcAccess(call.state, input);
    return { OperationId: startTask(call, 'abolish', name, publishedWithAccess(call, name)) };
  },
});
