import type { CreateRouteRequest, CreateRouteResult } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi } from '../../api-gateway/find.js';
import { patch } from '../../api-gateway/patch.js';
import { checkRoute, ROUTE_LIMITS } from '../../api-gateway/route-rules.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';
import type { RouteRow } from '../../state/api-gateway-state.js';

/** Creates a route of an HTTP or WebSocket API. */
export const createRoute = gatewayOperation<CreateRouteRequest, CreateRouteResult>({
  name: 'CreateRoute',
  kind: 'write',
  limits: ROUTE_LIMITS,
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, RouteKey = '', ...input }) {
    const api = getApi(call, ApiId);
    const most = call.quota('routes-per-api');
    if (api.routes.size >= most) throw WORDS.quota('routes', most);
    const fresh: RouteRow = {
      ApiKeyRequired: false,
      AuthorizationType: 'NONE',
      RouteId: call.id('', 7, 'base36'),
      RouteKey,
    };
    const row = patch(fresh, input);
    checkRoute(api, row);
    api.routes.set(row.RouteId, row);
    autoDeploy(call, api);
    return { ...row };
  },
});
