import type { TagResourceRequest, TagResourceResponse } from '@aws-sdk/client-servicediscovery';
import { ARN, TAGS } from '../../cloud-map/limits.js';
import { mergedTags, taggedResource } from '../../cloud-map/tags.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Adds tags to a namespace or service, or replaces their values. */
export const tagResource = operation<Given<TagResourceRequest>, TagResourceResponse>({
  service: 'servicediscovery',
  name: 'TagResource',
  kind: 'write',
  limits: { ...ARN, ...TAGS },
  run: (call, input) => {
    const owner = taggedResource(call, input.ResourceARN);
    owner.tags = mergedTags(owner.tags, input.Tags);
    return {};
  },
});
