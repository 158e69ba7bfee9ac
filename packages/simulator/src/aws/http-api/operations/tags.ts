import { family } from '../family.js';
import { checkTags, findTagged } from '../tags.js';

/** Tags of APIs, stages and VPC links. */
export const tagOperations = family({
  /** Sets tags of a link, an API or a stage; tags that are not named stay. */
  TagResource(call, { ResourceArn, Tags }) {
    const resource = findTagged(call, ResourceArn);
    checkTags(Tags);
    resource.replace(checkTags({ ...resource.tags, ...Tags }));
    return {};
  },

  /** Removes tags from a link, an API or a stage. */
  UntagResource(call, { ResourceArn, TagKeys }) {
    const resource = findTagged(call, ResourceArn);
    const gone = new Set(TagKeys);
    resource.replace(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !gone.has(key))));
    return {};
  },

  /** The tags of a link, an API or a stage. */
  GetTags: (call, { ResourceArn }) => ({ Tags: { ...findTagged(call, ResourceArn).tags } }),
});
