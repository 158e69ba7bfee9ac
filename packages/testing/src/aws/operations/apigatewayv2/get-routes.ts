import type { GetRoutesRequest, GetRoutesResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi } from '../../api-gateway/find.js';
import { listPage } from '../../api-gateway/list.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** All routes of an API. */
export const getRoutes = gatewayOperation<GetRoutesRequest, GetRoutesResponse>({
  name: 'GetRoutes',
  kind: 'read',
  run(call, input) {
    const { routes } = getApi(call, input.ApiId);
    return listPage(routes.values(), input, `GetRoutes ${input.ApiId}`, (row) => row.RouteId);
  },
});
