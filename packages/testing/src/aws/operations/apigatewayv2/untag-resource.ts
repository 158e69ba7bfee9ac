import type { UntagResourceRequest } from '@aws-sdk/client-apigatewayv2';
import { findTagged } from '../../api-gateway/tags.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Removes tags from a link, an API or a stage. */
export const untagResource = gatewayOperation<UntagResourceRequest, Record<string, never>>({
  name: 'UntagResource',
  kind: 'write',
  run(call, { ResourceArn, TagKeys }) {
    const resource = findTagged(call, ResourceArn);
    const gone = new Set(TagKeys);
    resource.replace(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !gone.has(key))));
    return {};
  },
});
