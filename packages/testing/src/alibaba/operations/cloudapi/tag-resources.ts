import type { TagResourcesRequest, TagResourcesResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { required, tagList } from '../../cloud-api/request/parameters.js';
import { checkTagged, resourceIds, resourceType } from '../../cloud-api/request/tag-parameters.js';
import { putTags, tagsOf } from '../../cloud-api/request/tags.js';
import { say } from '../../cloud-api/request/words.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<TagResourcesRequest>, 'ResourceType' | 'ResourceId' | 'Tag'>;

const MAX_TAGS = 20;

/** Adds tags to resources. An existing key gets the new value. */
export const tagResources = cloudApiAction<Input, Wire<TagResourcesResponseBody>>({
  name: 'TagResources',
  kind: 'write',
  parameters: { ResourceType: resourceType, ResourceId: required(resourceIds), Tag: required(tagList) },
  run({ state }, { ResourceType, ResourceId, Tag }) {
    const type = checkTagged(state, ResourceType, ResourceId);
    for (const id of ResourceId) {
      const keys = new Set([...Object.keys(tagsOf(state, type, id)), ...Tag.map(({ Key = '' }) => Key)]);
      if (keys.size > MAX_TAGS) throw say.exceeded('Tag');
    }
    for (const id of ResourceId) putTags(state, type, id, Tag);
    return {};
  },
});
