import type { CreateAuthorizerRequest, CreateAuthorizerResponse } from '@aws-sdk/client-apigatewayv2';
import { AUTHORIZER_LIMITS, checkAuthorizer } from '../../api-gateway/authorizer-rules.js';
import { getApi } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Creates an authorizer: a Lambda function, or an issuer of tokens. Neither is called. */
export const createAuthorizer = gatewayOperation<CreateAuthorizerRequest, CreateAuthorizerResponse>({
  name: 'CreateAuthorizer',
  kind: 'write',
  limits: AUTHORIZER_LIMITS,
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, ...input }) {
    const api = getApi(call, ApiId);
    checkAuthorizer(api, input);
    const row = { ...input, AuthorizerId: call.id('', 6, 'base36') };
    (api.authorizers ??= new Map()).set(row.AuthorizerId, row);
    return { ...row };
  },
});
