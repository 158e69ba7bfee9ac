import type { UntagResourceRequest } from '@aws-sdk/client-api-gateway';
import { findTagged } from '../../../rest-api/api/tags.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** Removes tags from a resource. */
export const untagResource = restOperation<UntagResourceRequest, Record<string, never>>({
  name: 'UntagResource',
  kind: 'write',
  run(call, { resourceArn, tagKeys }) {
    const resource = findTagged(call, resourceArn);
    const gone = new Set(tagKeys);
    resource.replace(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !gone.has(key))));
    return {};
  },
});
