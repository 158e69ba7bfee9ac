import { family } from '../family.js';
import { ARN, TAGS } from '../limits.js';
import { mergedTags, taggedResource } from '../tags.js';

/** Tags of namespaces and services. */
export const tagOperations = family({
  /** Adds tags to a namespace or service, or replaces their values. */
  TagResource: {
    limits: { ...ARN, ...TAGS },
    run(call, input) {
      const owner = taggedResource(call, input.ResourceARN);
      owner.tags = mergedTags(owner.tags, input.Tags);
      return {};
    },
  },

  /** Removes tags of a namespace or service; keys that are not there are no error. */
  UntagResource: {
    limits: { ...ARN, TagKeys: { length: [0, 200] }, 'TagKeys[]': { length: [1, 128] } },
    run(call, input) {
      const owner = taggedResource(call, input.ResourceARN);
      owner.tags = Object.fromEntries(Object.entries(owner.tags).filter(([key]) => !input.TagKeys.includes(key)));
      return {};
    },
  },

  /** The tags of a namespace or service. */
  ListTagsForResource: {
    limits: ARN,
    run: (call, input) => ({
      Tags: Object.entries(taggedResource(call, input.ResourceARN).tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  },
});
