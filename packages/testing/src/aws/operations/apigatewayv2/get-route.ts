import type { GetRouteRequest, GetRouteResult } from '@aws-sdk/client-apigatewayv2';
import { getApi, getRoute as find } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** One route. */
export const getRoute = gatewayOperation<GetRouteRequest, GetRouteResult>({
  name: 'GetRoute',
  kind: 'read',
  run: (call, { ApiId, RouteId }) => ({ ...find(getApi(call, ApiId), RouteId) }),
});
