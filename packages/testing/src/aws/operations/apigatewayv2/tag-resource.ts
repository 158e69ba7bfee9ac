import type { TagResourceRequest, TagResourceResponse } from '@aws-sdk/client-apigatewayv2';
import { checkTags, findTagged } from '../../api-gateway/tags.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Sets tags of a link, an API or a stage; tags that are not named stay. */
export const tagResource = gatewayOperation<TagResourceRequest, TagResourceResponse>({
  name: 'TagResource',
  kind: 'write',
  run(call, { ResourceArn, Tags }) {
    const resource = findTagged(call, ResourceArn);
    checkTags(Tags);
    resource.replace(checkTags({ ...resource.tags, ...Tags }));
    return {};
  },
});
