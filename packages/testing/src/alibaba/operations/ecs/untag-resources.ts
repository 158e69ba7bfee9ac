import type { UntagResourcesRequest, UntagResourcesResponseBody } from '@alicloud/ecs20140526';
import { ecsAction, type Given } from '../../network/network-action.js';
import { flag, neededText, texts } from '../../network/parameters.js';
import { taggedEcsRow } from '../../network/tagged-rows.js';
import { withoutTags } from '../../network/tags.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-untagresources */
export const untagResources = ecsAction<
  Given<UntagResourcesRequest, 'ResourceType' | 'ResourceId'>,
  Wire<UntagResourcesResponseBody>
>({
  name: 'UntagResources',
  kind: 'write',
  parameters: {
    ResourceType: neededText,
    ResourceId: { ...texts, required: true, length: [1, 20] },
    TagKey: texts,
    All: flag,
  },
  run: ({ state }, { ResourceType, ResourceId, TagKey, All = false }) => {
    const rows = ResourceId.map((id) => taggedEcsRow(state.network, ResourceType, id));
    for (const row of rows) row.tags = withoutTags(row.tags, TagKey, All);
    return {};
  },
});
