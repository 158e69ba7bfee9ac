import type { DeleteCorsConfigurationRequest } from '@aws-sdk/client-apigatewayv2';
import { autoDeploy } from '../../api-gateway/deployments.js';
import { getApi } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Removes an API's CORS configuration. */
export const deleteCorsConfiguration = gatewayOperation<DeleteCorsConfigurationRequest, Record<string, never>>({
  name: 'DeleteCorsConfiguration',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId }) {
    const api = getApi(call, ApiId);
    const { CorsConfiguration: _, ...fields } = api.fields;
    api.fields = fields;
    autoDeploy(call, api);
    return {};
  },
});
