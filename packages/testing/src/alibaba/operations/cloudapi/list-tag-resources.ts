import type { ListTagResourcesRequest, ListTagResourcesResponseBody } from '@alicloud/cloudapi20160714';
import { cloudApiAction, type Given } from '../../cloud-api/request/cloud-api-action.js';
import { tagList, text } from '../../cloud-api/request/parameters.js';
import { resourceIds, resourceType } from '../../cloud-api/request/tag-parameters.js';
import { hasTags, type TaggedType } from '../../cloud-api/request/tags.js';
import { pageByToken } from '../../page.js';
import type { Wire } from '../../wire.js';

type Input = Given<Wire<ListTagResourcesRequest>, 'ResourceType'>;

/** Lists tags of one type of resource: a row per resource and tag, fifty to a page. */
export const listTagResources = cloudApiAction<Input, Wire<ListTagResourcesResponseBody>>({
  name: 'ListTagResources',
  kind: 'read',
  parameters: { ResourceType: resourceType, ResourceId: resourceIds, Tag: tagList, NextToken: text },
  run({ state }, { ResourceType, ResourceId, Tag, NextToken }) {
    const rows = [...state.cloudApi.tags].flatMap(([key, tags]) => {
      const [type, id = ''] = key.split('/');
      if (type !== ResourceType || (ResourceId && !ResourceId.includes(id))) return [];
      if (!hasTags(state, type as TaggedType, id, Tag)) return [];
      return Object.entries(tags).map(([TagKey, TagValue]) => ({ ResourceType, ResourceId: id, TagKey, TagValue }));
    });
    const { items, NextToken: next } = pageByToken(
      rows,
      { NextToken },
      {
        operation: { product: 'CloudAPI', name: 'ListTagResources' },
        list: ResourceType,
        defaultSize: 50,
        largest: 50,
        key: (row) => `${row.ResourceId}/${row.TagKey}`,
      },
    );
    return { NextToken: next, TagResources: { TagResource: items } };
  },
});
