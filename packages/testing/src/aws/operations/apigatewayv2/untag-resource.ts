import type { UntagResourceRequest } from '@aws-sdk/client-apigatewayv2';
import { findTagged } from '../../api-gateway/tags.js';
import { operation } from '../../operation.js';

/** Takes tags off a link, an API or a stage. */
export const untagResource = operation<UntagResourceRequest, Record<string, never>>({
  service: 'apigatewayv2',
  name: 'UntagResource',
  kind: 'write',
  run(call, { ResourceArn, TagKeys }) {
    const resource = findTagged(call, ResourceArn);
    const gone = new Set(TagKeys);
    resource.replace(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !gone.has(key))));
    return {};
  },
});
