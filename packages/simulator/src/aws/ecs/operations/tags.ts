import { family } from '../family.js';
import { mergedTags, taggedResource, tagList } from '../tags.js';

const TAGS = {
  tags: { length: [0, 50] },
  'tags[].key': { length: [1, 128] },
  'tags[].value': { length: [0, 256] },
} as const;

/** Tags of clusters, services, tasks and task definitions. */
export const tagOperations = family({
  /** Adds tags, or replaces their values. */
  TagResource: {
    limits: TAGS,
    run(call, input) {
      const owner = taggedResource(call, input.resourceArn);
      owner.tags = mergedTags(owner.tags, input.tags);
      return {};
    },
  },

  /** Removes tags; keys that are not there are no error. */
  UntagResource(call, input) {
    const owner = taggedResource(call, input.resourceArn);
    owner.tags = Object.fromEntries(Object.entries(owner.tags).filter(([key]) => !input.tagKeys.includes(key)));
    return {};
  },

  ListTagsForResource: (call, input) => ({ tags: tagList(taggedResource(call, input.resourceArn).tags) }),
});
