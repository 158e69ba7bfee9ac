import type { DeleteInstanceRequest, DeleteInstanceResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getInstance } from '../../cloud-api/request/find.js';
import { startDeletion } from '../../cloud-api/instance/instance-life.js';
import { required, tagList, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DeleteInstanceRequest>, 'InstanceId'>;

/**
 * Releases a dedicated instance that hosts no group and has no private domain attached. It is deleted after
 * a while.
 */
export const deleteInstance = cloudApiAction<Input, Wire<DeleteInstanceResponseBody>>({
  name: 'DeleteInstance',
  kind: 'write',
  parameters: { InstanceId: required(text), Tag: tagList },
  run(call, { InstanceId }) {
    const row = getInstance(call.state, InstanceId);
    if (row.kind === 'shared') throw say.invalid('InstanceId', 'The shared instance cannot be released.');
    const { groups, privateDns } = call.state.cloudApi;
    const hosts = [...groups.values()].some(
      ({ instanceId, migration }) => instanceId === row.id || migration?.targetInstanceId === row.id,
    );
    if (hosts) throw say.inUse('Instance', 'ApiGroup');
    if ([...privateDns.values()].some(({ instanceIds }) => instanceIds.includes(row.id))) {
      throw say.inUse('Instance', 'PrivateDNS');
    }
    if (row.status !== 'DELETING') startDeletion(call, row.id);
    return {};
  },
});
