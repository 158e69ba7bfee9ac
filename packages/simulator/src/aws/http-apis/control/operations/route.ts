import { collection } from '../collection.js';
import { autoDeploy } from '../new-api.js';
import { patch, getRoute, getIntegration } from '../request.js';
import { checkRoute, ROUTE_LIMITS, AUTHORIZER_LIMITS, checkAuthorizer } from '../route.js';
import {
  deleteResponses,
  checkRouteResponse,
  webSocketApi,
  DEFAULTS,
  withSelection,
  isWebSocket,
  checkIntegrationResponse,
} from '../web-socket.js';
import { badRequest, WORDS, conflict } from '../../../api-gateway/words.js';
import type { RouteRow, ApiRow, AuthorizerRow } from '../state.js';
import { changedIntegration, INTEGRATION_LIMITS, checkIntegration } from '../integration.js';
import { checkModelName, checkSchema } from '../../../rest-apis/control/model.js';

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

    // NONE alone takes the authorizer away: https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2184
    const open = input.AuthorizationType === 'NONE' ? { AuthorizerId: '', AuthorizationScopes: [] } : {};
    return { ...patch(row, { ...open, ...input }), RouteKey };
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

/** Integrations of HTTP and WebSocket APIs. Another `ConnectionId` is how traffic moves to another link. */
export const integrationOperations = collection({
  name: 'Integration',
  rows: 'integrations',
  unknown: WORDS.integrationNotFound,
  limits: INTEGRATION_LIMITS,
  create(call, api, input) {
    const most = call.quota('integrations-per-api');
    if (api.integrations.size >= most) throw WORDS.quota('integrations', most);

    const defaults = isWebSocket(api) ? DEFAULTS : ({ ConnectionType: 'INTERNET', TimeoutInMillis: 30_000 } as const);
    const row = changedIntegration(api, { IntegrationId: call.id('', 7, 'base36'), ...defaults }, input);
    return isWebSocket(api) ? withSelection(row) : row;
  },
  change: changedIntegration,
  check: (api, row, call) => checkIntegration(call, api, row),
  unused(api, { IntegrationId: id }) {
    const users = [...api.routes.values()].filter((route) => route.Target === `integrations/${id}`);
    if (users.length > 0) throw WORDS.integrationReferenced(users.map((route) => route.RouteId));
  },
  deleted: (api, { IntegrationId: id }) => deleteResponses(api.integrationResponses, (row) => row.IntegrationId === id),
  changed: autoDeploy,
});

/** Responses of integrations of WebSocket APIs: what callers of two-way routes get where the integration is not a proxy. */
export const integrationResponseOperations = collection({
  name: 'IntegrationResponse',
  rows: 'integrationResponses',
  api: webSocketApi('Integration responses'),
  of: ['IntegrationId', getIntegration],
  limits: { ContentHandlingStrategy: { values: ['CONVERT_TO_BINARY', 'CONVERT_TO_TEXT'] } },
  maps: ['ResponseTemplates', 'ResponseParameters'],
  check: checkIntegrationResponse,
});

/** The sentence for a deletion is that of REST APIs [I], that for an update is [U]. */
function refuseUsed(api: ApiRow, { AuthorizerId, Name = '' }: AuthorizerRow, verb: 'update' | 'delete'): void {
  const user = [...api.routes.values()].find((route) => route.AuthorizerId === AuthorizerId);
  if (user) throw conflict(`Cannot ${verb} authorizer '${Name}', is referenced in route: ${user.RouteKey}`);
}

/** Authorizers: a Lambda function, or an issuer of tokens. Neither is called. */
export const authorizerOperations = collection({
  name: 'Authorizer',
  rows: 'authorizers',
  unknown: WORDS.authorizerNotFound,
  limits: AUTHORIZER_LIMITS,
  create(call, api, input) {
    checkAuthorizer(api, input); // a refused one draws no ID
    return { ...input, AuthorizerId: call.id('', 6, 'base36') };
  },
  /** A route keeps an authorizer of the type that it needs. */
  check(api, row, _, before) {
    checkAuthorizer(api, row);
    if (before && row.AuthorizerType !== before.AuthorizerType) refuseUsed(api, row, 'update');
  },
  unused: (api, row) => refuseUsed(api, row, 'delete'),
});

/** Models of WebSocket APIs. Messages are not validated with them. The rules and sentences are those of REST APIs [I]. */
export const modelOperations = collection({
  name: 'Model',
  rows: 'models',
  api: webSocketApi('Models'),
  check(api, { ModelId, Name, Schema: schema, ContentType: contentType = 'application/json' }) {
    checkModelName(Name);
    if ([...(api.models?.values() ?? [])].some((other) => other.Name === Name && other.ModelId !== ModelId)) {
      throw conflict('Model name already exists for this API');
    }

    checkSchema({ schema, contentType });
  },
});
