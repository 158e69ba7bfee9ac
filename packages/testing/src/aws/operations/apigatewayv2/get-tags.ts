import type { GetTagsRequest, GetTagsResponse } from '@aws-sdk/client-apigatewayv2';
import { findTagged } from '../../api-gateway/tags.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** The tags of a link, an API or a stage. */
export const getTags = gatewayOperation<GetTagsRequest, GetTagsResponse>({
  name: 'GetTags',
  kind: 'read',
  run: (call, { ResourceArn }) => ({ Tags: { ...findTagged(call, ResourceArn).tags } }),
});
