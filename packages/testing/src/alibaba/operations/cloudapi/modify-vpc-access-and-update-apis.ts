import type {
  ModifyVpcAccessAndUpdateApisRequest,
  ModifyVpcAccessAndUpdateApisResponseBody,
} from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { findVpcAccess, findVpcAccessByName } from '../../cloud-api/request/find.js';
import { flag, integer, required, text } from '../../cloud-api/request/parameters.js';
import { publishedWithAccess, startTask } from '../../cloud-api/request/tasks.js';
import { checkFreshToken, useToken } from '../../cloud-api/request/tokens.js';
import { checkVpcTarget } from '../../cloud-api/backend/vpc-access-rules.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ModifyVpcAccessAndUpdateApisRequest>, 'Name'>;

/**
 * Changes the target of an authorization at once, and the published APIs that use it in a task. The name
 * identifies the authorization and stays. NeedBatchWork has no effect any more: published APIs always
 * follow.
 */
export const modifyVpcAccessAndUpdateApis = cloudApiAction<Input, Wire<ModifyVpcAccessAndUpdateApisResponseBody>>({
  name: 'ModifyVpcAccessAndUpdateApis',
  kind: 'write',
  parameters: {
    Name: required(text),
    VpcId: text,
    InstanceId: text,
    Port: integer,
    VpcTargetHostName: text,
    Refresh: flag,
    NeedBatchWork: flag,
    Token: { type: 'string', length: [0, 64] },
  },
  run(call, input) {
    const row = findVpcAccessByName(call.state, input.Name);
    if (!row) throw say.notFound('Vpc');
    checkFreshToken(call, 'ModifyVpcAccessAndUpdateApis', input);
    const { VpcId = row.vpcId, InstanceId = row.instanceId, Port = row.port } = input;
    const triple = { VpcId, InstanceId, Port };
    checkVpcTarget(call.state, triple);
    const other = findVpcAccess(call.state, triple);
    if (other && other.id !== row.id) throw say.duplicate('VpcAccess');
    const { VpcTargetHostName: targetHostName = row.targetHostName } = input;
    const changed = { ...row, vpcId: VpcId, instanceId: InstanceId, port: Port, targetHostName };
    call.state.cloudApi.vpcAccesses.set(row.id, changed);
    useToken(call, 'ModifyVpcAccessAndUpdateApis', input);
    return { OperationId: startTask(call, 'update-vpc', row.name, publishedWithAccess(call, row.name)) };
  },
});
