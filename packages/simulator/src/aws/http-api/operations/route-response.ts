import { family } from '../family.js';
import { getRoute } from '../find.js';
import { listPage } from '../list.js';
import { patch } from '../patch.js';
import { checkRouteResponse, getRow, getWebSocketApi } from '../web-socket/responses.js';
import type { AwsCall } from '../../operation/call.js';
import type { RouteResponseRow } from '../state.js';

const WHAT = 'Route responses';
const HOLDS = ({ ApiId }: { readonly ApiId: string }) => ApiId;

type Names = Record<'ApiId' | 'RouteId' | 'RouteResponseId', string>;

function find(call: AwsCall, { ApiId, RouteId, RouteResponseId }: Names) {
  const api = getWebSocketApi(call, ApiId, WHAT);
  getRoute(api, RouteId);
  const own = api.routeResponses?.get(RouteResponseId);
  const rows = own?.RouteId === RouteId ? api.routeResponses : undefined;
  return { api, row: getRow(rows, RouteResponseId, 'RouteResponse') };
}

function show(row: RouteResponseRow) {
  const { RouteId: _, ...shown } = row;
  return shown;
}

/** Responses of routes of WebSocket APIs. A route with one is two-way: its caller gets the backend's answer. */
export const routeResponseOperations = family({
  /** Makes a route two-way, from the next deployment on. */
  CreateRouteResponse: {
    holds: HOLDS,
    run(call, { ApiId, ...input }) {
      const api = getWebSocketApi(call, ApiId, WHAT);
      const row = {
        ...input,
        RouteId: getRoute(api, input.RouteId).RouteId,
        RouteResponseId: call.id('', 6, 'base36'),
      };
      checkRouteResponse(api, row);
      (api.routeResponses ??= new Map()).set(row.RouteResponseId, row);
      return show(row);
    },
  },

  /** Changes models and parameters of a response. */
  UpdateRouteResponse: {
    holds: HOLDS,
    run(call, { ApiId, RouteId, RouteResponseId, ...input }) {
      const { api, row: before } = find(call, { ApiId, RouteId, RouteResponseId });
      const row = patch(before, input);
      checkRouteResponse(api, row);
      api.routeResponses?.set(RouteResponseId, row);
      return show(row);
    },
  },

  /** Makes a route one-way, from the next deployment on. */
  DeleteRouteResponse: {
    holds: HOLDS,
    run(call, input) {
      const { api, row } = find(call, input);
      api.routeResponses?.delete(row.RouteResponseId);
      return {};
    },
  },

  /** One response. */
  GetRouteResponse: (call, input) => show(find(call, input).row),

  /** The responses of a route: `$default`, or none. */
  GetRouteResponses(call, input) {
    const api = getWebSocketApi(call, input.ApiId, WHAT);
    const { RouteId } = getRoute(api, input.RouteId);
    const rows = [...(api.routeResponses?.values() ?? [])].filter((row) => row.RouteId === RouteId).map(show);
    return listPage(rows, input, `GetRouteResponses ${RouteId}`, (row) => row.RouteResponseId);
  },
});
