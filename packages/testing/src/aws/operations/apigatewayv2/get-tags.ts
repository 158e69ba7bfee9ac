import type { GetTagsRequest, GetTagsResponse } from '@aws-sdk/client-apigatewayv2';
import { findTagged } from '../../api-gateway/tags.js';
import { operation } from '../../operation.js';

/** The tags of a link, an API or a stage. */
export const getTags = operation<GetTagsRequest, GetTagsResponse>({
  service: 'apigatewayv2',
  name: 'GetTags',
  kind: 'read',
  run: (call, { ResourceArn }) => ({ Tags: { ...findTagged(call, ResourceArn).tags } }),
});
