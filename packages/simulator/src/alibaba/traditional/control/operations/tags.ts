import { family, tagList, say } from '../request/parameters.js';
import {
  checkTagged,
  resourceIds,
  resourceType,
  hasTags,
  putTags,
  removeTags,
  tagsOf,
  type TaggedType,
} from '../request/tags.js';
import { pageByToken, flag, required, text } from '../../../operation/family.js';

const MAX_TAGS = 20;

/** Tags of groups, APIs, plugins and instances. */
export const tagActions = family({
  /** Adds tags to resources. An existing key gets the new value. */
  TagResources: {
    parameters: { ResourceType: resourceType, ResourceId: required(resourceIds), Tag: required(tagList) },
    run({ state }, { ResourceType, ResourceId, Tag }) {
      const type = checkTagged(state, ResourceType, ResourceId);
      for (const id of ResourceId) {
        const keys = new Set([...Object.keys(tagsOf(state, type, id)), ...Tag.map(({ Key = '' }) => Key)]);
        if (keys.size > MAX_TAGS) throw say.exceeded('Tag');
      }
      for (const id of ResourceId) putTags(state, type, id, Tag);
      return {};
    },
  },

  /** Removes tags from resources: the keys named, or, with `All` and no keys, every one. */
  UntagResources: {
    parameters: {
      ResourceType: resourceType,
      ResourceId: required(resourceIds),
      TagKey: { type: 'list', items: text, length: [1, 20] },
      All: flag,
    },
    run({ state }, { ResourceType, ResourceId, TagKey, All = false }) {
      const type = checkTagged(state, ResourceType, ResourceId);
      for (const id of ResourceId) {
        if (TagKey || All) removeTags(state, type, id, TagKey);
      }
      return {};
    },
  },

  /** Lists tags of one type of resource: a row per resource and tag, fifty to a page. */
  ListTagResources: {
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
  },
});
