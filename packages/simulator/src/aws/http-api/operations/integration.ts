import { collection } from '../collection.js';
import { autoDeploy } from '../deployments.js';
import { changedIntegration, INTEGRATION_LIMITS, checkIntegration } from '../integration.js';
import {
  DEFAULTS,
  withSelection,
  deleteResponses,
  isWebSocket,
  checkIntegrationResponse,
  webSocketApi,
} from '../web-socket.js';
import { WORDS } from '../../api-gateway/words.js';
import { getIntegration } from '../find.js';

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
