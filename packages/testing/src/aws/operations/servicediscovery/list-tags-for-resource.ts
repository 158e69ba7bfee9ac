import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from '@aws-sdk/client-servicediscovery';
import { ARN } from '../../cloud-map/limits.js';
import { taggedResource } from '../../cloud-map/tags.js';
import type { Given } from '../../given.js';
import { operation } from '../../operation.js';

/** The tags of a namespace or service. */
export const listTagsForResource = operation<Given<ListTagsForResourceRequest>, ListTagsForResourceResponse>({
  service: 'servicediscovery',
  name: 'ListTagsForResource',
  kind: 'read',
  limits: ARN,
  run: (call, input) => ({
    Tags: Object.entries(taggedResource(call, input.ResourceARN).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
});
