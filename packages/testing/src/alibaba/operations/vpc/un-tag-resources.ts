import type { UnTagResourcesRequest, UnTagResourcesResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { untagAll, UNTAG_PARAMETERS } from '../../network/request/tag-actions.js';
import { taggedVpcRows } from '../../network/request/tagged-rows.js';
import type { Wire } from '../../wire.js';

/** VPC spells it `UnTagResources`. @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-untagresources */
export const unTagResources = vpcAction<
  Given<UnTagResourcesRequest, 'ResourceType' | 'ResourceId'>,
  Wire<UnTagResourcesResponseBody>
>({
  name: 'UnTagResources',
  kind: 'write',
  parameters: UNTAG_PARAMETERS,
  run: ({ state }, input) => {
    untagAll(taggedVpcRows(state.network, input.ResourceType), input);
    return {};
  },
});
