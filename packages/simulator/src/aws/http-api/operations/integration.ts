import { collection } from '../collection.js';
import { autoDeploy } from '../deployments.js';
import { changedIntegration } from '../integration/integration-changes.js';
import { INTEGRATION_LIMITS } from '../integration/integration-limits.js';
import { checkIntegration } from '../integration/integration-rules.js';
import { DEFAULTS, withSelection } from '../web-socket/integration-rules.js';
import { deleteResponses } from '../web-socket/responses.js';
import { isWebSocket } from '../web-socket/route-rules.js';
import { WORDS } from '../../api-gateway/words.js';

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
