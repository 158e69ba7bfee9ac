import type { TagResourcesRequest, TagResourcesResponseBody } from '@alicloud/ecs20140526';
import { ecsAction, type Given } from '../../network/network-action.js';
import { neededText, tags, texts } from '../../network/parameters.js';
import { taggedEcsRow } from '../../network/tagged-rows.js';
import { readTags, setTags } from '../../network/tags.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-tagresources */
export const tagResources = ecsAction<
  Given<TagResourcesRequest, 'ResourceType' | 'ResourceId' | 'Tag'>,
  Wire<TagResourcesResponseBody>
>({
  name: 'TagResources',
  kind: 'write',
  parameters: {
    ResourceType: neededText,
    ResourceId: { ...texts, required: true, length: [1, 50] },
    Tag: { ...tags, required: true, length: [1, 20] },
  },
  run: ({ state }, { ResourceType, ResourceId, Tag }) => {
    const given = readTags(Tag);
    const rows = ResourceId.map((id) => taggedEcsRow(state.network, ResourceType, id));
    for (const row of rows) setTags(row, given);
    return {};
  },
});
