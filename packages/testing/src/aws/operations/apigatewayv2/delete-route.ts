import type { DeleteRouteRequest } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getHttpApi, getRoute } from '../../api-gateway/find.js';
import { operation } from '../../operation.js';

/** Deletes a route. */
export const deleteRoute = operation<DeleteRouteRequest, Record<string, never>>({
  service: 'apigatewayv2',
  name: 'DeleteRoute',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, RouteId }) {
    const api = getHttpApi(call, ApiId);
    api.routes.delete(getRoute(api, RouteId).RouteId);
    autoDeploy(call, api);
    return {};
  },
});
