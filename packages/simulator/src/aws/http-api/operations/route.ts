import { collection } from '../collection.js';
import { autoDeploy } from '../deployments.js';
import { patch } from '../patch.js';
import { checkRoute, ROUTE_LIMITS } from '../route/route-rules.js';
import { deleteResponses } from '../web-socket/responses.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';
import type { RouteRow } from '../state.js';

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
