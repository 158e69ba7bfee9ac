import type { DeleteApiGroupRequest, DeleteApiGroupResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { getGroup } from '../../cloud-api/request/find.js';
import { required, tagList, text } from '../../cloud-api/request/parameters.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<DeleteApiGroupRequest>, 'GroupId'>;

/** Deletes a group that has no APIs. Plug-ins lose their attachments to it. */
export const deleteApiGroup = cloudApiAction<Input, Wire<DeleteApiGroupResponseBody>>({
  name: 'DeleteApiGroup',
  kind: 'write',
  parameters: { GroupId: required(text), Tag: tagList },
  run({ state: { cloudApi }, state }, { GroupId }) {
    const group = getGroup(state, GroupId);
    if (group.migration) throw say.busy();
    if ([...cloudApi.apis.values()].some(({ groupId }) => groupId === group.id)) throw say.inUse('ApiGroup', 'Api');
    for (const plugin of cloudApi.plugins.values()) {
      const attachments = plugin.attachments.filter(({ groupId }) => groupId !== group.id);
      cloudApi.plugins.set(plugin.id, { ...plugin, attachments });
    }
    cloudApi.groups.delete(group.id);
    cloudApi.tags.delete(`apiGroup/${group.id}`);
    return {};
  },
});
