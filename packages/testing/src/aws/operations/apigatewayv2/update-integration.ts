import type { UpdateIntegrationRequest, UpdateIntegrationResult } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi, getIntegration } from '../../api-gateway/find.js';
import { changedIntegration } from '../../api-gateway/integration-changes.js';
import { INTEGRATION_LIMITS } from '../../api-gateway/integration-limits.js';
import { checkIntegration } from '../../api-gateway/integration-rules.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Changes an integration in place; another `ConnectionId` is how traffic moves to another link. */
export const updateIntegration = gatewayOperation<UpdateIntegrationRequest, UpdateIntegrationResult>({
  name: 'UpdateIntegration',
  kind: 'write',
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
});
