import type { GetAuthorizersRequest, GetAuthorizersResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';
import { listPage } from '../../api-gateway/list.js';

/** All authorizers of an API. */
export const getAuthorizers = gatewayOperation<GetAuthorizersRequest, GetAuthorizersResponse>({
  name: 'GetAuthorizers',
  kind: 'read',
  run(call, input) {
    const { authorizers } = getApi(call, input.ApiId);
    return listPage(authorizers?.values() ?? [], input, `GetAuthorizers ${input.ApiId}`, (row) => row.AuthorizerId);
  },
});
