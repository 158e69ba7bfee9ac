import type { UnTagResourcesRequest, UnTagResourcesResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/network-action.js';
import { flag, neededText, texts } from '../../network/parameters.js';
import { taggedVpcRow } from '../../network/tagged-rows.js';
import { withoutTags } from '../../network/tags.js';
import type { Wire } from '../../wire.js';

/** VPC spells it `UnTagResources`. @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-untagresources */
export const unTagResources = vpcAction<
  Given<UnTagResourcesRequest, 'ResourceType' | 'ResourceId'>,
  Wire<UnTagResourcesResponseBody>
>({
  name: 'UnTagResources',
  kind: 'write',
  parameters: {
    ResourceType: neededText,
    ResourceId: { ...texts, required: true, length: [1, 20] },
    TagKey: texts,
    All: flag,
  },
  run: ({ state }, { ResourceType, ResourceId, TagKey, All = false }) => {
    const rows = ResourceId.map((id) => taggedVpcRow(state.network, ResourceType, id));
    for (const row of rows) row.tags = withoutTags(row.tags, TagKey, All);
    return {};
  },
});
