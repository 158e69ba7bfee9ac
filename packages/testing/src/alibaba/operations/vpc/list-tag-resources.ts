import type { ListTagResourcesRequest, ListTagResourcesResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/network-action.js';
import { TOKENS } from '../../network/parameters.js';
import { listParameters, tagPage } from '../../network/tag-actions.js';
import { taggedVpcRows } from '../../network/tagged-rows.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-listtagresources */
export const listTagResources = vpcAction<
  Given<ListTagResourcesRequest, 'ResourceType'>,
  Wire<ListTagResourcesResponseBody>
>({
  name: 'ListTagResources',
  kind: 'read',
  parameters: { ...listParameters(50), ...TOKENS },
  run: ({ state }, input) =>
    tagPage('Vpc', input.ResourceType.toUpperCase(), taggedVpcRows(state.network, input.ResourceType), input),
});
