import type { GetIntegrationRequest, GetIntegrationResult } from '@aws-sdk/client-apigatewayv2';
import { getApi, getIntegration as find } from '../../api-gateway/find.js';
import { operation } from '../../operation.js';

/** One integration. */
export const getIntegration = operation<GetIntegrationRequest, GetIntegrationResult>({
  service: 'apigatewayv2',
  name: 'GetIntegration',
  kind: 'read',
  run: (call, { ApiId, IntegrationId }) => ({ ...find(getApi(call, ApiId), IntegrationId) }),
});
