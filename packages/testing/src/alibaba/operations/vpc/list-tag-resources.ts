import type { ListTagResourcesRequest, ListTagResourcesResponseBody } from '@alicloud/vpc20160428';
import { vpcAction, type Given } from '../../network/network-action.js';
import { neededText, tags, texts, TOKENS } from '../../network/parameters.js';
import { listTags, taggedVpcRows } from '../../network/tagged-rows.js';
import { pageByToken } from '../../page.js';
import type { Wire } from '../../wire.js';

/** @see https://www.alibabacloud.com/help/en/vpc/developer-reference/api-vpc-2016-04-28-listtagresources */
export const listTagResources = vpcAction<
  Given<ListTagResourcesRequest, 'ResourceType'>,
  Wire<ListTagResourcesResponseBody>
>({
  name: 'ListTagResources',
  kind: 'read',
  parameters: { ResourceType: neededText, ResourceId: { ...texts, length: [0, 50] }, Tag: tags, ...TOKENS },
  run: ({ state }, { ResourceType, ResourceId, Tag, ...asked }) => {
    const found = listTags(taggedVpcRows(state.network, ResourceType), { ids: ResourceId, tags: Tag });
    const { items, NextToken } = pageByToken(found, asked, {
      operation: { product: 'Vpc', name: 'ListTagResources' },
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
          ResourceType: ResourceType.toUpperCase(),
          TagKey: key,
          TagValue: value,
        })),
      },
    };
  },
});
