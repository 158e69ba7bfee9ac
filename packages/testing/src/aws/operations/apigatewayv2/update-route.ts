import type { UpdateRouteRequest, UpdateRouteResult } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi, getRoute } from '../../api-gateway/find.js';
import { patch } from '../../api-gateway/patch.js';
import { checkRoute, ROUTE_LIMITS } from '../../api-gateway/route-rules.js';
import { badRequest } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Changes a route in place. */
export const updateRoute = gatewayOperation<UpdateRouteRequest, UpdateRouteResult>({
  name: 'UpdateRoute',
  kind: 'write',
  limits: ROUTE_LIMITS,
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, RouteId, RouteKey, ...input }) {
    const api = getApi(call, ApiId);
    const found = getRoute(api, RouteId);
    const row = { ...patch(found, input), RouteKey: RouteKey ?? found.RouteKey };
    // [U] words; the rule is documented with CreateApi's RouteKey.
    if (found.ApiGatewayManaged === true && found.RouteKey === '$default' && row.RouteKey !== '$default') {
      throw badRequest('The $default route key cannot be modified');
    }
    checkRoute(api, row);
    api.routes.set(row.RouteId, row);
    autoDeploy(call, api);
    return { ...row };
  },
});
