import { slbAction } from '../../network/network-action.js';
import { neededText, tags, text, texts } from '../../network/parameters.js';
import { listTags, taggedSlbRows } from '../../network/tagged-rows.js';
import { pageByToken } from '../../page.js';
import type { TagInput } from '../../slb/tag-parameters.js';

/** SLB has no package on npm: our own types. */
type ListTagResourcesInput = Pick<TagInput, 'ResourceType'> & Partial<TagInput> & { readonly NextToken?: string };
interface ListTagResourcesOutput {
  readonly NextToken: string;
  readonly TagResources: { readonly TagResource: readonly object[] };
}

/** @see https://www.alibabacloud.com/help/en/slb/classic-load-balancer/developer-reference/api-slb-2014-05-15-listtagresources */
export const listTagResources = slbAction<ListTagResourcesInput, ListTagResourcesOutput>({
  name: 'ListTagResources',
  kind: 'read',
  parameters: { ResourceType: neededText, ResourceId: { ...texts, length: [0, 20] }, Tag: tags, NextToken: text },
  run: ({ state }, { ResourceType, ResourceId, Tag, NextToken: token }) => {
    const found = listTags(taggedSlbRows(state.slb, ResourceType), { ids: ResourceId, tags: Tag });
    const asked = { NextToken: token };
    const { items, NextToken } = pageByToken(found, asked, {
      operation: { product: 'Slb', name: 'ListTagResources' },
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
