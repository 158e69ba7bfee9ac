import type { GetAuthorizerRequest, GetAuthorizerResponse } from '@aws-sdk/client-apigatewayv2';
import { getAuthorizer as find } from '../../api-gateway/authorizer-rules.js';
import { getApi } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** One authorizer. */
export const getAuthorizer = gatewayOperation<GetAuthorizerRequest, GetAuthorizerResponse>({
  name: 'GetAuthorizer',
  kind: 'read',
  run: (call, { ApiId, AuthorizerId }) => ({ ...find(getApi(call, ApiId), AuthorizerId) }),
});
