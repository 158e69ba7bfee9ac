import type { ListTagResourcesRequest, ListTagResourcesResponseBody } from '@alicloud/ecs20140526';
import { ecsAction, type Given } from '../../network/network-action.js';
import { neededText, tags, text, texts } from '../../network/parameters.js';
import { listTags, taggedEcsRows } from '../../network/tagged-rows.js';
import { pageByToken } from '../../page.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/ecs/developer-reference/api-ecs-2014-05-26-listtagresources */
export const listTagResources = ecsAction<
  Given<ListTagResourcesRequest, 'ResourceType'>,
  Wire<ListTagResourcesResponseBody>
>({
  name: 'ListTagResources',
  kind: 'read',
  parameters: { ResourceType: neededText, ResourceId: { ...texts, length: [0, 50] }, Tag: tags, NextToken: text },
  run: ({ state }, { ResourceType, ResourceId, Tag, ...asked }) => {
    const found = listTags(taggedEcsRows(state.network, ResourceType), { ids: ResourceId, tags: Tag });
    const { items, NextToken } = pageByToken(found, asked, {
      operation: { product: 'Ecs', name: 'ListTagResources' },
      list: ResourceType,
      defaultSize: 50,
      largest: 50,
      key: ({ id, key }) => `${id}/${key}`,
    });
    return {
      NextToken,
      TagResources: {
        TagResource: items.map(({ id, key, value }) => ({
          ResourceId: id,
          ResourceType: ResourceType.toLowerCase(),
          TagKey: key,
          TagValue: value,
        })),
      },
    };
  },
});
