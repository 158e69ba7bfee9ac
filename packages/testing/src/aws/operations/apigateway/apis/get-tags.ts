import type { GetTagsRequest, Tags } from '@aws-sdk/client-api-gateway';
import { findTagged } from '../../../rest-api/api/tags.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/**
 * The tags of a resource. The service does not support `limit` and `position` here, and ignores them.
 * @see https://docs.aws.amazon.com/apigateway/latest/api/API_GetTags.html
 */
export const getTags = restOperation<GetTagsRequest, Tags>({
  name: 'GetTags',
  kind: 'read',
  run: (call, { resourceArn }) => ({ tags: { ...findTagged(call, resourceArn).tags } }),
});
