import type { UntagResourcesRequest, UntagResourcesResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { flag, required, text } from '../../cloud-api/request/parameters.js';
import { checkTagged, resourceIds, resourceType } from '../../cloud-api/request/tag-parameters.js';
import { removeTags } from '../../cloud-api/request/tags.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<UntagResourcesRequest>, 'ResourceType' | 'ResourceId'>;

/** Removes tags from resources: the keys named, or, with `All` and no keys, every one. */
export const untagResources = cloudApiAction<Input, Wire<UntagResourcesResponseBody>>({
  name: 'UntagResources',
  kind: 'write',
  parameters: {
    ResourceType: resourceType,
    ResourceId: required(resourceIds),
    TagKey: { type: 'list', items: text, length: [1, 20] },
    All: flag,
  },
  run({ state }, { ResourceType, ResourceId, TagKey, All = false }) {
    const type = checkTagged(state, ResourceType, ResourceId);
    for (const id of ResourceId) {
      if (TagKey || All) removeTags(state, type, id, TagKey);
    }
    return {};
  },
});
