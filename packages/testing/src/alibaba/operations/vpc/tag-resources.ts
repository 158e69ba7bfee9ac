import type { TagResourcesRequest, TagResourcesResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/network-action.js';
import { neededText, tags, texts } from '../../network/parameters.js';
import { taggedVpcRow } from '../../network/tagged-rows.js';
import { readTags, setTags } from '../../network/tags.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-tagresources */
export const tagResources = vpcAction<
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
    const rows = ResourceId.map((id) => taggedVpcRow(state.network, ResourceType, id));
    for (const row of rows) setTags(row, given);
    return {};
  },
});
