import type { ListTagResourcesRequest, ListTagResourcesResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/request/network-action.js';
import { TOKENS } from '../../network/request/parameters.js';
import { listParameters, tagPage } from '../../network/request/tag-actions.js';
import { taggedVpcRows } from '../../network/request/tagged-rows.js';
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
