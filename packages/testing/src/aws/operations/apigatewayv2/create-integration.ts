import type { CreateIntegrationRequest, CreateIntegrationResult } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi } from '../../api-gateway/find.js';
import { changedIntegration } from '../../api-gateway/integration-changes.js';
import { INTEGRATION_LIMITS } from '../../api-gateway/integration-limits.js';
import { checkIntegration } from '../../api-gateway/integration-rules.js';
import { DEFAULTS, withSelection } from '../../api-gateway/web-socket/integration-rules.js';
import { isWebSocket } from '../../api-gateway/web-socket/route-rules.js';
import { WORDS } from '../../api-gateway/words.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Creates an integration of an HTTP or WebSocket API. */
export const createIntegration = gatewayOperation<CreateIntegrationRequest, CreateIntegrationResult>({
  name: 'CreateIntegration',
  kind: 'write',
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
});
