import { autoDeploy } from '../deployments.js';
import { family } from '../family.js';
import { getApi, getRoute } from '../find.js';
import { listPage } from '../list.js';
import { patch } from '../patch.js';
import { checkRoute, ROUTE_LIMITS } from '../route/route-rules.js';
import { deleteResponses } from '../web-socket/responses.js';
import { badRequest, WORDS } from '../../api-gateway/words.js';
import type { RouteRow } from '../state.js';

/** Routes. */
export const routeOperations = family({
  /** Creates a route of an HTTP or WebSocket API. */
  CreateRoute: {
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
  },

  /** Changes a route in place. */
  UpdateRoute: {
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
  },

  /** Deletes a route, with its responses. */
  DeleteRoute: {
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId, RouteId }) {
      const api = getApi(call, ApiId);
      const { RouteId: id } = getRoute(api, RouteId);
      api.routes.delete(id);
      deleteResponses(api.routeResponses, (row) => row.RouteId === id);
      autoDeploy(call, api);
      return {};
    },
  },

  /** One route. */
  GetRoute: (call, { ApiId, RouteId }) => ({ ...getRoute(getApi(call, ApiId), RouteId) }),

  /** All routes of an API. */
  GetRoutes(call, input) {
    const { routes } = getApi(call, input.ApiId);
    return listPage(routes.values(), input, `GetRoutes ${input.ApiId}`, (row) => row.RouteId);
  },
});
