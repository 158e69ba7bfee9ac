import type { GetApisRequest, GetApisResponse } from '@aws-sdk/client-apigatewayv2';
import { listPage } from '../../api-gateway/list.js';
import { gatewayOperation } from '../../api-gateway/gateway-operation.js';

/** All HTTP and WebSocket APIs. */
export const getApis = gatewayOperation<GetApisRequest, GetApisResponse>({
  name: 'GetApis',
  kind: 'read',
  run(call, input) {
    const rows = [...call.state.apiGateway.apis.values()].map(({ fields }) => fields);
    return listPage(rows, input, 'GetApis', (row) => row.ApiId);
  },
});
