import type { GetIntegrationsRequest, GetIntegrationsResponse } from '@aws-sdk/client-apigatewayv2';
import { getApi } from '../../api-gateway/find.js';
import { listPage } from '../../api-gateway/list.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** All integrations of an API. */
export const getIntegrations = gatewayOperation<GetIntegrationsRequest, GetIntegrationsResponse>({
  name: 'GetIntegrations',
  kind: 'read',
  run(call, input) {
    const { integrations } = getApi(call, input.ApiId);
    return listPage(integrations.values(), input, `GetIntegrations ${input.ApiId}`, (row) => row.IntegrationId);
  },
});
