import type { DeleteAuthorizerRequest } from '@aws-sdk/client-apigatewayv2';
import { getAuthorizer } from '../../api-gateway/authorizer-rules.js';
import { getApi } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';
import { conflict } from '../../api-gateway/words.js';

/** Deletes an authorizer that no route uses. The sentence is that of REST APIs [I]. */
export const deleteAuthorizer = gatewayOperation<DeleteAuthorizerRequest, Record<string, never>>({
  name: 'DeleteAuthorizer',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, AuthorizerId }) {
    const api = getApi(call, ApiId);
    const row = getAuthorizer(api, AuthorizerId);
    const user = [...api.routes.values()].find((route) => route.AuthorizerId === row.AuthorizerId);
    if (user) throw conflict(`Cannot delete authorizer '${row.Name ?? ''}', is referenced in route: ${user.RouteKey}`);
    api.authorizers?.delete(row.AuthorizerId);
    return {};
  },
});
