import type { TagResourceRequest } from '@aws-sdk/client-api-gateway';
import { checkTags, findTagged } from '../../../rest-api/api/tags.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Sets tags of a resource; tags that are not named stay. */
export const tagResource = restOperation<TagResourceRequest, Record<string, never>>({
  name: 'TagResource',
  kind: 'write',
  run(call, { resourceArn, tags }) {
    const resource = findTagged(call, resourceArn);
    resource.replace(checkTags({ ...resource.tags, ...checkTags(tags) }));
    return {};
  },
});
