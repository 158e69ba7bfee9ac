import { autoDeploy } from '../deployments.js';
import { family } from '../family.js';
import { getApi, getIntegration } from '../find.js';
import { changedIntegration } from '../integration/integration-changes.js';
import { INTEGRATION_LIMITS } from '../integration/integration-limits.js';
import { checkIntegration } from '../integration/integration-rules.js';
import { listPage } from '../list.js';
import { DEFAULTS, withSelection } from '../web-socket/integration-rules.js';
import { deleteResponses } from '../web-socket/responses.js';
import { isWebSocket } from '../web-socket/route-rules.js';
import { WORDS } from '../../api-gateway/words.js';

/** Integrations. */
export const integrationOperations = family({
  /** Creates an integration of an HTTP or WebSocket API. */
  CreateIntegration: {
    limits: INTEGRATION_LIMITS,
    holds: ({ ApiId }) => ApiId,
    run(call, input) {
      const api = getApi(call, input.ApiId);
      const most = call.quota('integrations-per-api');
      if (api.integrations.size >= most) throw WORDS.quota('integrations', most);
      const defaults = isWebSocket(api) ? DEFAULTS : ({ ConnectionType: 'INTERNET', TimeoutInMillis: 30_000 } as const);
      const fresh = changedIntegration(api, { IntegrationId: call.id('', 7, 'base36'), ...defaults }, input);
      const row = isWebSocket(api) ? withSelection(fresh) : fresh;
      checkIntegration(call, api, row);
      api.integrations.set(row.IntegrationId, row);
      autoDeploy(call, api);
      return { ...row };
    },
  },

  /** Changes an integration in place; another `ConnectionId` is how traffic moves to another link. */
  UpdateIntegration: {
    limits: INTEGRATION_LIMITS,
    holds: ({ ApiId }) => ApiId,
    run(call, input) {
      const api = getApi(call, input.ApiId);
      const row = changedIntegration(api, getIntegration(api, input.IntegrationId), input);
      checkIntegration(call, api, row);
      api.integrations.set(row.IntegrationId, row);
      autoDeploy(call, api);
      return { ...row };
    },
  },

  /** Deletes an integration that no route uses, with its responses. */
  DeleteIntegration: {
    holds: ({ ApiId }) => ApiId,
    run(call, { ApiId, IntegrationId }) {
      const api = getApi(call, ApiId);
      const { IntegrationId: id } = getIntegration(api, IntegrationId);
      const users = [...api.routes.values()].filter((route) => route.Target === `integrations/${id}`);
      if (users.length > 0) throw WORDS.integrationReferenced(users.map((route) => route.RouteId));
      api.integrations.delete(id);
      deleteResponses(api.integrationResponses, (row) => row.IntegrationId === id);
      autoDeploy(call, api);
      return {};
    },
  },

  /** One integration. */
  GetIntegration: (call, { ApiId, IntegrationId }) => ({ ...getIntegration(getApi(call, ApiId), IntegrationId) }),

  /** All integrations of an API. */
  GetIntegrations(call, input) {
    const { integrations } = getApi(call, input.ApiId);
    return listPage(integrations.values(), input, `GetIntegrations ${input.ApiId}`, (row) => row.IntegrationId);
  },
});
