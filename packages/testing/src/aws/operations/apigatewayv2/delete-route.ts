import type { DeleteRouteRequest } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi, getRoute } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Deletes a route. */
export const deleteRoute = gatewayOperation<DeleteRouteRequest, Record<string, never>>({
  name: 'DeleteRoute',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, RouteId }) {
    const api = getApi(call, ApiId);
    api.routes.delete(getRoute(api, RouteId).RouteId);
    autoDeploy(call, api);
    return {};
  },
});
