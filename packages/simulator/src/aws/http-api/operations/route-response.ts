import { collection } from '../collection.js';
import { getRoute } from '../find.js';
import { checkRouteResponse, webSocketApi } from '../web-socket/responses.js';

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
