import type { DeleteApiRequest } from '@aws-sdk/client-apigatewayv2';
import { getApi } from '../../api-gateway/find.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** Deletes an API with its stages, routes, integrations and deployments. */
export const deleteApi = gatewayOperation<DeleteApiRequest, Record<string, never>>({
  name: 'DeleteApi',
  kind: 'write',
  holds: ({ ApiId }) => ApiId,
  run(call, { ApiId }) {
    call.state.apiGateway.apis.delete(getApi(call, ApiId).fields.ApiId);
    return {};
  },
});
