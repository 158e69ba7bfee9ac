import type { UntagResourceRequest, UntagResourceResponse } from '@aws-sdk/client-servicediscovery';
import { ARN } from '../../cloud-map/limits.js';
import { taggedResource } from '../../cloud-map/tags.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** Removes tags of a namespace or service; keys that are not there are no error. */
export const untagResource = operation<Given<UntagResourceRequest>, UntagResourceResponse>({
  service: 'servicediscovery',
  name: 'UntagResource',
  kind: 'write',
  limits: { ...ARN, TagKeys: { length: [0, 200] }, 'TagKeys[]': { length: [1, 128] } },
  run: (call, input) => {
    const owner = taggedResource(call, input.ResourceARN);
    owner.tags = Object.fromEntries(Object.entries(owner.tags).filter(([key]) => !input.TagKeys.includes(key)));
    return {};
  },
});
