import type { UntagResourcesRequest, UntagResourcesResponseBody } from '@alicloud/ecs20140526';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { untagAll, UNTAG_PARAMETERS } from '../../network/request/tag-actions.js';
import { taggedEcsRows } from '../../network/request/tagged-rows.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-untagresources */
export const untagResources = ecsAction<
  Given<UntagResourcesRequest, 'ResourceType' | 'ResourceId'>,
  Wire<UntagResourcesResponseBody>
>({
  name: 'UntagResources',
  kind: 'write',
  parameters: UNTAG_PARAMETERS,
  run: ({ state }, input) => {
    untagAll(taggedEcsRows(state.network, input.ResourceType), input);
    return {};
  },
});
