import type { TagResourcesRequest, TagResourcesResponseBody } from '@alicloud/ecs20140526';
import { ecsAction, type Given } from '../../network/request/network-action.js';
import { tagAll, tagParameters } from '../../network/request/tag-actions.js';
import { taggedEcsRows } from '../../network/request/tagged-rows.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-tagresources */
export const tagResources = ecsAction<
  Given<TagResourcesRequest, 'ResourceType' | 'ResourceId' | 'Tag'>,
  Wire<TagResourcesResponseBody>
>({
  name: 'TagResources',
  kind: 'write',
  parameters: tagParameters(50),
  run: ({ state }, input) => {
    tagAll(() => taggedEcsRows(state.network, input.ResourceType), input);
    return {};
  },
});
