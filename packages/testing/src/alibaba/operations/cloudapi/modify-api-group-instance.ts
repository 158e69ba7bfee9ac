import type { ModifyApiGroupInstanceRequest, ModifyApiGroupInstanceResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup, getInstance } from '../../cloud-api/request/find.js';
import { requireUnlocked } from '../../cloud-api/group/group-rules.js';
import { startMigration } from '../../cloud-api/group/migration.js';
import { required, tagList, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ModifyApiGroupInstanceRequest>, 'GroupId' | 'TargetInstanceId'>;

/**
 * Starts the move of a group to another instance of the region. The answer is empty. DescribeApiGroup shows
 * the progress, and at first still the result of the previous move.
 */
export const modifyApiGroupInstance = cloudApiAction<Input, Wire<ModifyApiGroupInstanceResponseBody>>({
  name: 'ModifyApiGroupInstance',
  kind: 'write',
  parameters: { GroupId: required(text), TargetInstanceId: required(text), Remark: text, Tag: tagList },
  run(call, { GroupId, TargetInstanceId }) {
    const group = getGroup(call.state, GroupId);
    requireUnlocked(group);
    if (group.migration) throw group.migration.targetInstanceId === TargetInstanceId ? say.repeated() : say.busy();
    const target = getInstance(call.state, TargetInstanceId);
    if (target.status !== 'RUNNING') throw say.invalid('TargetInstanceId', 'The target instance is not running.');
    startMigration(call, group, target.id);
    return {};
  },
});
