import type { GetApisRequest, GetApisResponse } from '@aws-sdk/client-apigatewayv2';
import { listPage } from '../../api-gateway/list.js';
import { operation } from '../../operation.js';

/** All HTTP and WebSocket APIs. */
export const getApis = operation<GetApisRequest, GetApisResponse>({
  service: 'apigatewayv2',
  name: 'GetApis',
  kind: 'read',
  run(call, input) {
    const rows = [...call.state.apiGateway.apis.values()].map(({ fields }) => fields);
    return listPage(rows, input, 'GetApis', (row) => row.ApiId);
  },
});
