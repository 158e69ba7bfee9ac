import type { Authorizer, GetAuthorizerRequest } from '@aws-sdk/client-api-gateway';
import type { Given } from '../../../given.js';
import { getAuthorizer as findAuthorizer } from '../../../rest-api/authorizer/authorizer-rules.js';
import { restOperation } from '../../../rest-api/rest-operation.js';

/** One authorizer. */
export const getAuthorizer = restOperation<Given<GetAuthorizerRequest>, Authorizer>({
  name: 'GetAuthorizer',
  kind: 'read',
  run: (call, { restApiId, authorizerId }) => findAuthorizer(call, restApiId, authorizerId).row,
});
