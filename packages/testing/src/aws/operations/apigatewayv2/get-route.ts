import type { GetRouteRequest, GetRouteResult } from '@aws-sdk/client-apigatewayv2';
import { getApi, getRoute as find } from '../../api-gateway/find.js';
import { operation } from '../../operation.js';

/** One route. */
export const getRoute = operation<GetRouteRequest, GetRouteResult>({
  service: 'apigatewayv2',
  name: 'GetRoute',
  kind: 'read',
  run: (call, { ApiId, RouteId }) => ({ ...find(getApi(call, ApiId), RouteId) }),
});
