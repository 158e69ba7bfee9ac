import type { GetIntegrationRequest, GetIntegrationResult } from '@aws-sdk/client-apigatewayv2';
import { getApi, getIntegration as find } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** One integration. */
export const getIntegration = gatewayOperation<GetIntegrationRequest, GetIntegrationResult>({
  name: 'GetIntegration',
  kind: 'read',
  run: (call, { ApiId, IntegrationId }) => ({ ...find(getApi(call, ApiId), IntegrationId) }),
});
