import type { CreateIntegrationRequest, CreateIntegrationResult } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getHttpApi } from '../../api-gateway/find.js';
import { changedIntegration } from '../../api-gateway/integration-changes.js';
import { INTEGRATION_LIMITS } from '../../api-gateway/integration-limits.js';
import { checkIntegration } from '../../api-gateway/integration-rules.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';
import type { IntegrationRow } from '../../state/api-gateway-state.js';

/** Creates an integration of an HTTP API. */
export const createIntegration = gatewayOperation<CreateIntegrationRequest, CreateIntegrationResult>({
  name: 'CreateIntegration',
  kind: 'write',
  limits: INTEGRATION_LIMITS,
  holds: ({ ApiId }) => ApiId,
  run(call, input) {
    const api = getHttpApi(call, input.ApiId);
    const most = call.quota('integrations-per-api');
    if (api.integrations.size >= most) throw WORDS.quota('integrations', most);
    const fresh: IntegrationRow = {
      IntegrationId: call.id('', 7, 'base36'),
      ConnectionType: 'INTERNET',
      TimeoutInMillis: 30_000,
    };
    const row = changedIntegration(fresh, input);
    checkIntegration(call, row);
    api.integrations.set(row.IntegrationId, row);
    autoDeploy(call, api);
    return { ...row };
  },
});
