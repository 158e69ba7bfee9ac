import type { DeleteIntegrationRequest } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi, getIntegration } from '../../api-gateway/find.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Deletes an integration that no route uses. */
export const deleteIntegration = gatewayOperation<DeleteIntegrationRequest, Record<string, never>>({
  name: 'DeleteIntegration',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId, IntegrationId }) {
    const api = getApi(call, ApiId);
    const { IntegrationId: id } = getIntegration(api, IntegrationId);
    const users = [...api.routes.values()].filter((route) => route.Target === `integrations/${id}`);
    if (users.length > 0) throw WORDS.integrationReferenced(users.map((route) => route.RouteId));
    api.integrations.delete(id);
    autoDeploy(call, api);
    return {};
  },
});
