import type { TagResourcesRequest, TagResourcesResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { tagAll, tagParameters } from '../../network/request/tag-actions.js';
import { taggedVpcRows } from '../../network/request/tagged-rows.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-tagresources */
export const tagResources = vpcAction<
  Given<TagResourcesRequest, 'ResourceType' | 'ResourceId' | 'Tag'>,
  Wire<TagResourcesResponseBody>
>({
  name: 'TagResources',
  kind: 'write',
  parameters: tagParameters(50),
  run: ({ state }, input) => {
    tagAll(() => taggedVpcRows(state.network, input.ResourceType), input);
    return {};
  },
});
