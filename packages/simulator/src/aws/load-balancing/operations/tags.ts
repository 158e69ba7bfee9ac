import { family } from '../family.js';
import { TAG_KEYS, TAGS, TWENTY } from '../limits.js';
import { addTags, taggedResource, tagList } from '../tags.js';

/** Tags of all resources. */
export const tagOperations = family({
  /** Adds tags to load balancers, listeners, rules and target groups, or replaces their values. */
  AddTags: {
    limits: { ResourceArns: TWENTY, ...TAGS },
    run(call, input) {
      const owners = input.ResourceArns.map((arn) => taggedResource(call, arn));
      for (const owner of owners) addTags(owner, input.Tags);
      return {};
    },
  },

  /** Removes tags; keys that are not there are no error. */
  RemoveTags: {
    limits: { ResourceArns: TWENTY, ...TAG_KEYS },
    run(call, input) {
      const owners = input.ResourceArns.map((arn) => taggedResource(call, arn));
      for (const owner of owners) {
        owner.tags = Object.fromEntries(Object.entries(owner.tags).filter(([key]) => !input.TagKeys.includes(key)));
      }
      return {};
    },
  },

  /** The tags of up to 20 resources. */
  DescribeTags: {
    limits: { ResourceArns: TWENTY },
    run: (call, input) => ({
      TagDescriptions: input.ResourceArns.map((ResourceArn) => ({
        ResourceArn,
        Tags: tagList(taggedResource(call, ResourceArn).tags),
      })),
    }),
  },
});
