import { collection } from '../collection.js';
import { autoDeploy } from '../deployments.js';
import { patch } from '../patch.js';
import { checkRoute, ROUTE_LIMITS } from '../route.js';
import { deleteResponses, checkRouteResponse, webSocketApi } from '../web-socket.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';
import type { RouteRow } from '../state.js';
import { getRoute } from '../find.js';

/** Routes of HTTP and WebSocket APIs. */
export const routeOperations = collection({
  name: 'Route',
  rows: 'routes',
  unknown: WORDS.routeNotFound,
  limits: ROUTE_LIMITS,
  create(call, api, { RouteKey = '', ...input }) {
    const most = call.quota('routes-per-api');
    if (api.routes.size >= most) throw WORDS.quota('routes', most);
    const RouteId = call.id('', 7, 'base36');
    return patch<RouteRow>({ ApiKeyRequired: false, AuthorizationType: 'NONE', RouteId, RouteKey }, input);
  },
  change(_, row, { RouteKey = row.RouteKey, ...input }) {
    // [U] words; the rule is documented with CreateApi's RouteKey.
    if (row.ApiGatewayManaged === true && row.RouteKey === '$default' && RouteKey !== '$default') {
      throw badRequest('The $default route key cannot be modified');
    }
    return { ...patch(row, input), RouteKey };
  },
  check: checkRoute,
  deleted: (api, { RouteId: id }) => deleteResponses(api.routeResponses, (row) => row.RouteId === id),
  changed: autoDeploy,
});

/**
 * Responses of routes of WebSocket APIs. A route with one is two-way, from the next deployment on: its caller gets the
 * backend's answer.
 */
export const routeResponseOperations = collection({
  name: 'RouteResponse',
  rows: 'routeResponses',
  api: webSocketApi('Route responses'),
  of: ['RouteId', getRoute],
  check: checkRouteResponse,
});
