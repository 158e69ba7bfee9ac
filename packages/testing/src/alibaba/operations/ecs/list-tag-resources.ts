import type { ListTagResourcesRequest, ListTagResourcesResponseBody } from '@alicloud/ecs20140526';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { listParameters, tagPage } from '../../network/request/tag-actions.js';
import { taggedEcsRows } from '../../network/request/tagged-rows.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-listtagresources */
export const listTagResources = ecsAction<
  Given<ListTagResourcesRequest, 'ResourceType'>,
  Wire<ListTagResourcesResponseBody>
>({
  name: 'ListTagResources',
  kind: 'read',
  parameters: listParameters(50),
  run: ({ state }, input) =>
    tagPage('Ecs', input.ResourceType.toLowerCase(), taggedEcsRows(state.network, input.ResourceType), input),
});
